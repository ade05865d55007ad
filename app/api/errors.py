"""One error handler: every refusal as application/problem+json (RFC 9457), in the reader's language."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from app.current import locale, request_id
from app.ledger.refusals import Refused
from app.operations.once import OtherWords
from app.operations.problems import Invalid, NotFound, SamePerson
from app.records.unit import Unavailable
from app.wording.problems import field_sentence, refusal_sentence, status_sentence, unprintable_sentence
from certificates.pdf.refusal import CannotPrint

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 2
BASE = "/api/"

log = structlog.get_logger()


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    """A problem document."""
    body = {
        "type": f"/api/v1/problems/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **more,
    }
    headers = {"Content-Language": locale(), "X-Request-Id": request_id()}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    # A name of a field may be half a surrogate pair: it is told as a question mark, not as a 500.
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(text, status, headers, mimetype=MEDIA_TYPE)


def _refused(error: Refused) -> Response:
    sentence = refusal_sentence(locale(), error.code.value, error.reason, error.values)
    blocking: Any = error.values.get("blocking")
    more = {"records": [{"kind": kind, "number": number} for kind, number in blocking]} if blocking else {}
    return problem(409, error.code.value, sentence, **more)


def _invalid(error: Invalid) -> Response:
    found: dict[str, list[str]] = {}
    for each in error.problems:
        path = ".".join(str(part) for part in each.field) or "body"
        found.setdefault(path, []).append(field_sentence(locale(), each.reason, each.values))
    return problem(422, "malformed", status_sentence(locale(), 422), errors=found)


def _cannot_print(error: CannotPrint) -> Response:
    sentence = unprintable_sentence(locale(), error.characters)
    return problem(422, "cannot_print", status_sentence(locale(), 422), errors={error.field: [sentence]})


def _not_found(error: NotFound) -> Response:
    return problem(404, "not_found", field_sentence(locale(), f"no_{error.noun}", {"number": error.number}))


def _same_person(_: SamePerson) -> Response:
    return problem(403, "same_person", field_sentence(locale(), "same_person", {}))


def _other_words(_: OtherWords) -> Response:
    sentence = field_sentence(locale(), "key_reused", {})
    return problem(422, "idempotency_key_reused", sentence, errors={"Idempotency-Key": [sentence]})


def _unavailable(error: Unavailable) -> Response:
    log.warning("database unavailable", error=str(error))
    return problem(503, "unavailable", status_sentence(locale(), 503))


def _http(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    answer = problem(status, HTTPStatus(status).name.lower(), status_sentence(locale(), status))
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def install(app: Flask, elsewhere: Callable[[HTTPException], AnyResponse]) -> None:
    """Answer every error of the API's with a problem document; ``elsewhere`` answers those outside of it."""

    def http(error: HTTPException) -> AnyResponse:
        return _http(error) if request.path.startswith(BASE) else elsewhere(error)

    def unexpected(error: Exception) -> AnyResponse:
        log.error("unexpected error", path=request.path, exc_info=error)
        return http(InternalServerError())

    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(CannotPrint, _cannot_print)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(SamePerson, _same_person)
    app.register_error_handler(OtherWords, _other_words)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(Exception, unexpected)
