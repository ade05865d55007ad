"""Mistakes are undone by mirrored movements, and only while nothing stands that used what they made."""

from typing import Any

import pytest

from app.lookups.ledger_check import check_ledger
from tests.campaign import SENT, WEIGHED, billet, certificate, delivered, primary, scrap, three_bodies
from tests.house import House

WHY = {"reason": "entered twice"}
FIGURES = ("place", "remaining_kg", "remaining_embodied_co2_kg", "remaining_units", "content", "since")


def figures(house: House, *lots: str) -> list[dict[str, Any]]:
    return [{name: house.get(f"/lots/{lot}")[name] for name in FIGURES} for lot in lots]


def undo(house: House, path: str, status: int = 201, role: str = "admin") -> Any:
    return house.post(f"{path}/reversal", WHY, role, status)


def sound(house: House) -> None:
    assert check_ledger(house.records).differences == ()


def move(house: House, lot: str, to: str, number: str, **amount: Any) -> Any:
    return house.post(
        "/transfers", {"number": number, "lot": lot, "to": to, **amount, "sent_at": SENT, "received_at": SENT}
    )


def test_a_reversed_lot_is_empty_and_frees_its_slip_but_not_its_number(house: House) -> None:
    scrap(house, "A")
    done = undo(house, "/lots/A", role="logistics")
    assert (done["kind"], done["number"], done["reason"], done["reversed_by"]) == (
        "lot",
        "A",
        "entered twice",
        "logistics-person",
    )
    lot = house.get("/lots/A")
    assert (lot["remaining_kg"], lot["mass_kg"], lot["reversal_reason"]) == ("0", "2400", "entered twice")
    assert scrap(house, "B", slip_number="W-A")["remaining_kg"] == "2400"
    body = {"number": "A", "slip_number": "W-C", "customer": "TRUCK-M", "item": "truck-body", "units": 3}
    body |= {"scrap_class": "post_consumer", "gross_kg": "2400", "tare_kg": "0", "alloy": "mixed", "site": "MC"}
    again = house.post("/scrap-lots", body | {"weighed_at": WEIGHED}, status=409)
    assert again["code"] == "duplicate_number"
    sound(house)


def test_nothing_is_reversed_twice(house: House) -> None:
    scrap(house, "A")
    undo(house, "/lots/A")
    assert undo(house, "/lots/A", 409)["code"] == "already_reversed"
    sound(house)


def test_reversing_a_step_gives_back_every_gram_unit_and_gram_of_co2(house: House) -> None:
    three_bodies(house)
    primary(house, "P")
    billet(house, "B", {"P": "2000"}, "1990")
    before = figures(house, "A", "L", "T", "B")
    inputs = [{"lot": "T", "units": 1}, {"lot": "B", "kg": "7.001"}]
    outputs = [{"number": "X", "kind": "return", "kg": "690", "alloy": "A6N01"}]
    body = {"kind": "fabricate", "site": "MC", "ended_at": SENT, "inputs": inputs, "outputs": outputs}
    step = house.post("/transformations", body)
    assert figures(house, "T") != before[2:3]
    undo(house, f"/transformations/{step['number']}", role="plant")
    assert figures(house, "A", "L", "T", "B") == before
    assert house.get("/lots/X")["remaining_kg"] == "0"
    assert house.get(f"/transformations/{step['number']}")["reversal_reason"] == "entered twice"
    assert house.get("/lots/B/lineage")["downstream"] == []
    sound(house)


def test_a_step_is_not_reversed_while_its_metal_was_used_and_the_refusal_names_who_used_it(house: House) -> None:
    three_bodies(house)
    number = house.get("/lots/L/lineage")["upstream"][0]["number"]
    used_by = house.get("/lots/T/lineage")["upstream"][-1]["number"]
    refused = undo(house, f"/transformations/{number}", 409)
    assert refused["code"] == "downstream_exists"
    assert refused["records"] == [{"kind": "transformation", "number": used_by}]
    assert used_by in refused["detail"]
    undo(house, f"/transformations/{used_by}")
    undo(house, f"/transformations/{number}")
    undo(house, "/lots/A")
    assert [row["remaining_kg"] for row in figures(house, "A", "L", "T")] == ["0", "0", "0"]
    sound(house)


def test_a_dispatch_is_not_reversed_while_a_certificate_states_it(house: House) -> None:
    three_bodies(house)
    before = figures(house, "T")
    number = certificate(house, delivered(house, "D-1", "T"))["number"]
    assert undo(house, "/dispatches/D-1", 409)["records"] == [{"kind": "certificate", "number": number}]
    house.post(f"/certificates/{number}/revocation", WHY, "sales")
    undo(house, "/dispatches/D-1", role="sales")
    assert figures(house, "T") == before
    assert house.get("/lots/D-1-1")["remaining_kg"] == "0"
    sound(house)


@pytest.mark.parametrize("amount", [{"kg": "2000"}, {"kg": "2000", "received_kg": "1999"}, {"kg": "500"}])
def test_a_reversed_transfer_was_never_sent(house: House, amount: dict[str, str]) -> None:
    primary(house, "P")
    before = figures(house, "P")
    moved = move(house, "P", "NG", "M1", **amount)
    assert house.get("/transfers/M1")["lot"] == moved["lot"]
    undo(house, "/transfers/M1", role="logistics")
    assert figures(house, "P") == before
    sound(house)


def test_a_transfer_is_not_reversed_once_the_lot_went_on(house: House) -> None:
    primary(house, "P")
    move(house, "P", "NG", "M1", kg="2000")
    move(house, "P", "KB", "M2", kg="2000")
    assert undo(house, "/transfers/M1", 409)["records"] == [{"kind": "transfer", "number": "M2"}]
    undo(house, "/transfers/M2")
    assert house.get("/lots/P")["place"] == "NG"
    undo(house, "/transfers/M1")
    sound(house)


def test_metal_is_not_given_back_to_a_lot_that_is_elsewhere_now(house: House) -> None:
    primary(house, "P")
    step = billet(house, "L", {"P": "500"}, "490")
    move(house, "P", "NG", "M1", kg="1500")
    refused = undo(house, f"/transformations/{step['number']}", 409)
    assert refused["records"] == [{"kind": "transfer", "number": "M1"}]


def test_a_heat_that_took_a_heel_is_not_reversed_once_the_furnace_went_on(house: House) -> None:
    primary(house, "P")

    def heat(number: str, at: str, *inputs: tuple[str, str], heel: str | None) -> Any:
        outputs = [{"number": f"B-{number}", "kind": "billet", "kg": "100", "alloy": "A6N01"}]
        outputs += [{"number": heel, "kind": "heel", "kg": "50", "alloy": "A6N01"}] if heel else []
        body = {
            "number": number,
            "kind": "remelt",
            "site": "MC",
            "furnace": "F1",
            "ended_at": f"2026-10-{at}T09:00:00+09:00",
        }
        return house.post(
            "/transformations", body | {"inputs": [{"lot": lot, "kg": kg} for lot, kg in inputs], "outputs": outputs}
        )

    heat("H1", "02", ("P", "152"), heel="HL1")
    heat("H2", "03", ("P", "52"), ("HL1", "50"), heel=None)
    heat("H3", "04", ("P", "152"), heel="HL3")
    assert undo(house, "/transformations/H2", 409)["records"] == [{"kind": "transformation", "number": "H3"}]
    undo(house, "/transformations/H3")
    undo(house, "/transformations/H2")
    assert house.get("/lots/HL1")["remaining_kg"] == "50"
    sound(house)


def test_a_lot_that_a_step_made_is_reversed_by_its_step(house: House) -> None:
    three_bodies(house)
    assert undo(house, "/lots/L", 409)["code"] == "kind_not_allowed"


def test_plant_staff_undo_bought_metal_and_no_scrap(house: House) -> None:
    scrap(house, "A")
    primary(house, "P")
    assert undo(house, "/lots/A", 403, "plant")["status"] == 403
    undo(house, "/lots/P", role="plant")


@pytest.mark.parametrize("path", ["lots", "transformations", "transfers", "dispatches", "returns", "write-offs"])
def test_what_is_not_there_cannot_be_reversed(house: House, path: str) -> None:
    assert undo(house, f"/{path}/NOTHING", 404)["code"] == "not_found"
    assert house.post(f"/{path}/NOTHING/reversal", {}, status=422)["errors"]["reason"]
