"""A footprint statement out."""

from typing import Any

from marshmallow import fields

from app.schemas.fields import Day, Kilograms
from app.schemas.shapes import Reply
from certificates import figures
from certificates.statement import Statement


class ContributionReply(Reply):
    """``what`` is metal, step or round (in-house returns and heels); ``measured`` where meters were read."""

    what = fields.String()
    name_ja = fields.String()
    name_en = fields.String()
    number = fields.String(allow_none=True)
    measured = fields.Boolean()
    co2e_kg = Kilograms(attribute="co2e_g")


class FootprintReply(Reply):
    """Cradle to gate, cut-off; contributions sum to what is embodied."""

    lot = fields.String()
    mass_kg = Kilograms(attribute="mass_g")
    kg_co2e_per_kg = fields.String()
    embodied_kg = Kilograms(attribute="embodied_g")
    primary_data_percent = fields.String()
    comparison_kg_co2e_per_kg = fields.String(attribute="comparison")
    period_from = Day()
    period_to = Day()
    method_version = fields.Integer()
    contributions = fields.List(fields.Nested(ContributionReply))


def footprint_out(statement: Statement) -> dict[str, Any]:
    """What a footprint's reply is written from."""
    names = ("lot", "mass_g", "comparison", "period_from", "period_to", "method_version", "contributions")
    return {name: getattr(statement, name) for name in names} | {
        "kg_co2e_per_kg": statement.cfp.kg_co2e_per_kg,
        "embodied_g": statement.cfp.embodied_g,
        "primary_data_percent": figures.tenths_of_percent(statement.measured_g, statement.cfp.embodied_g),
    }
