"""GET /3/footprints and GET /3/footprints/{id}: the footprints of the asking client's customer."""

import base64
import binascii
from urllib.parse import urlencode

from flask import Response, json, request

from app.current import service
from app.exchange.door import client, for_clients
from app.exchange.errors import BAD_REQUEST, NOT_FOUND, NOT_IMPLEMENTED, Refusal
from app.lookups.exchange import list_footprints, one_footprint
from app.records.footprints import Footprint
from app.schemas.exchange.criteria import criteria_of_query
from app.schemas.exchange.events import is_uuid

USUAL, MOST = 100, 500
LIMIT, CURSOR = "limit", "cursor"
ODATA = "$filter"  # of version 2, dropped in 3.0


@for_clients("/3/footprints", "GET")
def find() -> Response:
    """Action ListFootprints. A filter we do not know is refused: leaving it out would give more than was asked for."""
    if ODATA in request.args:
        raise Refusal(501, NOT_IMPLEMENTED, f"{ODATA} was dropped in version 3.0; use the parameters instead.")
    limit, after = _limit(request.args.get(LIMIT)), _after(request.args.get(CURSOR))
    asked = [pair for pair in request.args.items(multi=True) if pair[0] not in (LIMIT, CURSOR)]
    found = list_footprints(service().records, client(), criteria_of_query(asked), after, limit + 1)
    answer = _data([each.written() for each in found[:limit]])
    if len(found) > limit:
        answer.headers["Link"] = f'<{_next(asked, limit, found[limit - 1].id if limit else after)}>; rel="next"'
    return answer


@for_clients("/3/footprints/<id_>", "GET")
def one(id_: str) -> Response:
    """Action GetFootprint. Another customer's is not there for this one: that it exists is nobody else's business."""
    found = one_footprint(service().records, client(), id_.lower()) if is_uuid(id_) else None
    return _data(_required(found).written())


def _required(found: Footprint | None) -> Footprint:
    if found is None:
        raise Refusal(404, NOT_FOUND, "There is no such footprint.")
    return found


def _data(data: object) -> Response:
    return Response(json.dumps({"data": data}, ensure_ascii=False), mimetype="application/json")


def _limit(text: str | None) -> int:
    """How many to give at most; fewer than asked for MAY be given."""
    if not text:
        return USUAL
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise Refusal(400, BAD_REQUEST, f"{LIMIT}: give a whole number, 0 or more.")
    return min(int(text), MOST)


def _next(asked: list[tuple[str, str]], limit: int, after: int) -> str:
    """An absolute address at the host that was asked (PACT 3.0, "Pagination"); its cursor never expires.

    Nothing can go on from a page of none, so such a page leads to one of the usual length.
    """
    query = [*asked, *([(LIMIT, str(limit))] if limit else []), (CURSOR, _cursor(after))]
    return f"{request.base_url}?{urlencode(query)}"


def _cursor(after: int) -> str:
    return base64.urlsafe_b64encode(str(after).encode()).decode().rstrip("=")


def _after(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        said = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (binascii.Error, ValueError):
        said = b""
    if not (said.isdigit() and len(said) <= 15):
        raise Refusal(400, BAD_REQUEST, f"{CURSOR}: this is none that a list gave.")
    return int(said)
