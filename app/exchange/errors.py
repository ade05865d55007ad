"""One form of error: ``{"code", "message"}`` with the codes of PACT 3.0 (schema "Error"), in English, for programs."""

from http import HTTPStatus

import structlog
from flask import Response, json, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from app.operations.exchange.events import OtherSource
from app.operations.problems import Invalid
from app.records.unit import Unavailable
from app.schemas.json_text import NotJson
from app.wording.problems import field_sentence

LANGUAGE = "en"
RETRY_AFTER_S = 2
PATHS = ("/3/", "/auth/", "/exchange/", "/.well-known/openid-configuration")
TOKEN_PATH = "/auth/token"
BAD_REQUEST, ACCESS_DENIED, TOKEN_EXPIRED = "BadRequest", "AccessDenied", "TokenExpired"
NOT_FOUND, NOT_IMPLEMENTED, INTERNAL_ERROR = "NotFound", "NotImplemented", "InternalError"
CODES = {403: ACCESS_DENIED, 404: NOT_FOUND, 501: NOT_IMPLEMENTED}

log = structlog.get_logger()


class Refusal(Exception):
    """An answer other than 2xx, in the words of the specification."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, headers or {}


def concerned(path: str) -> bool:
    """Whether an address is the exchange's, so that even what is not there is answered in its words."""
    return path.startswith(PATHS)


def error(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Response:
    """An Error object; at the token endpoint the one of OAuth (RFC 6749, 5.2)."""
    body = {"code": code, "message": message}
    if request.path == TOKEN_PATH:
        body = {"error": "invalid_request", "error_description": message}
    # A name somebody sent may be half a surrogate pair: it is told as a question mark, not as a 500.
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(text, status, headers or {}, mimetype="application/json")


def answer(http: HTTPException) -> AnyResponse:
    """An error of HTTP itself: no such address, another method, a body that is too large, a fault of ours."""
    status = http.code or 500
    code = CODES.get(status, BAD_REQUEST if status < 500 else INTERNAL_ERROR)
    kept = {name: value for name, value in http.get_headers() if name == "Allow"}
    return error(status, code, f"{HTTPStatus(status).phrase}.", kept)


def refused(refusal: Refusal) -> Response:
    return error(refusal.status, refusal.code, refusal.message, refusal.headers)


def invalid(found: Invalid) -> Response:
    """Everything that is wrong, field by field, in one message."""
    said = [(".".join(map(str, p.field)), field_sentence(LANGUAGE, p.reason, p.values)) for p in found.problems]
    message = " ".join(f"{field}: {sentence}" if field else sentence for field, sentence in said)
    return error(400, BAD_REQUEST, message)


def not_json(found: NotJson) -> Response:
    return error(400, BAD_REQUEST, f"Not JSON: {found}")


def other_source(_: OtherSource) -> Response:
    """The data owner can tell at once that no answer would arrive (PACT 3.0, RequestCreatedEvent: a 4xx)."""
    return error(403, ACCESS_DENIED, "source: this is not an address registered for this client.")


def unavailable(found: Unavailable) -> Response:
    log.warning("database unavailable", error=str(found))
    return error(503, INTERNAL_ERROR, "The service cannot answer now.", {"Retry-After": str(RETRY_AFTER_S)})
