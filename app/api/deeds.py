"""Steps, transfers, dispatches and flags."""

from typing import Any

from flask_smorest import Blueprint

from app.access import SIGNED_IN, Role
from app.api.bodies import StrictParser
from app.api.door import audience
from app.api.pages import FlagQuery, page
from app.api.paths import number_in_path
from app.current import doer, service
from app.lookups.deeds import list_flags, one_dispatch, one_step
from app.lookups.lots import one_lot
from app.operations.dispatch import Dispatch, dispatch
from app.operations.problems import NotFound
from app.operations.record_transformation import RecordTransformation, record_transformation
from app.operations.transfer import Transfer, transfer
from app.records.dispatches import Dispatch as Recorded
from app.schemas.dispatches import DispatchReply, DispatchSchema
from app.schemas.flags import FlagPageReply
from app.schemas.transfers import TransferReply, TransferSchema
from app.schemas.transformations import TransformationReply, TransformationSchema, step_out

blueprint = Blueprint("deeds", __name__, description="Steps, transfers, dispatches and flags")
blueprint.ARGUMENTS_PARSER = StrictParser()


@blueprint.route("/transformations", methods=["POST"])
@audience(Role.PLANT)
@blueprint.arguments(TransformationSchema)
@blueprint.response(201, TransformationReply)
def record_step(step: RecordTransformation) -> dict[str, Any]:
    """Record a step."""
    return _step(record_transformation(service().records, doer(), step))


@blueprint.route("/transformations/<number>", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.response(200, TransformationReply)
def one_transformation(number: str) -> dict[str, Any]:
    """One step, with what went in and what came out."""
    return _step(number_in_path("transformation", number))


def _step(number: str) -> dict[str, Any]:
    answer = one_step(service().records, number)
    if answer is None:
        raise NotFound("transformation", number)
    return step_out(answer)


@blueprint.route("/transfers", methods=["POST"])
@audience(Role.LOGISTICS)
@blueprint.arguments(TransferSchema)
@blueprint.response(201, TransferReply)
def move(wanted: Transfer) -> dict[str, Any]:
    """Move a lot, or part of it, to another site."""
    done = transfer(service().records, doer(), wanted)
    arrived = one_lot(service().records, done.lot)
    return {name: getattr(done, name) for name in done.__slots__} | {
        "from_lot": wanted.lot,
        "to": wanted.to,
        "loss_g": done.sent_g - done.received_g,
        "flags": arrived.flags if arrived else [],
    }


@blueprint.route("/dispatches", methods=["POST"])
@audience(Role.LOGISTICS, Role.SALES)
@blueprint.arguments(DispatchSchema)
@blueprint.response(201, DispatchReply)
def send(wanted: Dispatch) -> Recorded:
    """Send metal to a customer."""
    return _dispatch(dispatch(service().records, doer(), wanted).number)


@blueprint.route("/dispatches/<number>", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.response(200, DispatchReply)
def one_delivery_note(number: str) -> Recorded:
    """One dispatch, with the delivered lots."""
    return _dispatch(number_in_path("dispatch", number))


def _dispatch(number: str) -> Recorded:
    found = one_dispatch(service().records, number)
    if found is None:
        raise NotFound("dispatch", number)
    return found


@blueprint.route("/flags", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.arguments(FlagQuery, location="query")
@blueprint.response(200, FlagPageReply)
def flags(query: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What was possible but unlikely, oldest first."""
    found = list_flags(service().records, query["open"], query["after"], query["limit"] + 1)
    shown, headers = page(found, query["limit"], lambda flag: int(flag["id"]))
    return {"items": shown}, headers
