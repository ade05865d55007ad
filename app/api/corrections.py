"""Mistakes: reversals, goods that come back, write-offs, and flags with their acceptance."""

from typing import Any

from flask_smorest import Blueprint
from werkzeug.exceptions import Forbidden

from app.access import SIGNED_IN, Role
from app.api.bodies import StrictParser
from app.api.door import audience
from app.api.pages import FlagQuery, page
from app.api.paths import number_in_path
from app.current import doer, person, service
from app.ledger.lots import Kind
from app.lookups.corrections import one_flag, one_return, one_reversal, one_write_off
from app.lookups.deeds import list_flags
from app.lookups.lots import one_lot
from app.operations.accept_flag import accept_flag
from app.operations.problems import NotFound
from app.operations.reverse import reverse
from app.operations.take_back import TakeBack, take_back
from app.operations.write_off import WriteOff, request_write_off
from app.records.returns import Return
from app.schemas.corrections import (
    ReasonSchema,
    ReturnReply,
    ReturnSchema,
    ReversalReply,
    WriteOffReply,
    WriteOffSchema,
    reversal_out,
    write_off_out,
)
from app.schemas.flags import FlagPageReply, FlagReply

blueprint = Blueprint("corrections", __name__, description="Mistakes, returns, write-offs and flags")
blueprint.ARGUMENTS_PARSER = StrictParser()


@blueprint.route("/lots/<number>/reversal", methods=["POST"])
@audience(Role.LOGISTICS, Role.PLANT)
@blueprint.arguments(ReasonSchema)
@blueprint.response(201, ReversalReply)
def reverse_lot(wanted: dict[str, str], number: str) -> dict[str, Any]:
    """Undo the entry of a lot; its slip may then be registered again. Scrap: logistics only, as the deed."""
    found = one_lot(service().records, number_in_path("lot", number))
    if found and found.view.kind == Kind.SCRAP and person().role == Role.PLANT:
        raise Forbidden()
    return _reverse("lot", number, wanted["reason"])


def _reversal_of(path: str, noun: str, *roles: Role) -> None:
    """The route that undoes a record of one noun, for those who may record it."""

    @blueprint.route(f"/{path}/<number>/reversal", methods=["POST"], endpoint=f"reverse_{noun}")
    @audience(*roles)
    @blueprint.arguments(ReasonSchema)
    @blueprint.response(201, ReversalReply)
    def undo(wanted: dict[str, str], number: str) -> dict[str, Any]:
        """Undo a mistake, with a reason, while nothing stands that used what it made."""
        return _reverse(noun, number, wanted["reason"])


_reversal_of("transformations", "transformation", Role.PLANT)
_reversal_of("transfers", "transfer", Role.LOGISTICS)
_reversal_of("dispatches", "dispatch", Role.LOGISTICS, Role.SALES)
_reversal_of("returns", "return", Role.LOGISTICS)
_reversal_of("write-offs", "write_off", Role.LOGISTICS)


def _reverse(noun: str, written: str, reason: str) -> dict[str, Any]:
    number = number_in_path(noun, written)
    reverse(service().records, doer(), noun, number, reason)
    done = one_reversal(service().records, noun, number)
    if done is None:
        raise NotFound(noun, number)
    return reversal_out(done)


@blueprint.route("/returns", methods=["POST"])
@audience(Role.LOGISTICS)
@blueprint.arguments(ReturnSchema)
@blueprint.response(201, ReturnReply)
def bring_back(wanted: TakeBack) -> Return:
    """A whole delivered lot comes back to a site, with its number and content."""
    return _return(take_back(service().records, doer(), wanted))


@blueprint.route("/returns/<number>", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.response(200, ReturnReply)
def one_came_back(number: str) -> Return:
    """One return."""
    return _return(number_in_path("return", number))


def _return(number: str) -> Return:
    found = one_return(service().records, number)
    if found is None:
        raise NotFound("return", number)
    return found


@blueprint.route("/write-offs", methods=["POST"])
@audience(Role.LOGISTICS)
@blueprint.arguments(WriteOffSchema)
@blueprint.response(201, WriteOffReply)
def write_off(wanted: WriteOff) -> dict[str, Any]:
    """Ask for metal to be written off; it leaves the lot when another person accepts the flag."""
    return _write_off(request_write_off(service().records, doer(), wanted))


@blueprint.route("/write-offs/<number>", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.response(200, WriteOffReply)
def one_written_off(number: str) -> dict[str, Any]:
    """One write-off."""
    return _write_off(number_in_path("write_off", number))


def _write_off(number: str) -> dict[str, Any]:
    answer = one_write_off(service().records, number)
    if answer is None:
        raise NotFound("write_off", number)
    return write_off_out(answer)


@blueprint.route("/flags", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.arguments(FlagQuery, location="query")
@blueprint.response(200, FlagPageReply)
def flags(query: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What was possible but unlikely, oldest first."""
    found = list_flags(service().records, query["open"], query["after"], query["limit"] + 1)
    shown, headers = page(found, query["limit"], lambda flag: int(flag["id"]))
    return {"items": shown}, headers


@blueprint.route("/flags/<flag_id>/acceptance", methods=["POST"])
@audience(Role.LOGISTICS, Role.PLANT)
@blueprint.arguments(ReasonSchema)
@blueprint.response(201, FlagReply)
def accept(wanted: dict[str, str], flag_id: str) -> dict[str, Any]:
    """Accept what was flagged, on every lot of the deed. Not by the person who recorded it."""
    if not (flag_id.isascii() and flag_id.isdecimal() and len(flag_id) < 16):
        raise NotFound("flag", flag_id[:60])
    accept_flag(service().records, doer(), int(flag_id), wanted["reason"])
    found = one_flag(service().records, int(flag_id))
    if found is None:
        raise NotFound("flag", flag_id)
    return found
