"""Taking in files of slips, whole or not at all."""

from dataclasses import replace
from datetime import datetime

import pytest

from app.carbon.factors import JAPAN
from app.lookups.ledger_check import check_ledger
from app.operations.import_slips import SlipsTaken, SlipsToImport, import_slips, try_import
from app.operations.problems import Invalid
from app.operations.register_scrap import RegisterScrap
from app.records.series import MANY
from tests.campaign import scrap
from tests.house import House

SLIP = RegisterScrap(
    number=None,
    slip_number="W-1",
    customer="TRUCK-M",
    item="truck-body",
    units=1,
    scrap_class="post_consumer",
    gross_g=10_800_000,
    tare_g=10_000_000,
    deduction_g=0,
    alloy="mixed",
    site="MC",
    bay=None,
    vehicle=None,
    weighed_at=datetime(2026, 10, 1, 9, tzinfo=JAPAN),
)


def file(*slips: RegisterScrap, fingerprint: str = "f") -> SlipsToImport:
    return SlipsToImport("slips.csv", fingerprint, slips)


def lots(house: House) -> int:
    with house.records.reading() as books:
        return len(books.entries.lots_by_slip())


def test_more_slips_than_one_statement_takes_values_are_imported_whole(house: House) -> None:
    slips = [replace(SLIP, slip_number=f"W-{n}", vehicle=f"V{n}") for n in range(33_000)]
    done = import_slips(house.records, house.doer(), file(*slips))
    assert (len(done.lots), done.lots[0], done.lots[-1]) == (33_000, "S26-0001", "S26-33000")
    assert check_ledger(house.records).differences == ()


def test_the_same_slips_again_change_nothing_and_say_when_they_came(house: House) -> None:
    import_slips(house.records, house.doer(), file(SLIP))
    again = import_slips(house.records, house.doer(), file(SLIP))
    assert (again.lots, again.before) == ((), ("slips.csv", house.clock(), 1))
    assert lots(house) == 1


def test_a_slip_that_is_registered_already_keeps_the_whole_file_out(house: House) -> None:
    import_slips(house.records, house.doer(), file(SLIP))
    other = replace(SLIP, slip_number="W-2")
    with pytest.raises(SlipsTaken) as taken:
        import_slips(house.records, house.doer(), file(other, SLIP, fingerprint="g"))
    assert taken.value.taken == (1,)
    assert lots(house) == 1


def test_the_same_slip_number_at_another_site_is_another_slip(house: House) -> None:
    import_slips(house.records, house.doer(), file(SLIP))
    done = import_slips(house.records, house.doer(), file(replace(SLIP, site="KB"), fingerprint="g"))
    assert len(done.lots) == 1


def test_a_slip_of_the_future_keeps_the_whole_file_out(house: House) -> None:
    late = replace(SLIP, slip_number="W-2", weighed_at=house.clock().replace(year=2027))
    with pytest.raises(Invalid):
        import_slips(house.records, house.doer(), file(SLIP, late))
    assert lots(house) == 0


@pytest.mark.parametrize(("grams", "rules"), [(299_999, ["weight-outside-band"]), (300_000, []), (2_500_000, [])])
def test_a_weight_outside_the_items_band_is_flagged(house: House, grams: int, rules: list[str]) -> None:
    slip = replace(SLIP, gross_g=10_000_000 + grams)
    done = import_slips(house.records, house.doer(), file(slip))
    assert [rule for _, rule in done.flags] == rules


@pytest.mark.parametrize(("hours", "flagged"), [(0, True), (48, True), (49, False)])
def test_the_same_vehicle_within_two_days_at_any_site_is_flagged(house: House, hours: int, flagged: bool) -> None:
    first = replace(SLIP, vehicle="富士100か1234")
    day, hour = divmod(9 + hours, 24)
    second = replace(first, slip_number="W-2", site="KB", weighed_at=first.weighed_at.replace(day=1 + day, hour=hour))
    done = import_slips(house.records, house.doer(), file(first, second))
    assert [rule for _, rule in done.flags] == ["vehicle-again"] * flagged


def test_a_file_that_is_only_tried_says_what_would_be_flagged_and_takes_nothing(house: House) -> None:
    heavy = replace(SLIP, slip_number="W-2", tare_g=0)
    tried = try_import(house.records, house.doer(), file(SLIP, heavy))
    assert (tried.lots, tried.flags) == (("W-1", "W-2"), (("W-2", "weight-outside-band"),))
    assert lots(house) == 0
    assert import_slips(house.records, house.doer(), file(SLIP, heavy)).lots == ("S26-0001", "S26-0002")
    with pytest.raises(SlipsTaken):
        try_import(house.records, house.doer(), file(heavy, fingerprint="g"))


def test_who_weighs_in_does_not_wait_for_the_numbers_of_a_large_file(house: House) -> None:
    """On PostgreSQL; SQLite has one writer at a time, and what is not committed was never drawn."""
    with house.records.writing(house.doer()) as books:
        assert books.series.next("lot S26", MANY) == range(1, MANY + 1)
        if books.connection.postgresql:
            assert house.post("/scrap-lots", weighed("W-9"))["number"] == f"S26-{MANY + 1:04d}"
    left_out = MANY + 1 if house.records.engine.dialect.name == "postgresql" else 0
    assert house.post("/scrap-lots", weighed("W-10"))["number"] == f"S26-{left_out + 1:04d}"


def weighed(slip_number: str) -> dict[str, object]:
    slip = {"slip_number": slip_number, "customer": "TRUCK-M", "item": "truck-body", "units": 1}
    slip |= {"scrap_class": "post_consumer", "gross_kg": "800", "tare_kg": "0", "alloy": "mixed", "site": "MC"}
    return slip | {"weighed_at": "2026-10-01T09:00:00+09:00"}


def test_more_lots_are_held_than_one_statement_takes_values(house: House) -> None:
    scrap(house, "A")
    with house.records.writing(house.doer()) as books:
        assert list(books.lots.hold(["A", *(f"N{n}" for n in range(70_000))])) == ["A"]
        [held] = books.lots.hold_ids(range(70_000)).values()
        assert held.lot.number == "A"
