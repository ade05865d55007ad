"""Alive, and ready: what a load balancer asks."""

from flask import Blueprint, Flask, Response, jsonify

from app.access import public
from app.api.errors import problem
from app.current import locale, service
from app.records.migrations import at_head
from app.records.unit import Unavailable
from app.wording.problems import status_sentence

blueprint = Blueprint("health", __name__, url_prefix="/health")


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/live")
@public
def live() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@blueprint.get("/ready")
@public
def ready() -> Response:
    """The database answers, and its tables are those of this version."""
    try:
        if at_head(service().records):
            return jsonify(status="ready")
    except Unavailable:
        return problem(503, "unavailable", status_sentence(locale(), 503))
    return problem(503, "migrations_pending", status_sentence(locale(), 503))
