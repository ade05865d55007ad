"""The figures a flag was raised for, as staff read them: each with its name, its unit, and thousands commas."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from markupsafe import Markup

from app.pages.staff.figures import when
from app.pages.typesetting import phrase, typeset
from app.wording import names

KG_CO2E, KG_PER_KG = "kg-CO2e", "kg-CO2e/kg"
UNITS_OF = {"measured_kg": KG_CO2E, "average_kg": KG_CO2E, "kg_per_kg": KG_PER_KG, "threshold": KG_PER_KG}
SHARES = ("yield_min", "yield_max")


def described(language: str, detail: Mapping[str, object]) -> list[tuple[Markup, Markup]]:
    """(name, figure) of each, in the order that ``names.DETAILS`` gives them; what has no name comes last, as it is."""
    known = [name for name in names.DETAILS if name in detail]
    others = [name for name in detail if name not in names.DETAILS]
    return [(_name(language, name), typeset(_figure(language, name, detail[name]))) for name in (*known, *others)]


def _name(language: str, name: str) -> Markup:
    return phrase(language, names.DETAILS.get(name, name))


def _figure(language: str, name: str, value: object) -> str:
    if name in SHARES:
        return f"{(Decimal(str(value)) * 100).normalize():f} %"
    if name == "other_at":
        return when(language, datetime.fromisoformat(str(value)))
    if name in UNITS_OF or name.endswith("kg"):
        return f"{Decimal(str(value)):,} {UNITS_OF.get(name, 'kg')}"
    return str(value)
