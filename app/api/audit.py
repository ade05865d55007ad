"""The audit log, for auditors."""

from collections.abc import Callable, Iterator

from flask import Response
from flask_smorest import Blueprint

from app.api.bodies import StrictParser
from app.api.door import audience
from app.current import heartbeat, service
from app.lookups.audit import audit_entries
from app.schemas.audit import MEDIA_TYPES, AuditAsked, AuditQuery, Format, written

TEXT = {"type": "string"}
LINE = {
    "type": "object",
    "description": "before and after are objects as the deed wrote them, or null",
    "properties": {
        "id": {"type": "integer"},
        "at": {"type": "string", "format": "date-time", "description": "Japan time"},
        **dict.fromkeys(("person", "action", "subject_kind", "subject"), TEXT),
        **{name: {"type": ["object", "null"]} for name in ("before", "after")},
        "request_id": {"type": ["string", "null"], "description": "X-Request-Id of the answer to the deed"},
    },
}
CONTENT = {
    MEDIA_TYPES[Format.JSON_LINES]: {
        "schema": {
            **TEXT,
            "description": "One JSON object a line",
            "contentMediaType": "application/json",
            "contentSchema": LINE,
        }
    },
    MEDIA_TYPES[Format.CSV]: {
        "schema": {
            **TEXT,
            "description": "The same names as columns; before and after as JSON. With a byte order mark, and with an"
            " apostrophe before whatever a spreadsheet would run as a formula",
        }
    },
}

blueprint = Blueprint("audit", __name__, description="The audit log")
blueprint.ARGUMENTS_PARSER = StrictParser()


@blueprint.route("/audit", methods=["GET"])
@audience()
@blueprint.arguments(AuditQuery, location="query")
@blueprint.doc(responses={"200": {"description": "The log, as it streams", "content": CONTENT}})
def log(asked: AuditAsked) -> Response:
    """Who did what and when, oldest first, as JSON Lines or CSV. Days are Japan's, both inclusive."""
    entries = audit_entries(service().records, asked.first, asked.last)
    portions = _alive(written(entries, asked.format), heartbeat())
    answer = Response(portions, mimetype=MEDIA_TYPES[asked.format])
    answer.headers["Content-Disposition"] = f'attachment; filename="audit.{asked.format.value}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _alive(portions: Iterator[bytes], tell: Callable[[], object]) -> Iterator[bytes]:
    """A log of a million rows takes longer than a server waits for a worker that says nothing."""
    for portion in portions:
        tell()
        yield portion
