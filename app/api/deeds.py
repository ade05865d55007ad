"""Steps, transfers and dispatches."""

from typing import Any

from flask_smorest import Blueprint

from app.access import SIGNED_IN, Role
from app.api.bodies import StrictParser
from app.api.door import audience
from app.api.paths import number_in_path
from app.current import doer, service
from app.lookups.deeds import one_dispatch, one_step, one_transfer
from app.operations.dispatch import Dispatch, dispatch
from app.operations.problems import NotFound
from app.operations.record_transformation import RecordTransformation, record_transformation
from app.operations.transfer import Transfer, transfer
from app.schemas.dispatches import DispatchReply, DispatchSchema, dispatch_out
from app.schemas.transfers import TransferReply, TransferSchema, transfer_out
from app.schemas.transformations import TransformationReply, TransformationSchema, step_out

blueprint = Blueprint("deeds", __name__, description="Steps, transfers and dispatches")
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
    return _transfer(transfer(service().records, doer(), wanted).number)


@blueprint.route("/transfers/<number>", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.response(200, TransferReply)
def one_move(number: str) -> dict[str, Any]:
    """One transfer."""
    return _transfer(number_in_path("transfer", number))


def _transfer(number: str) -> dict[str, Any]:
    answer = one_transfer(service().records, number)
    if answer is None:
        raise NotFound("transfer", number)
    return transfer_out(answer)


@blueprint.route("/dispatches", methods=["POST"])
@audience(Role.LOGISTICS, Role.SALES)
@blueprint.arguments(DispatchSchema)
@blueprint.response(201, DispatchReply)
def send(wanted: Dispatch) -> dict[str, Any]:
    """Send metal to a customer."""
    return _dispatch(dispatch(service().records, doer(), wanted).number)


@blueprint.route("/dispatches/<number>", methods=["GET"])
@audience(*SIGNED_IN)
@blueprint.response(200, DispatchReply)
def one_delivery_note(number: str) -> dict[str, Any]:
    """One dispatch, with the delivered lots."""
    return _dispatch(number_in_path("dispatch", number))


def _dispatch(number: str) -> dict[str, Any]:
    answer = one_dispatch(service().records, number)
    if answer is None:
        raise NotFound("dispatch", number)
    return dispatch_out(answer)
