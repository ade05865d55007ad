"""The worked examples through the ledger and the carbon method alone: no records, no web."""

import json
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.carbon.avoided import Avoided, UnitFactor, avoided, sum_of
from app.carbon.factors import in_force
from app.carbon.footprint import StepMasses, cfp_text, embodied_at_entry, entry_footprint, process_emissions
from app.ledger.grams import grams_from_kilograms as grams
from app.ledger.lots import Amount, Kind, Lot, Place, Taken, take
from app.ledger.metal import Metal
from app.ledger.transformations import Heat, Planned, StepKind, StepRule, charge, lose, tap
from app.schemas.reference_files import own_files, read_sheets
from tests.worked_examples import EXAMPLES, NAMES, START, deeds

SHEETS = read_sheets(own_files())
FACTORS = in_force(SHEETS.factors, START.date())
ITEMS = {row["code"]: row for row in SHEETS.rows["items"]}
SHARED = Path(__file__).parents[3] / "shared" / "data"


def rule(kind: StepKind) -> StepRule:
    [row] = [row for row in SHEETS.rows["step_rules"] if row["step"] == kind]
    inputs, outputs = (frozenset(Kind(word) for word in row[name].split()) for name in ("inputs", "outputs"))
    return StepRule(kind, inputs, outputs)


def told(metal: Metal, names: dict[int, str]) -> dict[str, Any]:
    content = {names[origin]: mass for origin, mass in metal.content}
    return {"mass_g": metal.mass_g, "embodied_g": metal.embodied_g, "content": content}


class Ledger:
    """A ledger of plain values: lots by number."""

    def __init__(self) -> None:
        self.lots: dict[str, Lot] = {}
        self.items: dict[str, str | None] = {}
        self.entries: dict[int, dict[str, Any]] = {}
        self.names: dict[int, str] = {}
        self.lost: dict[str, int] = {}

    def put(self, number: str, kind: Kind, metal: Metal, units: int | None = None, item: str | None = None) -> None:
        self.lots[number] = Lot(number, kind, Place(site="MC"), START, metal, units)
        self.items[number] = item

    def lose(self, metal: Metal) -> None:
        for origin, mass in metal.content:
            self.lost[self.names[origin]] = self.lost.get(self.names[origin], 0) + mass

    def enter(self, words: dict[str, Any], _: datetime) -> None:
        origin, kind, mass = len(self.entries) + 1, Kind(words["kind"]), grams(words["kg"])
        own = words.get("footprint_kg_per_kg")
        footprint = Fraction(own) if own else entry_footprint(kind, words.get("scrap_class"), FACTORS)
        self.entries[origin], self.names[origin] = words, words["number"]
        self.put(words["number"], kind, Metal.of({origin: mass}, embodied_at_entry(mass, footprint)))

    def transform(self, words: dict[str, Any], at: datetime) -> dict[str, Any]:
        kind = StepKind(words["kind"])
        inputs = [(self.lots[lot], Amount(mass_g=grams(kg))) for lot, kg in words["inputs"]]
        charged = charge(rule(kind), Heat(kind, "MC", at, None), inputs, [])
        outputs = [Planned(Kind(output["kind"]), grams(output["kg"])) for output in words["outputs"]]
        made_g = sum(output.mass_g for output in outputs if output.kind is Kind.PRODUCT)
        masses = StepMasses(charged.mass_of(Kind.SCRAP), charged.mass_of(Kind.PRODUCT), made_g)
        tapped = tap(rule(kind), charged.metal, outputs, process_emissions(kind, masses, FACTORS))
        for taken in charged.taken:
            self.lots[taken.left.number] = taken.left
        self.lose(tapped.loss)
        for output, metal in zip(words["outputs"], tapped.outputs, strict=True):
            self.put(output["number"], Kind(output["kind"]), metal, output.get("units"), output.get("item"))
        made = {output["number"]: told(self.lots[output["number"]].metal, self.names) for output in words["outputs"]}
        return {"loss_g": tapped.loss.mass_g, "outputs": made}

    def move(self, lot: str, taken: Taken, metal: Metal, number: str) -> dict[str, Any]:
        item = self.items[lot]
        self.lots[lot] = taken.left
        self.put(number, taken.left.kind, metal, taken.units, item)
        return told(metal, self.names)

    def transfer(self, words: dict[str, Any], _: datetime) -> dict[str, Any]:
        taken = take(self.lots[words["lot"]], Amount(mass_g=grams(words["kg"])))
        lost, arrived = lose(taken.metal, taken.metal.mass_g - grams(words.get("received_kg", words["kg"])))
        self.lose(lost)
        number = words.get("becomes", words["lot"])
        return {"lot": number, **self.move(words["lot"], taken, arrived, number)}

    def dispatch(self, words: dict[str, Any], _: datetime) -> dict[str, Any]:
        amount = Amount(units=words["units"]) if "units" in words else Amount(mass_g=grams(words["kg"]))
        taken = take(self.lots[words["lot"]], amount)
        return self.move(words["lot"], taken, taken.metal, words["number"])

    def certify(self, words: dict[str, Any], _: datetime) -> dict[str, Any]:
        metals = [self.lots[number].metal for number in words["deliveries"]]
        post = [self.sum_of(metal, "post_consumer") for metal in metals]
        claim = sum_of(self.claim(number, mass) for number, mass in zip(words["deliveries"], post, strict=True))
        mass_g, embodied_g = sum(m.mass_g for m in metals), sum(m.embodied_g for m in metals)
        return {
            "mass_g": mass_g,
            "post_consumer_g": sum(post),
            "pre_consumer_g": sum(self.sum_of(metal, "pre_consumer") for metal in metals),
            "closed_loop_g": sum(self.sum_of(metal, "post_consumer", words["customer"]) for metal in metals),
            "by_unit_g": claim.by_unit_g,
            "by_mass_g": claim.by_mass_g,
            "claimed_g": claim.claimed_g,
            "embodied_g": embodied_g,
            "cfp_kg_per_kg": cfp_text(embodied_g, mass_g),
        }

    def claim(self, number: str, post_g: int) -> Avoided:
        item = ITEMS.get(self.items[number] or "")
        factor = UnitFactor(item["unit_factor"], item["unit_divisor"]) if item and item["unit_factor"] else None
        return avoided(post_g, self.lots[number].units, factor, FACTORS)

    def sum_of(self, metal: Metal, scrap_class: str, customer: str | None = None) -> int:
        return sum(
            mass
            for origin, mass in metal.content
            if self.entries[origin].get("scrap_class") == scrap_class
            and customer in (None, self.entries[origin].get("customer"))
        )


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_worked_example_comes_out_to_the_gram(example: dict[str, Any]) -> None:
    ledger = Ledger()
    for verb, words, at, expected in deeds(example):
        if verb != "revoke":
            assert getattr(ledger, verb)(words, at) == expected, (verb, words)
    for number, left in example["end"].items():
        assert told(ledger.lots[number].metal, ledger.names) == left, number
    assert ledger.lost == example["lost"]


@pytest.mark.skipif(not SHARED.exists(), reason="the published examples are not beside this checkout")
def test_our_copies_are_the_published_data_where_that_is_beside_us() -> None:
    published = json.loads((SHARED / "worked_examples.json").read_text("utf-8"))
    assert published == EXAMPLES
    reference = Path(__file__).parents[2] / "app" / "reference"
    for sheet in SHARED.glob("*.csv"):
        if not sheet.name.startswith("weighing_slips_bad"):
            assert (reference / sheet.name).read_bytes() == sheet.read_bytes(), sheet.name
