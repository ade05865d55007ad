"""Metal held for quotes: never promised twice, never taken by others, gone by itself, and used when it is ordered."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from app.ledger.lots import Amount, Kind
from app.ledger.refusals import Code, Refused
from app.lookups.ledger_check import check_ledger
from app.lookups.quotes import one_quote
from app.operations.held_back import let_lapse
from app.operations.problems import NotFound
from app.operations.quotes import MakeQuote, QuoteLine, make_quote, release, renew, reserve, withdraw_quote
from tests.campaign import billet, bodies, primary, scrap, three_bodies
from tests.house import NOW, House

UNTIL = date(2026, 12, 20)
DAY_AFTER = timedelta(days=31)


def quoted(house: House, *lines: QuoteLine, number: str = "Q26-0118") -> str:
    return make_quote(house.records, house.doer(), MakeQuote(number, "TRUCK-M", UNTIL, lines))


def body(units: int = 3) -> QuoteLine:
    return QuoteLine(Kind.PRODUCT, "truck-body", None, Amount(units=units))


def metal(kg: int = 1000) -> QuoteLine:
    return QuoteLine(Kind.BILLET, None, "A6N01", Amount(mass_g=kg * 1000))


def stocked(house: House) -> None:
    """Three bodies, lot T, and 1,000 kg of billet, lot B."""
    three_bodies(house)
    scrap(house, "S2", "1100", units=1)
    billet(house, "B", {"S2": "1100"}, "1000")


def held(house: House, lot: str, amount: Amount, number: str = "Q26-0118", until: date = UNTIL) -> int:
    return reserve(house.records, house.doer(), number, 1, lot, amount, until)


def refused(code: Code, deed: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as told:
        deed()
    assert told.value.code is code
    return told.value


def test_what_is_held_is_not_promised_again(house: House) -> None:
    stocked(house)
    quoted(house, body(), metal())
    quoted(house, body(), number="Q2")
    held(house, "T", Amount(units=2))
    refused(Code.NOT_ENOUGH_METAL, lambda: held(house, "T", Amount(units=2), "Q2"))
    held(house, "T", Amount(units=1), "Q2")
    assert check_ledger(house.records).differences == ()


def test_what_is_held_is_not_taken_by_anybody(house: House) -> None:
    stocked(house)
    quoted(house, metal(kg=600))
    held(house, "B", Amount(mass_g=600_000))
    sent = {"customer": "RAIL-E", "site": "MC", "dispatched_at": "2026-11-02T09:00"}
    told = house.post("/dispatches", sent | {"lines": [{"lot": "B", "kg": "400.001"}]}, status=409)
    assert told["code"] == "not_enough_metal"
    assert "held for a quote" in told["detail"]
    step = {"kind": "extrude", "site": "MC", "ended_at": "2026-11-02T09:00", "inputs": [{"lot": "B", "kg": "401"}]}
    made = {"outputs": [{"kind": "product", "kg": "401", "alloy": "A6N01", "item": "profile"}]}
    assert house.post("/transformations", step | made, status=409)["code"] == "not_enough_metal"
    part = {"lot": "B", "to": "NG", "kg": "500", "sent_at": "2026-11-02T09:00", "received_at": "2026-11-02T10:00"}
    assert house.post("/transfers", part, status=409)["code"] == "not_enough_metal"
    heat = house.get("/lots/B/lineage")["upstream"][-1]["number"]
    undo = house.post(f"/transformations/{heat}/reversal", {"reason": "x"}, status=409)
    assert {"kind": "quote", "number": "Q26-0118"} in undo["records"]
    house.post("/dispatches", sent | {"lines": [{"lot": "B", "kg": "400"}]})
    assert check_ledger(house.records).differences == ()


def test_a_write_off_does_not_take_what_is_held(house: House) -> None:
    stocked(house)
    flag = house.post("/write-offs", {"lot": "T", "units": 2, "reason": "gone"})["flags"][0]["id"]
    quoted(house, body())
    refused(Code.FLAG_OPEN, lambda: held(house, "T", Amount(units=2)))
    house.post("/transformations", {}, status=422)
    house.post(f"/flags/{flag}/acceptance", {"reason": "seen"}, "plant")
    held(house, "T", Amount(units=1))
    again = house.post("/write-offs", {"lot": "T", "units": 1, "reason": "gone too"})["flags"][0]["id"]
    assert house.post(f"/flags/{again}/acceptance", {"reason": "x"}, "plant", status=409)["code"] == "not_enough_metal"


def test_it_lapses_by_itself_and_then_anybody_may_take_it(house: House) -> None:
    stocked(house)
    quoted(house, metal())
    held(house, "B", Amount(mass_g=1_000_000))
    sent = {
        "customer": "RAIL-E",
        "site": "MC",
        "dispatched_at": "2026-11-02T09:00",
        "lines": [{"lot": "B", "kg": "1000"}],
    }
    house.post("/dispatches", sent, status=409)
    house.clock.now = NOW + DAY_AFTER
    read = one_quote(house.records, "Q26-0118", house.clock.now.date())
    assert read is not None
    assert (len(read.lapsed), read.lines[0].short_g) == (1, 1_000_000)
    assert check_ledger(house.records).differences == ()
    house.post("/dispatches", sent)
    assert check_ledger(house.records).differences == ()


def test_the_last_day_still_counts(house: House) -> None:
    stocked(house)
    quoted(house, metal())
    held(house, "B", Amount(mass_g=1_000_000), until=NOW.date())
    quoted(house, metal(), number="Q2")
    refused(Code.NOT_ENOUGH_METAL, lambda: held(house, "B", Amount(mass_g=1000), "Q2"))
    house.clock.now = NOW + timedelta(hours=12)  # midnight in Japan
    held(house, "B", Amount(mass_g=1000), "Q2")


def test_it_is_renewed_and_released(house: House) -> None:
    stocked(house)
    quoted(house, metal())
    id_ = held(house, "B", Amount(mass_g=1_000_000), until=NOW.date())
    renew(house.records, house.doer(), "Q26-0118", id_, UNTIL)
    house.clock.now = NOW + timedelta(days=2)
    release(house.records, house.doer(), "Q26-0118", id_)
    with pytest.raises(NotFound):
        renew(house.records, house.doer(), "Q26-0118", id_, UNTIL)
    held(house, "B", Amount(mass_g=1_000_000))
    withdraw_quote(house.records, house.doer(), "Q26-0118")
    quoted(house, metal(), number="Q2")
    held(house, "B", Amount(mass_g=1_000_000), "Q2")
    refused(Code.ALREADY_ORDERED, lambda: held(house, "B", Amount(mass_g=1)))
    assert check_ledger(house.records).differences == ()


@pytest.mark.parametrize(
    ("line", "lot"), [(body(), "B"), (metal(), "T"), (QuoteLine(Kind.BILLET, None, "A5083", Amount(mass_g=1)), "B")]
)
def test_only_what_was_asked_for_is_held(house: House, line: QuoteLine, lot: str) -> None:
    stocked(house)
    quoted(house, line)
    amount = Amount(units=1) if lot == "T" else Amount(mass_g=1)
    refused(Code.KIND_NOT_ALLOWED, lambda: held(house, lot, amount))


def test_the_lots_that_fit_best_are_proposed_first(house: House) -> None:
    stocked(house)
    primary(house, "P")
    scrap(house, "R", "3000", units=1, customer="RAIL-E", item="shinkansen-car")
    billet(house, "B2", {"R": "1000", "P": "1000"}, "1900")
    billet(house, "B3", {"P": "900"}, "850")
    bodies(house, "T2", "B3", "800", "750", units=1)
    quoted(house, metal(kg=2000), body(5))
    read = one_quote(house.records, "Q26-0118", NOW.date())
    assert read is not None
    assert [proposal.lot for proposal in read.lines[0].proposals] == ["B", "B2", "B3"]
    assert [proposal.lot for proposal in read.lines[1].proposals] == ["T", "T2"]
    assert read.lines[1].short_units == 5
    assert "B" in [lot["number"] for lot in read.lines[1].coming]


def test_the_table_itself_refuses_to_promise_more_than_there_is(house: House) -> None:
    stocked(house)
    for words in ("reserved_g = mass_g + 1", "reserved_units = units + 1", "reserved_g = -1"):
        with pytest.raises(DBAPIError), house.records.engine.begin() as connection:
            connection.exec_driver_sql(
                f"UPDATE lot_states SET {words} WHERE lot_id = (SELECT id FROM lots WHERE number = 'T')"
            )


def test_the_check_finds_a_promise_that_nobody_made(house: House) -> None:
    stocked(house)
    with house.records.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE lot_states SET reserved_units = 1 WHERE units = 3")
    [found] = check_ledger(house.records).differences
    assert (found.law, found.subject) == ("held for quotes, units", "lot T")


def test_of_eight_who_want_the_last_metal_at_once_one_gets_it(house: House) -> None:
    stocked(house)
    numbers = [quoted(house, metal(), number=f"Q-{n}") for n in range(8)]

    def wish(number: str) -> bool:
        try:
            held(house, "B", Amount(mass_g=700_000), number)
        except Refused as error:
            return error.code is not Code.NOT_ENOUGH_METAL
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(wish, numbers)) == 1
    assert check_ledger(house.records).differences == ()


def test_what_lapses_while_its_quote_is_withdrawn_is_counted_off_once(house: House) -> None:
    """A withdrawal that has read its reservation waits for the lot, on which somebody else lets it lapse meanwhile."""
    stocked(house)
    quoted(house, metal(kg=400), number="OLD")
    quoted(house, metal(kg=600), number="NEW")
    held(house, "B", Amount(mass_g=400_000), "OLD", UNTIL)
    held(house, "B", Amount(mass_g=600_000), "NEW", UNTIL + DAY_AFTER)
    house.clock.now += DAY_AFTER
    with ThreadPoolExecutor(1) as pool:
        with house.records.writing(house.doer()) as books:
            let_lapse(books, books.lots.hold(["B"]).values())
            withdrawing = pool.submit(withdraw_quote, house.records, house.doer(), "OLD")
            time.sleep(0.5)
            books.commit()
        withdrawing.result()
    assert check_ledger(house.records).differences == ()
    sent = {"customer": "RAIL-E", "site": "MC", "dispatched_at": "2026-11-02T09:00"}
    assert (
        house.post("/dispatches", sent | {"lines": [{"lot": "B", "kg": "401"}]}, status=409)["code"]
        == "not_enough_metal"
    )
