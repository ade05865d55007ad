"""Lots: weigh in, enter bought metal, find, look at one, follow its metal."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.access import SIGNED_IN, Role
from app.api.bodies import StrictParser
from app.api.door import audience
from app.api.pages import LotQuery, page
from app.api.paths import number_in_path
from app.carbon.factors import japan_day
from app.current import doer, now, service
from app.lookups.lots import lineage, list_lots, one_lot
from app.operations.footprint_statement import state_footprint
from app.operations.problems import NotFound
from app.operations.register_metal import RegisterMetal, register_metal
from app.operations.register_scrap import RegisterScrap, register_scrap
from app.records.entered import LotAnswer
from app.records.stock import LotFilter
from app.schemas.footprints import FootprintReply, footprint_out
from app.schemas.lots import (
    LineageReply,
    LotPageReply,
    LotReply,
    MetalLotSchema,
    ScrapLotSchema,
    lineage_out,
    lot_out,
)
from certificates.statement import Statement

blueprint = Blueprint("lots", __name__, description="Lots and their lineage")
blueprint.ARGUMENTS_PARSER = StrictParser()


@blueprint.route("/scrap-lots", methods=["POST"])
@audience(Role.LOGISTICS)
@blueprint.arguments(ScrapLotSchema)
@blueprint.response(201, LotReply)
def weigh_in(slip: RegisterScrap) -> dict[str, Any]:
    """Weigh scrap in."""
    return lot_out(register_scrap(service().records, doer(), slip))


@blueprint.route("/metal-lots", methods=["POST"])
@audience(Role.LOGISTICS, Role.PLANT)
@blueprint.arguments(MetalLotSchema)
@blueprint.response(201, LotReply)
def enter_metal(metal: RegisterMetal) -> dict[str, Any]:
    """Enter bought metal."""
    return lot_out(register_metal(service().records, doer(), metal))


@blueprint.route("/lots", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.arguments(LotQuery, location="query")
@blueprint.response(200, LotPageReply)
def find(query: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Find lots, newest first."""
    limit, after = query.pop("limit"), query.pop("after")
    answers = list_lots(service().records, LotFilter(**query), after, limit + 1)
    shown, headers = page(answers, limit, _id)
    return {"items": [lot_out(answer) for answer in shown]}, headers


@blueprint.route("/lots/<number>", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.response(200, LotReply)
def one(number: str) -> dict[str, Any]:
    """One lot, with its content."""
    return _one(number_in_path("lot", number))


@blueprint.route("/lots/<number>/lineage", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.response(200, LineageReply)
def follow(number: str) -> dict[str, Any]:
    """Where a lot's metal came from and where it went."""
    answer = lineage(service().records, number_in_path("lot", number))
    if answer is None:
        raise NotFound("lot", number)
    return lineage_out(answer)


@blueprint.route("/lots/<number>/footprint", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.response(200, FootprintReply)
def footprint(number: str) -> dict[str, Any]:
    """The carbon footprint of a lot: what it comes from, and what it rests on."""
    return footprint_out(_statement(number))


@blueprint.route("/lots/<number>/footprint.pdf", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
def footprint_pdf(number: str) -> Response:
    """The same as a paper."""
    said = _statement(number)
    disposition = f'inline; filename="CFP-{said.lot}.pdf"'
    pdf = service().press.statement(said)
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": disposition})


def _statement(number: str) -> Statement:
    held = service()
    return state_footprint(held.records, held.issuer, japan_day(now()), number_in_path("lot", number))


def _one(number: str) -> dict[str, Any]:
    answer = one_lot(service().records, number)
    if answer is None:
        raise NotFound("lot", number)
    return lot_out(answer)


def _id(answer: LotAnswer) -> int:
    return int(answer.view.id)
