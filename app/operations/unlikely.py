"""Flags: what is possible but unlikely is recorded and shown, by thresholds that are data (domain.md, "Flags")."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.ledger.grams import kilograms_text
from app.ledger.transformations import StepKind
from app.operations.references import References
from app.records.unit import Shelves

if TYPE_CHECKING:
    from app.operations.register_scrap import RegisterScrap

VEHICLE_AGAIN = "vehicle-again"
BOUGHT_BELOW = "bought-metal-below"
TRANSFER_SHORT = "transfer-short"
WEIGHT_BAND = "weight-outside-band"
YIELD_BAND = "yield-outside-band"
MEASURED_BELOW = "measured-below-average"

Flag = tuple[str, dict[str, Any]]


def _threshold(references: References, key: str) -> Fraction:
    return Fraction(references.sheet("flag_rules")[key]["threshold"])


def weigh_in_flags(
    books: Shelves, references: References, slips: "Sequence[RegisterScrap]"
) -> list[tuple[int, str, dict[str, Any]]]:
    """(position of the slip, rule, figures) for each weight or vehicle that is unlikely."""
    flags = [(i, *flag) for i, slip in enumerate(slips) for flag in _weight(references, slip)]
    return flags + [(i, VEHICLE_AGAIN, detail) for i, detail in _vehicles(books, references, slips)]


def _weight(references: References, slip: "RegisterScrap") -> list[Flag]:
    item = references.sheet("items")[slip.item]
    least, most = item["plausible_min_g"], item["plausible_max_g"]
    if least is None or most is None or least * slip.units <= slip.net_g <= most * slip.units:
        return []
    figures = {"net_kg": slip.net_g, "min_kg": least * slip.units, "max_kg": most * slip.units}
    return [(WEIGHT_BAND, {name: kilograms_text(grams) for name, grams in figures.items()} | {"units": slip.units})]


def _vehicles(
    books: Shelves, references: References, slips: "Sequence[RegisterScrap]"
) -> list[tuple[int, dict[str, Any]]]:
    """The same vehicle at any site within the span, before or after, among what is recorded and in this file."""
    span = timedelta(hours=int(_threshold(references, VEHICLE_AGAIN)))
    named = [(i, slip.vehicle, slip.weighed_at) for i, slip in enumerate(slips) if slip.vehicle]
    if not named:
        return []
    times = [at for _, _, at in named]
    vehicles = sorted({vehicle for _, vehicle, _ in named})
    seen: dict[str, list[datetime]] = {}
    for vehicle, at in books.entries.vehicle_seen(vehicles, min(times) - span, max(times) + span):
        seen.setdefault(vehicle, []).append(at)
    found = []
    for i, vehicle, at in named:
        near = [other for other in seen.setdefault(vehicle, []) if abs(other - at) <= span]
        if near:
            found.append((i, {"vehicle": vehicle, "other_at": min(near).isoformat()}))
        seen[vehicle].append(at)
    return found


def yield_flags(references: References, kind: StepKind, input_g: int, output_g: int) -> list[Flag]:
    """A step whose yield lies outside its usual band."""
    rule = references.sheet("step_rules")[kind.value]
    ratio = Fraction(output_g, input_g)
    if Fraction(rule["yield_min"]) <= ratio <= Fraction(rule["yield_max"]):
        return []
    figures = {"yield_min": rule["yield_min"], "yield_max": rule["yield_max"]}
    return [(YIELD_BAND, figures | {"in_kg": kilograms_text(input_g), "out_kg": kilograms_text(output_g)})]


def measured_flags(references: References, measured_g: int, average_g: int) -> list[Flag]:
    """A step whose meters say far less than the works' average: a digit forgotten, or one meter of several."""
    rule = references.sheet("flag_rules").get(MEASURED_BELOW)  # books from before it are asked to load it, not refused
    if rule is None or measured_g >= average_g * Fraction(rule["threshold"]):
        return []
    figures = {"measured_kg": kilograms_text(measured_g), "average_kg": kilograms_text(average_g)}
    return [(MEASURED_BELOW, figures)]


def bought_metal_flags(references: References, kg_per_kg: str | None) -> list[Flag]:
    """A bought metal whose supplier states a footprint lower than is usual."""
    threshold = _threshold(references, BOUGHT_BELOW)
    if kg_per_kg is None or Fraction(kg_per_kg) >= threshold:
        return []
    return [(BOUGHT_BELOW, {"kg_per_kg": kg_per_kg, "threshold": str(threshold)})]


def transfer_flags(references: References, sent_g: int, received_g: int) -> list[Flag]:
    """A transfer that received less than was sent by more than the tolerance."""
    if Fraction(sent_g - received_g, sent_g) <= _threshold(references, TRANSFER_SHORT):
        return []
    return [(TRANSFER_SHORT, {"sent_kg": kilograms_text(sent_g), "received_kg": kilograms_text(received_g)})]
