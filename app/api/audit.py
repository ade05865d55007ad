"""The audit log, for auditors."""

from typing import Any

from flask import Response, stream_with_context
from flask_smorest import Blueprint

from app.api.bodies import StrictParser
from app.api.door import audience
from app.current import service
from app.lookups.audit import audit_entries
from app.schemas.audit import MEDIA_TYPES, Format, written
from app.schemas.fields import Choice, Day
from app.schemas.shapes import Strict

blueprint = Blueprint("audit", __name__, description="The audit log")
blueprint.ARGUMENTS_PARSER = StrictParser()


class AuditQuery(Strict):
    """Days in Japan time, both inclusive."""

    format = Choice(Format, load_default=Format.JSON_LINES)
    from_day = Day(data_key="from")
    to_day = Day(data_key="to")


@blueprint.route("/audit", methods=["GET"])
@audience()
@blueprint.arguments(AuditQuery, location="query")
@blueprint.response(200, {"type": "string"}, content_type="application/x-ndjson")
def log(query: dict[str, Any]) -> Response:
    """Who did what and when, oldest first, as JSON Lines or CSV. For auditors and admin."""
    wanted = query["format"]
    lines = written(audit_entries(service().records, query.get("from_day"), query.get("to_day")), wanted)
    first = next(lines, "")  # a database that does not answer is told before the answer has begun
    answer = Response(stream_with_context(_chained(first, lines)), mimetype=MEDIA_TYPES[wanted])
    answer.headers["Content-Disposition"] = f'attachment; filename="audit.{wanted.value}"'
    return answer


def _chained(first: str, lines: Any) -> Any:
    yield first
    yield from lines
