"""Quotes: what is asked for, metal held for it, what goes with it, and how it leaves."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.access import Role
from app.api.bodies import StrictParser
from app.api.door import audience
from app.api.pages import CertificateQuery, page
from app.api.paths import number_in_path
from app.carbon.factors import japan_day
from app.current import certified, doer, now, person, service
from app.ledger.lots import Amount
from app.lookups.deeds import sent_for_quote
from app.lookups.quote_papers import pack_bytes, papers_of
from app.lookups.quotes import list_quotes, one_quote
from app.operations.make_pack import Sending, make_pack
from app.operations.order_quote import Order, order_and_certify, order_quote
from app.operations.problems import NotFound
from app.operations.quote_papers import attach_certificate, remove_certificate
from app.operations.quotes import MakeQuote, make_quote, release, renew, reserve, withdraw_quote
from app.schemas.dispatches import dispatch_out
from app.schemas.quote_papers import AttachSchema, PackSchema
from app.schemas.quotes import (
    OrderReply,
    OrderSchema,
    QuotePageReply,
    QuoteReply,
    QuoteSchema,
    ReserveSchema,
    UntilSchema,
    quote_out,
)
from app.schemas.shapes import Strict

blueprint = Blueprint("quotes", __name__, description="Quotes and metal held for them")
blueprint.ARGUMENTS_PARSER = StrictParser()


@blueprint.route("/quotes", methods=["POST"])
@audience(Role.SALES)
@blueprint.arguments(QuoteSchema)
@blueprint.response(201, QuoteReply)
def write(wanted: MakeQuote) -> dict[str, Any]:
    """Write a quote down."""
    return _one(make_quote(service().records, doer(), wanted))


@blueprint.route("/quotes", methods=["GET"])
@audience(Role.SALES)
@blueprint.arguments(CertificateQuery, location="query")
@blueprint.response(200, QuotePageReply)
def find(query: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """List quotes, newest first."""
    limit = query["limit"]
    rows = list_quotes(service().records, query["after"], limit + 1, query.get("customer"))
    shown, headers = page(rows, limit, lambda row: int(row["id"]))
    return {"items": list(shown)}, headers


@blueprint.route("/quotes/<number>", methods=["GET"])
@audience(Role.SALES)
@blueprint.response(200, QuoteReply)
def one(number: str) -> dict[str, Any]:
    """One quote: what is held, what is short, which lots fit best, and what goes with it."""
    return _one(number_in_path("quote", number))


@blueprint.route("/quotes/<number>/lines/<int:position>/reservations", methods=["POST"])
@audience(Role.SALES)
@blueprint.arguments(ReserveSchema)
@blueprint.response(201, QuoteReply)
def hold(wanted: tuple[str, Amount, date], number: str, position: int) -> dict[str, Any]:
    """Hold metal of a lot for a line, until a day."""
    known = number_in_path("quote", number)
    reserve(service().records, doer(), known, position, *wanted)
    return _one(known)


@blueprint.route("/quotes/<number>/reservations/<int:reservation_id>/release", methods=["POST"])
@audience(Role.SALES)
@blueprint.arguments(Strict)
@blueprint.response(201, QuoteReply)
def let_go(_: dict[str, Any], number: str, reservation_id: int) -> dict[str, Any]:
    """Let held metal go."""
    return _done(number, lambda known: release(service().records, doer(), known, reservation_id))


@blueprint.route("/quotes/<number>/reservations/<int:reservation_id>/renewal", methods=["POST"])
@audience(Role.SALES)
@blueprint.arguments(UntilSchema)
@blueprint.response(201, QuoteReply)
def hold_longer(wanted: dict[str, date], number: str, reservation_id: int) -> dict[str, Any]:
    """Hold metal until another day."""
    return _done(number, lambda known: renew(service().records, doer(), known, reservation_id, wanted["until"]))


@blueprint.route("/quotes/<number>/withdrawal", methods=["POST"])
@audience(Role.SALES)
@blueprint.arguments(Strict)
@blueprint.response(201, QuoteReply)
def withdraw(_: dict[str, Any], number: str) -> dict[str, Any]:
    """Take a quote back; what was held for it is free."""
    return _done(number, lambda known: withdraw_quote(service().records, doer(), known))


@blueprint.route("/quotes/<number>/order", methods=["POST"])
@audience(Role.SALES)
@blueprint.arguments(OrderSchema)
@blueprint.response(201, OrderReply)
def order(wanted: Order, number: str) -> dict[str, Any]:
    """The customer has ordered: what is held leaves under a delivery note, certified in the same deed where asked."""
    held, known, certificate = service(), number_in_path("quote", number), None
    if wanted.certify:
        certificate = certified(lambda: order_and_certify(held.records, held.press, held.issuer, doer(), known, wanted))
    else:
        order_quote(held.records, doer(), known, wanted)
    sent = sent_for_quote(service().records, known)
    if sent is None:
        raise NotFound("dispatch", known)
    return dispatch_out(sent) | {"certificate": certificate}


@blueprint.route("/quotes/<number>/certificates", methods=["POST"])
@audience(Role.SALES)
@blueprint.arguments(AttachSchema)
@blueprint.response(201, QuoteReply)
def attach(wanted: dict[str, str], number: str) -> dict[str, Any]:
    """Attach a certificate that is in force."""
    return _done(number, lambda known: attach_certificate(service().records, doer(), known, wanted["certificate"]))


@blueprint.route("/quotes/<number>/certificates/<certificate>/removal", methods=["POST"])
@audience(Role.SALES)
@blueprint.arguments(Strict)
@blueprint.response(201, QuoteReply)
def detach(_: dict[str, Any], number: str, certificate: str) -> dict[str, Any]:
    """Take a certificate off a quote; packs that carry it stay as they were sent."""
    taken_off = number_in_path("certificate", certificate)
    return _done(number, lambda known: remove_certificate(service().records, doer(), known, taken_off))


@blueprint.route("/quotes/<number>/packs", methods=["POST"])
@audience(Role.SALES)
@blueprint.arguments(PackSchema)
@blueprint.response(201, QuoteReply)
def pack(wanted: dict[str, str], number: str) -> dict[str, Any]:
    """Make one PDF of everything that goes with the quote, and keep it as it was sent."""
    held = service()
    sending = Sending(wanted.get("sent_to"), person().called or person().name)
    return _done(number, lambda known: make_pack(held.records, held.press, held.issuer, doer(), known, sending))


@blueprint.route("/quotes/<number>/packs/<int:pack_id>.pdf", methods=["GET"])
@audience(Role.SALES)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
def pack_pdf(number: str, pack_id: int) -> Response:
    """A pack as it was made."""
    known = number_in_path("quote", number)
    data = pack_bytes(service().records, known, pack_id)
    if data is None:
        raise NotFound("quote_pack", f"{known} {pack_id}")
    disposition = f'inline; filename="{known}-{pack_id}.pdf"'
    return Response(data, mimetype="application/pdf", headers={"Content-Disposition": disposition})


def _done(number: str, deed: Callable[[str], object]) -> dict[str, Any]:
    known = number_in_path("quote", number)
    deed(known)
    return _one(known)


def _one(number: str) -> dict[str, Any]:
    today = japan_day(now())
    read = one_quote(service().records, number, today)
    if read is None:
        raise NotFound("quote", number)
    return quote_out(read, papers_of(service().records, read.quote, today))
