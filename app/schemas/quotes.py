"""Quotes in: what is asked for, what is held for it, and how it leaves."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from app.ledger.lots import CERTIFIABLE, Amount, Kind
from app.operations.order_quote import Order
from app.operations.quotes import MakeQuote, QuoteLine
from app.schemas.amounts import LotAmountSchema, amount
from app.schemas.fields import Choice, Count, Day, Kilograms, Moment, Number, Text
from app.schemas.shapes import Strict, nested, rows
from app.wording.catalogue import marked

KG_OR_UNITS = marked("Give either kilograms or units.")


class QuoteLineSchema(Strict):
    """A line: kilograms, or units of an item that is counted."""

    kind = Choice(Kind, CERTIFIABLE, required=True)
    item = Text(longest=40)
    alloy = Text(longest=40)
    kg = Kilograms()
    units = Count()

    @validates_schema(skip_on_field_errors=True)
    def _one_amount(self, data: dict[str, Any], **_: Any) -> None:
        if ("kg" in data) == ("units" in data):
            raise ValidationError(KG_OR_UNITS, "kg")

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> QuoteLine:
        asked = Amount(data.get("kg"), data.get("units"))
        return QuoteLine(data["kind"], data.get("item"), data.get("alloy"), asked)


class QuoteSchema(Strict):
    """A quote."""

    number = Number()
    customer = Text(required=True, longest=40)
    valid_until = Day(required=True)
    note = Text(longest=200)
    lines = fields.List(fields.Nested(QuoteLineSchema, **nested()), required=True, **rows())

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> MakeQuote:
        lines = tuple(data["lines"])
        return MakeQuote(data.get("number"), data["customer"], data["valid_until"], lines, data.get("note"))


class ReserveSchema(LotAmountSchema):
    """Metal of a lot for a line, until a day."""

    until = Day(required=True)

    @post_load
    def _asked(self, data: dict[str, Any], **_: Any) -> tuple[str, Amount, Any]:
        return data["lot"], amount(data), data["until"]


class UntilSchema(Strict):
    """Another day."""

    until = Day(required=True)


class OrderSchema(Strict):
    """How an ordered quote leaves."""

    number = Number()
    site = Text(required=True, longest=40)
    dispatched_at = Moment(required=True)

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> Order:
        return Order(data.get("number"), data["site"], data["dispatched_at"])
