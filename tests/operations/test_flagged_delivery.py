"""A delivery under an open flag: no deed leads there, and were one there all the same, it would not be certified."""

import pytest

from tests.campaign import certificate, delivered, three_bodies
from tests.house import House

LATER = "2026-10-06T09:00:00+09:00"
REASON = {"reason": "looked at it"}


@pytest.fixture
def delivery(house: House) -> str:
    three_bodies(house)
    return delivered(house, "D-1", "T")


def flag(house: House, delivery: str) -> int:
    """A flag on a delivery, as no deed would leave one; its id."""
    with house.records.writing(house.doer()) as books:
        sent = books.dispatches.find("D-1")
        assert sent
        [lot] = books.lots.ids([delivery])
        raised = {"deed_id": sent.deed_id, "lot_id": lot, "rule": "transfer-short", "detail": {}}
        books.flags.add_all([raised | {"raised_at": house.clock()}])
        books.audit.add("flag", "lot", delivery)
        books.commit()
    return int(house.get("/flags?open=true")["items"][0]["id"])


def test_a_flagged_delivery_is_certified_once_another_person_accepted_the_flag(house: House, delivery: str) -> None:
    raised = flag(house, delivery)
    body = {"customer": "TRUCK-M", "deliveries": [delivery]}
    assert house.post("/certificates", body, "sales", 409)["code"] == "flag_open"
    assert house.get("/certificates")["items"] == []
    house.post(f"/flags/{raised}/acceptance", REASON, "plant")
    assert certificate(house, delivery)["status"] == "issued"


def test_nothing_that_raises_a_flag_is_done_at_a_customers(house: House, delivery: str) -> None:
    gone = {"lot": delivery, "units": 1, "reason": "gone"}
    moved = {"lot": delivery, "to": "NG", "units": 1, "sent_at": LATER, "received_at": LATER, "received_kg": "600"}
    for path, body in (("/write-offs", gone), ("/transfers", moved)):
        assert house.post(path, body, status=409)["code"] == "wrong_place"


@pytest.mark.parametrize("flagged_by", ["/write-offs", "/transfers"])
def test_what_came_back_and_was_flagged_does_not_get_to_the_customer_by_undoing(
    house: House, delivery: str, flagged_by: str
) -> None:
    house.post("/returns", {"number": "RT1", "lot": delivery, "site": "NG", "returned_at": LATER, "reason": "colour"})
    body = {"lot": delivery, "units": 1, "reason": "gone"}
    if flagged_by == "/transfers":
        body = {"lot": delivery, "to": "MC", "units": 1, "sent_at": LATER, "received_at": LATER, "received_kg": "600"}
    assert house.post(flagged_by, body)["flags"]
    assert house.post("/returns/RT1/reversal", REASON, status=409)["code"] == "downstream_exists"
    line = {"lot": delivery, "units": 1}
    site = house.get(f"/lots/{delivery}")["place"]
    note = {"number": "D-2", "customer": "TRUCK-M", "site": site, "dispatched_at": LATER, "lines": [line]}
    assert house.post("/dispatches", note, status=409)["code"] == "flag_open"
