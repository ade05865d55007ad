"""Idempotency-Key: the first outcome of a request is kept for good and given again."""

import hashlib
import json
import re
from collections.abc import Callable

from flask import Response, current_app, request

from app.current import acting_on, doer, person, service
from app.ledger.refusals import Refused
from app.operations.once import Asked, answer_once
from app.operations.problems import Invalid, NotFound, Problem
from app.records.outcomes import Outcome, Scope
from app.records.unit import Records
from certificates.pdf.refusal import CannotPrint

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEY = re.compile(r"[\x21-\x7e]{1,255}")

View = Callable[[], object]


def answered_once(view: View) -> object:
    """The view's answer, or, where the request carries a key that was used before, the answer given then."""
    key = request.headers.get(HEADER)
    if key is None:
        return view()
    if not KEY.fullmatch(key):
        raise Invalid([Problem((HEADER,), "not_a_key")])
    asked = Asked(Scope(person().name, f"{request.method} {request.url_rule}", key), _fingerprint())
    held = service()
    answer = answer_once(held.records, doer(), asked, lambda records, subject: _perform(view, records, subject))
    outcome = answer.outcome
    headers = {"Content-Language": outcome.language} if outcome.language else {}
    if answer.replayed:
        headers[REPLAYED] = "true"
    return Response(outcome.body, outcome.status, headers, mimetype=outcome.media_type)


def _fingerprint() -> str:
    """A digest of what is asked: the path and the words of the body, however they are spaced and ordered."""
    body = request.get_data(cache=True)
    try:
        words = json.dumps(json.loads(body), sort_keys=True).encode()
    except (ValueError, RecursionError):
        words = body
    return hashlib.sha256(request.path.encode() + b"\n" + words).hexdigest()


def _perform(view: View, records: Records, subject: str | None) -> Outcome:
    """The view's outcome on these records; a refusal is an outcome too, what no client can help (5xx) is none."""
    with acting_on(records, subject):
        try:
            answer = current_app.make_response(view())  # type: ignore[arg-type]
        except (Refused, Invalid, NotFound, CannotPrint) as error:
            answer = current_app.make_response(current_app.handle_user_exception(error))
    language = answer.headers.get("Content-Language")
    return Outcome(answer.status_code, answer.mimetype or "", language, answer.get_data(as_text=True))
