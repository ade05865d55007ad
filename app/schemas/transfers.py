"""Transfers in and out."""

from typing import Any

from marshmallow import fields, post_load

from app.lookups.deeds import TransferAnswer
from app.operations.transfer import Transfer
from app.schemas.amounts import LotAmountSchema, amount
from app.schemas.fields import Kilograms, Moment, Number, Text
from app.schemas.flags import FlagReply
from app.schemas.shapes import Reply, reversal_said


class TransferSchema(LotAmountSchema):
    """A lot, or part of it, to another site. ``received_kg`` left out: all of it arrived."""

    number = Number()
    to = Text(required=True, longest=40)
    sent_at = Moment(required=True)
    received_at = Moment(required=True)
    received_kg = Kilograms()
    becomes = Number()

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> Transfer:
        return Transfer(
            number=data.get("number"),
            lot=data["lot"],
            to=data["to"],
            amount=amount(data),
            sent_at=data["sent_at"],
            received_at=data["received_at"],
            received_g=data.get("received_kg"),
            becomes=data.get("becomes"),
        )


class TransferReply(Reply):
    """What is now at the other site: ``lot`` is the lot itself, or the new lot that a part became."""

    number = fields.String()
    from_lot = fields.String()
    lot = fields.String()
    to = fields.String()
    sent_kg = Kilograms(attribute="sent_g")
    received_kg = Kilograms(attribute="received_g")
    loss_kg = Kilograms(attribute="loss_g")
    units = fields.Integer(allow_none=True)
    sent_at = Moment()
    received_at = Moment()
    flags = fields.List(fields.Nested(FlagReply))
    reversed_at = Moment(allow_none=True)
    reversal_reason = fields.String(allow_none=True)


def transfer_out(answer: TransferAnswer) -> dict[str, Any]:
    """What a transfer's reply is written from."""
    moved = answer.transfer
    said = {name: getattr(moved, name) for name in moved.__slots__}
    return (
        said
        | reversal_said(answer.reversal)
        | {
            "to": moved.to_site,
            "loss_g": moved.sent_g - moved.received_g,
            "flags": answer.flags,
        }
    )
