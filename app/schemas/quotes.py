"""Quotes in: what is asked for, what is held for it, and how it leaves."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from app.ledger.lots import CERTIFIABLE, Amount, Kind
from app.lookups.quote_papers import Papers
from app.lookups.quotes import QuoteRead
from app.operations.order_quote import Order
from app.operations.quotes import MakeQuote, QuoteLine
from app.schemas.amounts import BOTH_OF_TWO, LotAmountSchema, amount
from app.schemas.dispatches import DispatchReply
from app.schemas.fields import Choice, Count, Day, Kilograms, Moment, Number, Text, YesOrNo
from app.schemas.shapes import Reply, Strict, nested, rows
from app.wording.catalogue import marked

NOTHING_CERTIFIED = marked("This is a certificate's day; none is asked for.")
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
        if "kg" in data and "units" in data:
            raise ValidationError(BOTH_OF_TWO, "units")
        if "kg" not in data and "units" not in data:
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
    """How an ordered quote leaves, and whether its certificate is issued in the same deed."""

    number = Number()
    site = Text(required=True, longest=40)
    dispatched_at = Moment(required=True)
    certify = YesOrNo()
    valid_until = Day()

    @validates_schema(skip_on_field_errors=True)
    def _of_a_certificate(self, data: dict[str, Any], **_: Any) -> None:
        if "valid_until" in data and not data.get("certify"):
            raise ValidationError(NOTHING_CERTIFIED, "valid_until")

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> Order:
        return Order(
            data.get("number"),
            data["site"],
            data["dispatched_at"],
            data.get("certify", False),
            data.get("valid_until"),
        )


class OrderReply(DispatchReply):
    """The delivery note, and the certificate's number where one was issued."""

    certificate = fields.String(allow_none=True)


class ReservationReply(Reply):
    id = fields.Integer()
    lot = fields.String()
    kg = Kilograms(attribute="mass_g", allow_none=True)
    units = fields.Integer(allow_none=True)
    until = Day()


class ProposalReply(Reply):
    lot = fields.String()
    site = fields.String(attribute="site_code")
    alloy = fields.String()
    free_kg = Kilograms(attribute="free_g")
    free_units = fields.Integer(allow_none=True)


class QuoteLineReply(Reply):
    """A line with what is held for it and what is short; ``proposals`` are the lots that fit best."""

    position = fields.Integer()
    kind = fields.String()
    item = fields.String(allow_none=True)
    alloy = fields.String(allow_none=True)
    kg = Kilograms(attribute="mass_g", allow_none=True)
    units = fields.Integer(allow_none=True)
    short_kg = Kilograms(attribute="short_g", allow_none=True)
    short_units = fields.Integer(allow_none=True)
    reservations = fields.List(fields.Nested(ReservationReply), attribute="held")
    proposals = fields.List(fields.Nested(ProposalReply))


class QuoteCertificateReply(Reply):
    """A certificate that goes with the quote; ``status`` is that of today."""

    number = fields.String()
    status = fields.String()
    valid_until = Day()


class PackReply(Reply):
    """A pack as it was made; ``ended`` are certificates it carries that were revoked or replaced since."""

    id = fields.Integer()
    sent_to = fields.String()
    made_at = Moment()
    sha256 = fields.String()
    certificates = fields.List(fields.String())
    ended = fields.List(fields.String())


class QuoteReply(Reply):
    number = fields.String()
    customer = fields.String(attribute="customer_code")
    valid_until = Day()
    note = fields.String(allow_none=True)
    status = fields.String(attribute="state")
    made_at = Moment()
    dispatch = fields.String(allow_none=True)
    lines = fields.List(fields.Nested(QuoteLineReply))
    certificates = fields.List(fields.Nested(QuoteCertificateReply))
    packs = fields.List(fields.Nested(PackReply))


class QuoteInListReply(Reply):
    number = fields.String()
    customer = fields.String(attribute="customer_code")
    valid_until = Day()
    status = fields.String(attribute="state")
    dispatch = fields.String(allow_none=True)


class QuotePageReply(Reply):
    items = fields.List(fields.Nested(QuoteInListReply))


def quote_out(read: QuoteRead, papers: Papers) -> dict[str, Any]:
    """What a quote's reply is written from."""
    ended = {each.certificate.number for each in papers.ended}
    return {name: getattr(read.quote, name) for name in read.quote.__slots__} | {
        "lines": [
            {**line.line, **{name: getattr(line, name) for name in ("held", "short_g", "short_units", "proposals")}}
            for line in read.lines
        ],
        "certificates": [
            {"number": each.number, "status": status, "valid_until": each.valid_until}
            for each, status in papers.attached
        ],
        "packs": [
            {name: getattr(pack, name) for name in ("id", "sent_to", "made_at", "sha256", "certificates")}
            | {"ended": [number for number in pack.certificates if number in ended]}
            for pack in papers.packs
        ],
    }
