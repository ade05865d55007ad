"""Whoever enters a lot is told of it what whoever asks for it is told, word for word."""

from typing import Any

import pytest

from tests.campaign import SENT, primary
from tests.house import House

AT = "2026-10-01T09:00:00.123456+09:00"
SLIP = {"slip_number": "W1", "customer": "TRUCK-M", "item": "truck-body", "units": 3, "gross_kg": "10400"}
SLIP |= {"tare_kg": "8000", "deduction_kg": "0.125", "scrap_class": "post_consumer", "alloy": "mixed", "site": "MC"}
SLIP |= {"weighed_at": AT}
METAL = {"kind": "primary", "kg": "2000.5", "alloy": "Al99.7", "site": "MC", "received_at": AT}
OWN = {"kg_per_kg": "4.2", "document": "EPD-123", "issuer": "x", "valid_until": "2027-12-31"}
ENTERED: dict[str, tuple[str, dict[str, Any]]] = {
    "a slip": ("/scrap-lots", SLIP | {"number": "A"}),
    "a slip with everything": ("/scrap-lots", SLIP | {"bay": "A-1", "vehicle": "富士100か1234"}),
    "a slip that is flagged": ("/scrap-lots", SLIP | {"gross_kg": "99000"}),
    "in-house scrap": ("/scrap-lots", SLIP | {"item": "offcuts", "units": 1, "scrap_class": "internal"}),
    "bought metal": ("/metal-lots", METAL),
    "bought metal with a figure of its own": ("/metal-lots", METAL | {"footprint": OWN}),
    "bought metal that is flagged": ("/metal-lots", METAL | {"footprint": OWN | {"kg_per_kg": "3.9"}}),
}


@pytest.mark.parametrize("entered", ENTERED)
@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "once"}], ids=["plain", "with a key"])
def test_the_answer_to_entering_a_lot_is_the_answer_to_asking_for_it(
    house: House, entered: str, headers: dict[str, str]
) -> None:
    path, body = ENTERED[entered]
    made = house.send("POST", path, json=body, headers=headers)
    assert made.status_code == 201, made.text
    assert bool(made.get_json()["flags"]) == entered.endswith("flagged")
    assert made.get_json() == house.get(f"/lots/{made.get_json()['number']}")


def test_a_lot_numbered_by_hand_stands_in_no_dispatchs_way(house: House) -> None:
    primary(house, "P")
    sent = {"customer": "TRUCK-M", "site": "MC", "dispatched_at": SENT, "lines": [{"lot": "P", "kg": "10"}]}
    first = house.post("/dispatches", sent)["number"]
    year, serial = first.split("-")
    primary(house, f"{year}-{int(serial) + 1:04d}-1")
    assert house.post("/dispatches", sent)["number"] == f"{year}-{int(serial) + 2:04d}"
    primary(house, "BY-HAND-1")
    told = house.post("/dispatches", sent | {"number": "BY-HAND"}, status=409)
    assert (told["code"], "BY-HAND-1" in told["detail"]) == ("duplicate_number", True)


def test_parts_of_parts_have_numbers_that_can_be_named(house: House) -> None:
    number, places = "X" * 40, ("NG", "MC")
    primary(house, number)
    for turn in range(12):
        kg = str(1000 - 50 * turn)
        move = {"lot": number, "to": places[turn % 2], "kg": kg, "sent_at": SENT, "received_at": SENT}
        number = house.post("/transfers", move)["lot"]
        assert house.get(f"/lots/{number}")["remaining_kg"] == kg
