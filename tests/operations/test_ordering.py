"""A quote is ordered: what was held for it leaves, and is certified in the same deed."""

import pytest

from app.ledger.lots import Amount
from app.ledger.refusals import Code
from app.lookups.ledger_check import check_ledger
from app.lookups.quotes import one_quote
from app.operations.order_quote import Order, order_quote
from app.operations.problems import Invalid
from app.operations.quotes import reserve
from tests.house import NOW, House
from tests.operations.test_quotes import UNTIL, body, held, metal, quoted, refused, stocked

SENT = "2026-11-02T09:00:00+09:00"


def test_an_order_takes_just_what_was_held(house: House) -> None:
    stocked(house)
    quoted(house, body(2), metal(kg=300))
    held(house, "T", Amount(units=2))
    reserve(house.records, house.doer(), "Q26-0118", 2, "B", Amount(mass_g=300_000), UNTIL)
    done = order_quote(house.records, house.doer(), "Q26-0118", Order("D-9", "MC", house.clock.now))
    assert done.deliveries == ("D-9-1", "D-9-2")
    assert (house.get("/lots/T")["remaining_units"], house.get("/lots/B")["remaining_kg"]) == (1, "700")
    refused(
        Code.ALREADY_ORDERED,
        lambda: order_quote(house.records, house.doer(), "Q26-0118", Order(None, "MC", house.clock.now)),
    )
    read = one_quote(house.records, "Q26-0118", NOW.date())
    assert read is not None
    assert (read.quote.state, read.quote.dispatch) == ("ordered", "D-9")
    assert check_ledger(house.records).differences == ()


def test_an_order_is_sent_and_certified_in_one_deed(house: House) -> None:
    stocked(house)
    quoted(house, body(2), metal(kg=300))
    held(house, "T", Amount(units=2))
    reserve(house.records, house.doer(), "Q26-0118", 2, "B", Amount(mass_g=300_000), UNTIL)
    words = {"number": "D-9", "site": "MC", "dispatched_at": SENT, "certify": True, "valid_until": "2028-12-31"}
    sent = house.post("/quotes/Q26-0118/order", words, "sales")
    certificate = house.get(f"/certificates/{sent['certificate']}", "sales")
    assert (sent["number"], [lot["number"] for lot in sent["lots"]]) == ("D-9", ["D-9-1", "D-9-2"])
    assert [line["delivery"] for line in certificate["lines"]] == ["D-9-1", "D-9-2"]
    assert (certificate["status"], certificate["quote"], certificate["valid_until"]) == (
        "issued",
        "Q26-0118",
        "2028-12-31",
    )
    quote = house.get("/quotes/Q26-0118", "sales")
    assert (quote["status"], quote["dispatch"]) == ("ordered", "D-9")
    assert [each["number"] for each in quote["certificates"]] == [certificate["number"]]
    assert check_ledger(house.records).differences == ()


@pytest.mark.parametrize("wrong", [{"valid_until": "2026-01-01"}, {"valid_until": "2031-01-01"}, {"certify": "maybe"}])
def test_an_order_that_cannot_be_certified_sends_nothing(house: House, wrong: dict[str, object]) -> None:
    stocked(house)
    quoted(house, body(2))
    held(house, "T", Amount(units=2))
    words = {"site": "MC", "dispatched_at": SENT, "certify": True}
    told = house.post("/quotes/Q26-0118/order", words | wrong, "sales", status=422)
    assert list(told["errors"]) == list(wrong)
    assert house.get("/quotes/Q26-0118", "sales")["status"] == "open"
    assert house.get("/lots/T")["remaining_units"] == 3
    assert house.get("/certificates", "sales")["items"] == []


def test_an_order_without_a_certificate_names_none(house: House) -> None:
    stocked(house)
    quoted(house, body(2))
    held(house, "T", Amount(units=2))
    sent = house.post("/quotes/Q26-0118/order", {"site": "MC", "dispatched_at": SENT}, "sales")
    assert sent["certificate"] is None
    assert house.get("/quotes/Q26-0118", "sales")["certificates"] == []


def test_an_order_that_cannot_leave_leaves_everything_held(house: House) -> None:
    stocked(house)
    quoted(house, body(2))
    with pytest.raises(Invalid):
        order_quote(house.records, house.doer(), "Q26-0118", Order(None, "MC", house.clock.now))
    held(house, "T", Amount(units=2))
    refused(
        Code.WRONG_PLACE,
        lambda: order_quote(house.records, house.doer(), "Q26-0118", Order(None, "NG", house.clock.now)),
    )
    quoted(house, body(2), number="Q2")
    refused(Code.NOT_ENOUGH_METAL, lambda: held(house, "T", Amount(units=2), "Q2"))


def test_a_certificates_day_without_a_certificate_is_told(house: House) -> None:
    stocked(house)
    quoted(house, body(2))
    held(house, "T", Amount(units=2))
    words = {"site": "MC", "dispatched_at": SENT, "valid_until": "2028-01-01"}
    told = house.post("/quotes/Q26-0118/order", words, "sales", status=422)
    assert list(told["errors"]) == ["valid_until"]
