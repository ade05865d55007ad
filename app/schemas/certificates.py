"""Certificates in and out. What one says is its canonical JSON; what became of it stands beside."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from app.ledger.grams import kilograms_text
from app.lookups.certificates import CertificateAnswer
from app.operations.issue_certificate import IssueCertificate
from app.schemas.dispatches import DispatchBodySchema, dispatch_from
from app.schemas.fields import LOT_NUMBER, Day, Moment, Number, Text
from app.schemas.shapes import Reply, Strict, nested, rows
from app.wording.catalogue import marked
from certificates import seal

DELIVERIES_OR_DISPATCH = marked("Give either deliveries or a dispatch.")


class CertificateSchema(Strict):
    """Which deliveries to certify for which customer, or the dispatch to make and certify in one deed."""

    customer = Text(required=True, longest=40)
    deliveries = fields.List(Number(pattern=LOT_NUMBER), **rows())
    dispatch = fields.Nested(DispatchBodySchema, **nested())
    valid_until = Day()
    replaces = Number()
    quote = Text(longest=60)

    @validates_schema(skip_on_field_errors=True)
    def _one_of_two(self, data: dict[str, Any], **_: Any) -> None:
        if ("deliveries" in data) == ("dispatch" in data):
            raise ValidationError(DELIVERIES_OR_DISPATCH, "deliveries")

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> IssueCertificate:
        dispatch = dispatch_from(data["dispatch"], data["customer"]) if "dispatch" in data else None
        return IssueCertificate(
            customer=data["customer"],
            deliveries=tuple(data.get("deliveries", ())),
            dispatch=dispatch,
            valid_until=data.get("valid_until"),
            replaces=data.get("replaces"),
            quote=data.get("quote"),
        )


class CertificateReply(Reply):
    """A certificate: its canonical JSON, with number, code, status and what became of it."""

    number = fields.String()
    check = fields.String()
    code = fields.String()
    status = fields.String()
    customer = fields.String()
    issued_on = fields.String()
    valid_until = fields.String()
    verify_url = fields.String()
    pdf_sha256 = fields.String(allow_none=True)
    payload_sha256 = fields.String()
    ended_at = Moment(allow_none=True)
    end_reason = fields.String(allow_none=True)
    replaces = fields.String(allow_none=True)
    replaced_by = fields.String(allow_none=True)
    mass_kg = fields.String()
    recycled = fields.Dict()
    avoided_co2 = fields.Dict()
    cfp = fields.Dict()
    lines = fields.List(fields.Dict())
    origins = fields.List(fields.Dict())
    steps = fields.List(fields.Dict())
    way = fields.Dict()
    factors = fields.List(fields.Dict())
    issuer = fields.Dict()
    recipient = fields.Dict()
    sites = fields.List(fields.Dict())
    delivery_notes = fields.List(fields.String())
    quote = fields.String(allow_none=True)
    verifier = fields.String(allow_none=True)


class CertificateListedReply(CertificateReply):
    """A certificate in a list: without its tables."""

    class Meta:
        exclude = ("lines", "origins", "steps", "way", "factors")


class CertificatePageReply(Reply):
    items = fields.List(fields.Nested(CertificateListedReply))


def certificate_out(answer: CertificateAnswer) -> dict[str, Any]:
    """What a certificate's reply is written from; staff see the full content of each delivery."""
    stored = answer.stored
    said = seal.as_json(answer.content)
    for line, origins in zip(said["lines"], answer.origins, strict=False):
        line.update(_line_figures(line))
        line["content"] = [{"origin": o.number, "kg": kilograms_text(o.made_g)} for o in origins]
    return said | {
        "code": stored.code,
        "status": answer.status,
        "customer": stored.customer_code,
        "pdf_sha256": stored.pdf_sha256,
        "payload_sha256": stored.payload_sha256,
        "ended_at": stored.ended_at,
        "end_reason": stored.end_reason,
        "replaced_by": stored.replacement_number,
    }


def _line_figures(line: dict[str, Any]) -> dict[str, Any]:
    """A line's claim beside its mass, as the contract has it."""
    claim = line["avoided_co2"]
    return {"kg": line["mass_kg"], **{name: claim[name] for name in ("claimed_kg", "by_unit_kg", "by_mass_kg")}}
