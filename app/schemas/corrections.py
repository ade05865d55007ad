"""Mistakes and what becomes of them: reversals, returns, write-offs, flags accepted."""

from typing import Any

from marshmallow import fields, post_load

from app.lookups.corrections import Reversed, WriteOffAnswer
from app.operations.take_back import TakeBack
from app.operations.write_off import WriteOff
from app.schemas.amounts import LotAmountSchema, amount
from app.schemas.fields import LOT_NUMBER, Kilograms, Moment, Number, Text
from app.schemas.flags import FlagReply
from app.schemas.shapes import Reply, Strict

LONGEST_REASON = 500


class ReasonSchema(Strict):
    """Why."""

    reason = Text(required=True, longest=LONGEST_REASON)


class ReversalReply(Reply):
    """A record that was undone."""

    kind = fields.String()
    number = fields.String()
    reason = fields.String()
    reversed_at = Moment()
    reversed_by = fields.String()


def reversal_out(done: Reversed) -> dict[str, Any]:
    """What a reversal's reply is written from."""
    undone = done.reversal
    said = {name: getattr(undone, name) for name in undone.__slots__}
    return said | {"kind": done.noun, "number": done.number}


class ReturnSchema(Strict):
    """A whole delivered lot that came back to a site; ``returned_at`` left out: now."""

    number = Number()
    lot = Number(pattern=LOT_NUMBER, required=True)
    site = Text(required=True, longest=40)
    returned_at = Moment()
    reason = Text(longest=LONGEST_REASON)

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> TakeBack:
        return TakeBack(data.get("number"), data["lot"], data["site"], data.get("returned_at"), data.get("reason"))


class ReturnReply(Reply):
    number = fields.String()
    lot = fields.String()
    customer = fields.String(attribute="from_customer")
    site = fields.String(attribute="to_site")
    returned_at = Moment()
    reason = fields.String(allow_none=True)


class WriteOffSchema(LotAmountSchema):
    """Metal of a lot that is not there any more; ``written_off_at`` left out: as of now."""

    number = Number()
    written_off_at = Moment()
    reason = Text(required=True, longest=LONGEST_REASON)

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> WriteOff:
        return WriteOff(data.get("number"), data["lot"], amount(data), data.get("written_off_at"), data["reason"])


class WriteOffReply(Reply):
    """``status`` is pending until another person accepts the flag, then accepted; withdrawn where it was reversed.

    ``kg`` and ``units`` are what was asked for, ``written_off_kg`` and ``written_off_co2_kg`` what left the lot.
    """

    number = fields.String()
    lot = fields.String()
    status = fields.String()
    kg = Kilograms(attribute="asked_g", allow_none=True)
    units = fields.Integer(attribute="asked_units", allow_none=True)
    written_off_kg = Kilograms(attribute="mass_g", allow_none=True)
    written_off_co2_kg = Kilograms(attribute="embodied_g", allow_none=True)
    written_off_at = Moment()
    reason = fields.String()
    flags = fields.List(fields.Nested(FlagReply))


def write_off_out(answer: WriteOffAnswer) -> dict[str, Any]:
    """What a write-off's reply is written from."""
    asked = answer.write_off
    said = {name: getattr(asked, name) for name in asked.__slots__}
    return said | {"status": answer.status, "flags": answer.flags}
