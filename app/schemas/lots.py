"""Lots in: a weighing slip, bought metal. Lots out: as made, as they stand, with content and flags."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from app.ledger.lots import BOUGHT, Kind
from app.lookups.lots import LineageAnswer
from app.operations.register_metal import RegisterMetal, SupplierFootprint
from app.operations.register_scrap import RegisterScrap
from app.records.entered import LotAnswer
from app.schemas.fields import Choice, Count, Day, Kilograms, KilogramsPerKilogram, Moment, Number, Text
from app.schemas.flags import FlagReply
from app.schemas.shapes import Reply, Strict, nested
from app.wording.catalogue import marked

NOT_ABOVE_TARE = marked("The gross weight must be more than tare and deduction together.")


class ScrapLotSchema(Strict):
    """A weighing slip of returned scrap."""

    number = Number()
    slip_number = Number(required=True)
    customer = Text(required=True, longest=40)
    item = Text(required=True, longest=40)
    units = Count(required=True)
    scrap_class = Text(required=True, longest=40)
    gross_kg = Kilograms(required=True)
    tare_kg = Kilograms(required=True, zero=True)
    deduction_kg = Kilograms(zero=True, load_default=0)
    alloy = Text(required=True, longest=40)
    site = Text(required=True, longest=40)
    bay = Text(longest=40)
    vehicle = Text(longest=80, folded=True)
    weighed_at = Moment(required=True)

    @validates_schema(skip_on_field_errors=True)
    def _net(self, data: dict[str, Any], **_: Any) -> None:
        if data["gross_kg"] <= data["tare_kg"] + data["deduction_kg"]:
            raise ValidationError(NOT_ABOVE_TARE, "gross_kg")

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> RegisterScrap:
        return RegisterScrap(
            number=data.get("number"),
            slip_number=data["slip_number"],
            customer=data["customer"],
            item=data["item"],
            units=data["units"],
            scrap_class=data["scrap_class"],
            gross_g=data["gross_kg"],
            tare_g=data["tare_kg"],
            deduction_g=data["deduction_kg"],
            alloy=data["alloy"],
            site=data["site"],
            bay=data.get("bay"),
            vehicle=data.get("vehicle"),
            weighed_at=data["weighed_at"],
        )


class SupplierFootprintSchema(Strict):
    """A supplier's own figure, with the document it rests on."""

    kg_per_kg = KilogramsPerKilogram(required=True)
    document = Text(required=True)
    issuer = Text(required=True)
    valid_until = Day(required=True)

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> SupplierFootprint:
        return SupplierFootprint(**data)


class MetalLotSchema(Strict):
    """Bought metal."""

    number = Number()
    kind = Choice(Kind, BOUGHT, required=True)
    kg = Kilograms(required=True)
    alloy = Text(required=True, longest=40)
    site = Text(required=True, longest=40)
    received_at = Moment(required=True)
    footprint = fields.Nested(SupplierFootprintSchema, **nested(allow_none=True, load_default=None))

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> RegisterMetal:
        return RegisterMetal(
            number=data.get("number"),
            kind=data["kind"],
            mass_g=data["kg"],
            alloy=data["alloy"],
            site=data["site"],
            received_at=data["received_at"],
            footprint=data["footprint"],
        )


class ContentReply(Reply):
    """Metal of one origin in a lot: as made, and what remains."""

    origin = fields.String(attribute="number")
    kg = Kilograms(attribute="made_g")
    remaining_kg = Kilograms(attribute="remaining_g")


class LotListedReply(Reply):
    """A lot; masses in kilograms. What it entered with is null where it was made here."""

    number = fields.String()
    kind = fields.String()
    place = fields.String()
    alloy = fields.String()
    item = fields.String(allow_none=True)
    mass_kg = Kilograms(attribute="mass_g")
    remaining_kg = Kilograms(attribute="remaining_g")
    embodied_co2_kg = Kilograms(attribute="embodied_g")
    remaining_embodied_co2_kg = Kilograms(attribute="remaining_embodied_g")
    units = fields.Integer(allow_none=True)
    remaining_units = fields.Integer(allow_none=True)
    pieces = fields.Integer(allow_none=True)
    furnace = fields.String(allow_none=True)
    made_at = Moment()
    since = Moment()
    recorded_at = Moment()
    recorded_by = fields.String(attribute="person")
    slip_number = fields.String(allow_none=True)
    customer = fields.String(attribute="source_customer", allow_none=True)
    scrap_class = fields.String(allow_none=True)
    gross_kg = Kilograms(attribute="gross_g", allow_none=True)
    tare_kg = Kilograms(attribute="tare_g", allow_none=True)
    deduction_kg = Kilograms(attribute="deduction_g", allow_none=True)
    net_kg = Kilograms(attribute="net_g", allow_none=True)
    bay = fields.String(allow_none=True)
    vehicle = fields.String(allow_none=True)
    weighed_at = Moment(allow_none=True)
    received_at = Moment(allow_none=True)
    potential_avoided_co2_kg = Kilograms(attribute="potential_g", allow_none=True)
    footprint = fields.Dict(allow_none=True)
    reversed_at = Moment(allow_none=True)
    reversal_reason = fields.String(allow_none=True)
    flags = fields.List(fields.Nested(FlagReply))


class LotReply(LotListedReply):
    """A lot with its content, origins in the order they were registered."""

    content = fields.List(fields.Nested(ContentReply))


def lot_out(answer: LotAnswer) -> dict[str, Any]:
    """What a lot's reply is written from."""
    view = answer.view
    scrap = view.gross_g is not None
    return view.values | {
        "place": view.place,
        "item": view.item or view.scrap_item,
        "units": view.scrap_units if scrap else view.units,
        "net_g": view.gross_g - view.tare_g - view.deduction_g if scrap else None,
        "footprint": _footprint(answer),
        "flags": answer.flags,
        "content": answer.origins,
    }


def _footprint(answer: LotAnswer) -> dict[str, Any] | None:
    view = answer.view
    if view.kg_per_kg is None:
        return None
    own = {"kg_per_kg": view.kg_per_kg, "document": view.document, "issuer": view.issuer}
    return own | {"valid_until": view.valid_until.isoformat()}


class LotPageReply(Reply):
    items = fields.List(fields.Nested(LotListedReply))


class EdgeReply(Reply):
    """Metal of one lot went into another by a deed."""

    from_lot = fields.String(data_key="from")
    to_lot = fields.String(data_key="to")
    deed = fields.String(attribute="deed_kind")
    number = fields.String(attribute="deed_number", allow_none=True)
    at = Moment(attribute="happened_at")


class OriginReply(ContentReply):
    """An origin, with what it was."""

    kind = fields.String()
    customer = fields.String(allow_none=True)
    scrap_class = fields.String(allow_none=True)
    item = fields.String(allow_none=True)


class StatingReply(Reply):
    """A certificate that states metal of a lot, and on which delivery."""

    number = fields.String()
    status = fields.String()
    delivery = fields.String()


class LineageReply(Reply):
    """Where a lot's metal came from and went. The way back goes no further than returns and heels."""

    number = fields.String()
    origins = fields.List(fields.Nested(OriginReply))
    upstream = fields.List(fields.Nested(EdgeReply))
    downstream = fields.List(fields.Nested(EdgeReply))
    certificates = fields.List(fields.Nested(StatingReply))


def lineage_out(answer: LineageAnswer) -> dict[str, Any]:
    """What a lineage reply is written from."""
    stating = [dict(zip(("number", "status", "delivery"), row, strict=True)) for row in answer.certificates]
    return {
        "number": answer.number,
        "origins": answer.origins,
        "upstream": answer.upstream,
        "downstream": answer.downstream,
        "certificates": stating,
    }
