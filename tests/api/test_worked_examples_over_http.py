"""The worked examples, deed by deed through the API, on both databases."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.ledger.grams import grams_from_kilograms as grams
from app.lookups.ledger_check import check_ledger
from tests.house import House
from tests.worked_examples import EXAMPLES, NAMES, deeds


class Player:
    """Plays the deeds of one example through the API."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.slips = 0
        self.certificates: dict[str, str] = {}
        self.deliveries: dict[str, str] = {}

    def enter(self, words: dict[str, Any], at: datetime) -> None:
        if words["kind"] == "scrap":
            self.slips += 1
            weights = {"gross_kg": words["kg"], "tare_kg": "0"}
            names = {name: words[name] for name in ("number", "customer", "item", "units", "scrap_class")}
            body = names | weights | {"slip_number": f"W-{self.slips}", "alloy": "A6N01", "site": "MC"}
            self.house.post("/scrap-lots", body | {"weighed_at": at.isoformat()}, "logistics")
            return
        body = {"number": words["number"], "kind": words["kind"], "kg": words["kg"], "alloy": "A6N01", "site": "MC"}
        if "footprint_kg_per_kg" in words:
            own = {"kg_per_kg": words["footprint_kg_per_kg"], "document": "EPD-1", "issuer": "S"}
            body["footprint"] = own | {"valid_until": "2028-01-01"}
        self.house.post("/metal-lots", body | {"received_at": at.isoformat()}, "plant")

    def transform(self, words: dict[str, Any], at: datetime) -> dict[str, Any]:
        body = {
            "kind": words["kind"],
            "site": words.get("site", "MC"),
            "ended_at": at.isoformat(),
            "inputs": [{"lot": lot, "kg": kg} for lot, kg in words["inputs"]],
            "outputs": [{"alloy": "A6N01", **output} for output in words["outputs"]],
        }
        if words["kind"] == "remelt":
            body["furnace"] = "F1"
        done = self.house.post("/transformations", body, "plant")
        made = {output["number"]: output for output in done["outputs"]}
        return {
            "loss_g": grams(done["loss_kg"]),
            "outputs": {
                number: {
                    "mass_g": grams(lot["mass_kg"]),
                    "embodied_g": grams(lot["embodied_co2_kg"]),
                    "content": {row["origin"]: grams(row["kg"]) for row in lot["content"]},
                }
                for number, lot in made.items()
            },
        }

    def transfer(self, words: dict[str, Any], at: datetime) -> dict[str, Any]:
        body = {"lot": words["lot"], "to": words["to"], "kg": words["kg"], "sent_at": at.isoformat()}
        received = {"received_kg": words["received_kg"]} if "received_kg" in words else {}
        done = self.house.post("/transfers", body | received | {"received_at": at.isoformat()}, "logistics")
        return {"lot": done["lot"], **self.remaining(done["lot"])}

    def dispatch(self, words: dict[str, Any], at: datetime) -> dict[str, Any]:
        line = {name: words[name] for name in ("lot", "kg", "units") if name in words}
        note = {"number": words["number"], "customer": words["customer"], "site": words.get("site", "MC")}
        done = self.house.post("/dispatches", note | {"dispatched_at": at.isoformat(), "lines": [line]}, "sales")
        [lot] = done["lots"]
        assert lot["number"] == f"{words['number']}-1"
        self.deliveries[words["number"]] = lot["number"]
        return self.remaining(lot["number"])

    def certify(self, words: dict[str, Any], at: datetime) -> dict[str, Any]:
        body = {"customer": words["customer"], "deliveries": [self.deliveries[d] for d in words["deliveries"]]}
        done = self.house.post("/certificates", body, "sales")
        self.certificates[words["number"]] = done["number"]
        claim, recycled = done["avoided_co2"], done["recycled"]
        return {
            "mass_g": grams(done["mass_kg"]),
            "post_consumer_g": grams(recycled["post_consumer_kg"]),
            "pre_consumer_g": grams(recycled["pre_consumer_kg"]),
            "closed_loop_g": grams(recycled["closed_loop_kg"]),
            "by_unit_g": None if claim["by_unit_kg"] is None else grams(claim["by_unit_kg"]),
            "by_mass_g": grams(claim["by_mass_kg"]),
            "claimed_g": grams(claim["claimed_kg"]),
            "embodied_g": grams(done["cfp"]["embodied_kg"]),
            "cfp_kg_per_kg": done["cfp"]["kg_co2e_per_kg"],
        }

    def revoke(self, words: dict[str, Any], at: datetime) -> None:
        number = self.certificates[words["number"]]
        done = self.house.post(f"/certificates/{number}/revocation", {"reason": "recalled"}, "sales")
        assert done["status"] == "revoked"

    def remaining(self, lot: str) -> dict[str, Any]:
        found = self.house.get(f"/lots/{lot}")
        return {
            "mass_g": grams(found["remaining_kg"]),
            "embodied_g": grams(found["remaining_embodied_co2_kg"]),
            "content": {r["origin"]: grams(r["remaining_kg"]) for r in found["content"] if r["remaining_kg"] != "0"},
        }


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_worked_example_comes_out_to_the_gram_over_http(house: House, example: dict[str, Any]) -> None:
    player = Player(house)
    for verb, words, at, expected in deeds(example):
        house.clock.now = max(house.clock.now, at + timedelta(minutes=1))
        given = getattr(player, verb)(words, at)
        if expected is not None and verb != "revoke":
            assert given == expected, (verb, words)
    for lot, left in example["end"].items():
        assert player.remaining(player.deliveries.get(lot, lot)) == left, lot
    checked = check_ledger(house.records)
    assert checked.differences == ()
    with house.records.reading() as books:
        lost = {books.verification.lot_number(o): g for o, g in books.movements.lost().items()}
    assert lost == example["lost"]
