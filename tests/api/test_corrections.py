"""Returns, write-offs and flags: what a second person must agree to, and what they stop meanwhile."""

from typing import Any

from app.lookups.ledger_check import check_ledger
from tests.campaign import MELTED, SENT, bodies, certificate, delivered, primary, scrap, three_bodies
from tests.house import House

LATER = "2026-10-06T09:00:00+09:00"


def back(house: House, lot: str, status: int = 201, **other: Any) -> Any:
    body = {"number": "RT1", "lot": lot, "site": "NG", "returned_at": LATER, "reason": "wrong colour"}
    return house.post("/returns", body | other, "logistics", status)


def write_off(house: House, lot: str, status: int = 201, role: str = "logistics", **amount: Any) -> Any:
    body = {"number": "WO1", "lot": lot, "reason": "stolen from the yard", **amount}
    return house.post("/write-offs", body, role, status)


def accept(house: House, flag: int, role: str, status: int = 201) -> Any:
    return house.post(f"/flags/{flag}/acceptance", {"reason": "looked at it"}, role, status)


def test_a_delivered_lot_comes_back_with_its_number_and_content(house: House) -> None:
    three_bodies(house)
    lot = delivered(house, "D-1", "T")
    content = house.get(f"/lots/{lot}")["content"]
    assert back(house, lot)["customer"] == "TRUCK-M"
    found = house.get(f"/lots/{lot}")
    assert (found["place"], found["remaining_kg"], found["content"]) == ("NG", "700", content)
    assert house.get("/returns/RT1")["site"] == "NG"
    line = {"lot": lot, "units": 1}
    note = {"number": "D-2", "customer": "TRUCK-K", "site": "NG", "dispatched_at": LATER, "lines": [line]}
    again = house.post("/dispatches", note)["lots"][0]["number"]
    assert certificate(house, again, "TRUCK-K")["status"] == "issued"
    assert check_ledger(house.records).differences == ()


def test_a_lot_that_a_live_certificate_states_does_not_come_back(house: House) -> None:
    three_bodies(house)
    lot = delivered(house, "D-1", "T")
    number = certificate(house, lot)["number"]
    assert back(house, lot, 409)["code"] == "already_certified"
    house.post(f"/certificates/{number}/revocation", {"reason": "came back"}, "sales")
    back(house, lot)


def test_what_was_not_delivered_does_not_come_back_and_nothing_comes_back_twice(house: House) -> None:
    three_bodies(house)
    assert back(house, "T", 409)["code"] == "wrong_place"
    lot = delivered(house, "D-1", "T")
    assert back(house, lot, 409, returned_at="2026-10-01T00:00:00+09:00")["code"] == "before_it_existed"
    assert back(house, lot, 422, returned_at="2030-01-01")["errors"]["returned_at"]
    assert back(house, "NOTHING", 422)["errors"]["lot"]
    back(house, lot)
    assert back(house, lot, 409)["code"] == "duplicate_number"
    assert back(house, lot, 409, number="RT2")["code"] == "wrong_place"


def test_a_reversed_return_is_at_the_customer_as_before(house: House) -> None:
    three_bodies(house)
    lot = delivered(house, "D-1", "T")
    before = house.get(f"/lots/{lot}")
    back(house, lot)
    assert house.post("/dispatches/D-1/reversal", {"reason": "x"}, status=409)["records"][0]["kind"] == "return"
    house.post("/returns/RT1/reversal", {"reason": "it was another lot"}, "logistics")
    assert house.get(f"/lots/{lot}") == before
    assert check_ledger(house.records).differences == ()


def test_a_write_off_takes_grams_and_co2_once_a_second_person_agrees(house: House) -> None:
    primary(house, "P")
    asked = write_off(house, "P", kg="500")
    assert (asked["status"], asked["written_off_kg"], house.get("/lots/P")["remaining_kg"]) == ("pending", None, "2000")
    flag = asked["flags"][0]["id"]
    move = {"lot": "P", "to": "NG", "kg": "1", "sent_at": SENT, "received_at": SENT}
    assert house.post("/transfers", move, status=409)["code"] == "flag_open"
    assert accept(house, flag, "logistics", 403)["code"] == "same_person"
    accepted = accept(house, flag, "plant")
    assert (accepted["accepted_by"], accepted["acceptance_reason"]) == ("plant-person", "looked at it")
    lot = house.get("/lots/P")
    assert (lot["remaining_kg"], lot["remaining_embodied_co2_kg"]) == ("1500", "18000")
    done = house.get("/write-offs/WO1")
    assert (done["status"], done["written_off_kg"], done["written_off_co2_kg"]) == ("accepted", "500", "6000")
    house.post("/transfers", move)
    assert accept(house, flag, "plant", 409)["code"] == "already_accepted"
    assert check_ledger(house.records).differences == ()


def test_an_accepted_write_off_is_corrected_upward_by_reversal_only(house: House) -> None:
    primary(house, "P")
    accept(house, write_off(house, "P", kg="500")["flags"][0]["id"], "plant")
    house.post("/write-offs/WO1/reversal", {"reason": "it was found again"}, "logistics")
    lot = house.get("/lots/P")
    assert (lot["remaining_kg"], lot["remaining_embodied_co2_kg"]) == ("2000", "24000")
    assert house.get("/write-offs/WO1")["status"] == "reversed"
    assert check_ledger(house.records).differences == ()


def test_a_write_off_that_was_withdrawn_stops_nothing_and_cannot_be_accepted(house: House) -> None:
    primary(house, "P")
    flag = write_off(house, "P", kg="500")["flags"][0]["id"]
    assert house.post("/lots/P/reversal", {"reason": "x"}, status=409)["records"] == [
        {"kind": "write_off", "number": "WO1"}
    ]
    house.post("/write-offs/WO1/reversal", {"reason": "it is there after all"}, "logistics")
    assert house.get("/write-offs/WO1")["status"] == "withdrawn"
    assert house.get("/flags?open=true")["items"] == []
    assert accept(house, flag, "plant", 409)["code"] == "already_reversed"
    house.post("/lots/P/reversal", {"reason": "x"})


def test_units_are_written_off_whole(house: House) -> None:
    three_bodies(house)
    assert write_off(house, "T", 409, kg="700")["code"] == "units_required"
    assert write_off(house, "T", 409, units=4)["code"] == "not_enough_metal"
    accept(house, write_off(house, "T", units=1)["flags"][0]["id"], "plant")
    lot = house.get("/lots/T")
    assert (lot["remaining_units"], lot["remaining_kg"]) == (2, "1400")
    house.post("/write-offs/WO1/reversal", {"reason": "found"}, "logistics")
    assert house.get("/lots/T")["remaining_units"] == 3
    assert check_ledger(house.records).differences == ()


def test_metal_at_a_customer_is_not_ours_to_write_off(house: House) -> None:
    three_bodies(house)
    assert write_off(house, delivered(house, "D-1", "T"), 409, units=1)["code"] == "wrong_place"


def test_flagged_metal_goes_no_further_until_another_person_accepts(house: House) -> None:
    lot = scrap(house, "A", kg="30000")
    [flag] = lot["flags"]
    heat = {"kind": "remelt", "site": "MC", "ended_at": SENT, "inputs": [{"lot": "A", "kg": "100"}]}
    heat["outputs"] = [{"kind": "billet", "kg": "96", "alloy": "A6N01"}]
    note = {"customer": "TRUCK-M", "site": "MC", "dispatched_at": SENT, "lines": [{"lot": "A", "kg": "100"}]}
    for path, body in (("/transformations", heat), ("/dispatches", note)):
        refused = house.post(path, body, status=409)
        assert refused["code"] == "flag_open"
        assert "weight outside the usual band" in refused["detail"]
    assert accept(house, flag["id"], "admin", 403)["code"] == "same_person"
    assert accept(house, flag["id"], "sales", 403)["code"] == "forbidden"
    accept(house, flag["id"], "logistics")
    house.post("/transformations", heat)
    house.post("/dispatches", note)
    assert house.get("/lots/A")["flags"][0]["accepted_by"] == "logistics-person"


def test_accepting_what_a_step_was_flagged_for_frees_every_lot_it_made(house: House) -> None:
    scrap(house, "A")
    outputs = [{"number": n, "kind": "billet", "kg": "500", "alloy": "A6N01"} for n in ("L1", "L2")]
    step = {"kind": "remelt", "site": "MC", "ended_at": MELTED, "outputs": outputs}
    step["inputs"] = [{"lot": "A", "kg": "2400"}]
    [flag] = house.post("/transformations", step)["flags"]
    assert len(house.get("/flags?open=true")["items"]) == 2
    accept(house, flag["id"], "plant")
    assert house.get("/flags?open=true")["items"] == []
    bodies(house, "T", "L2", "500", "490", units=1)


def test_a_flag_that_is_not_there_is_404(house: House) -> None:
    for written in ("1", "0", "99999999999999999999", "x", "１"):
        assert accept(house, written, "plant", 404)["code"] == "not_found"  # type: ignore[arg-type]


def test_the_flag_of_a_reversed_lot_is_open_no_more(house: House) -> None:
    scrap(house, "A", kg="30000")
    house.post("/lots/A/reversal", {"reason": "a digit too many"})
    assert house.get("/flags?open=true")["items"] == []
    assert house.get("/flags")["items"][0]["reversed"] is True


def test_units_that_would_weigh_nothing_are_refused_by_every_deed(house: House) -> None:
    three_bodies(house)
    step = {"kind": "fabricate", "site": "MC", "ended_at": SENT, "inputs": [{"lot": "T", "units": 1}]}
    light = {"kind": "product", "kg": "0.002", "alloy": "A6N01", "item": "truck-body", "units": 3}
    rest = {"kind": "return", "kg": "699", "alloy": "A6N01"}
    made = house.post("/transformations", step | {"outputs": [light | {"number": "X"}, rest]})
    assert made["flags"] == []
    transfer = {"lot": "X", "to": "NG", "units": 1, "sent_at": SENT, "received_at": SENT}
    assert house.post("/transfers", transfer, status=409)["code"] == "not_enough_metal"
    assert write_off(house, "X", 409, units=1)["code"] == "not_enough_metal"
    house.post("/transfers", transfer | {"units": 3})


def test_metal_written_off_at_one_site_does_not_come_back_at_another(house: House) -> None:
    primary(house, "P")
    accept(house, write_off(house, "P", kg="500")["flags"][0]["id"], "plant")
    moved = {"number": "M1", "lot": "P", "to": "NG", "kg": "1500", "sent_at": SENT, "received_at": SENT}
    house.post("/transfers", moved)
    undo = {"reason": "it was found again"}
    told = house.post("/write-offs/WO1/reversal", undo, "logistics", status=409)
    assert told["records"] == [{"kind": "transfer", "number": "M1"}]
    house.post("/transfers/M1/reversal", undo)
    house.post("/write-offs/WO1/reversal", undo, "logistics")
    lot = house.get("/lots/P")
    assert (lot["place"], lot["remaining_kg"]) == ("MC", "2000")
    assert check_ledger(house.records).differences == ()
