"""Dispatches in and out."""

from typing import Any

from marshmallow import fields, post_load

from app.lookups.deeds import DispatchAnswer
from app.operations.dispatch import Dispatch, DispatchLine
from app.schemas.amounts import LotAmountSchema, amount
from app.schemas.fields import Kilograms, Moment, Number, Text
from app.schemas.shapes import Reply, Strict, nested, reversal_said, rows


class DispatchBodySchema(Strict):
    """What leaves from where and when; the customer stands beside it where it is part of a certificate."""

    number = Number()
    site = Text(required=True, longest=40)
    dispatched_at = Moment(required=True)
    lines = fields.List(fields.Nested(LotAmountSchema, **nested()), required=True, **rows())


class DispatchSchema(DispatchBodySchema):
    """Metal to a customer under a delivery note."""

    customer = Text(required=True, longest=40)

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> Dispatch:
        return dispatch_from(data, data["customer"])


def dispatch_from(data: dict[str, Any], customer: str) -> Dispatch:
    """The command that validated data describes."""
    lines = tuple(DispatchLine(line["lot"], amount(line)) for line in data["lines"])
    return Dispatch(data.get("number"), customer, data["site"], data["dispatched_at"], lines)


class DispatchLineReply(Reply):
    """A delivered lot: ``number`` is its own, ``lot`` the one it was taken from."""

    number = fields.String()
    lot = fields.String()
    kg = Kilograms(attribute="mass_g")
    units = fields.Integer(allow_none=True)


class DispatchReply(Reply):
    number = fields.String()
    customer = fields.String(attribute="customer_code")
    site = fields.String(attribute="site_code")
    dispatched_at = Moment()
    lots = fields.List(fields.Nested(DispatchLineReply), attribute="lines")
    reversed_at = Moment(allow_none=True)
    reversal_reason = fields.String(allow_none=True)


def dispatch_out(answer: DispatchAnswer) -> dict[str, Any]:
    """What a dispatch's reply is written from."""
    said = {name: getattr(answer.dispatch, name) for name in answer.dispatch.__slots__}
    return said | reversal_said(answer.reversal)
