"""Reading JSON bodies strictly: not JSON is 400, another media type 415; floats and doubled names are told."""

import json
from typing import Any, NoReturn

from flask import Request
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from app.operations.problems import Invalid, Problem
from app.schemas.faults import problems_of
from app.schemas.fields import JsonFloat

DEEPEST = 20
MOST_DIGITS = 30


class StrictParser(FlaskParser):
    """A webargs parser whose JSON has no floats, no doubled names and no numbers that nobody needs."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": "raise"}

    def load_json(self, req: Request, schema: Any) -> Any:
        """The body of a request. Raises the HTTP errors of the contract."""
        if req.mimetype != "application/json":
            raise UnsupportedMediaType()
        return read_json(req.get_data(cache=True))

    def handle_error(self, error: Any, *_: Any, **__: Any) -> NoReturn:
        """marshmallow's messages, flattened into problems of fields."""
        messages = error.messages
        inner = next(iter(messages.values())) if isinstance(messages, dict) and len(messages) == 1 else messages
        raise Invalid(list(problems_of(inner)))


def read_json(body: bytes) -> Any:
    """Strict JSON. Raises BadRequest (not JSON, too deep, a number no one needs) and Invalid (a doubled name)."""
    try:
        text = body.decode("utf-8-sig")
        _refuse_depth(text)
        return json.loads(
            text,
            parse_float=lambda _: JsonFloat(),
            parse_int=_whole,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadRequest(str(error)) from error


def _refuse_depth(text: str) -> None:
    """Brackets inside strings do not count; a deep body is refused before the parser recurses into it."""
    depth, quoted, escaped = 0, False, False
    for character in text:
        if quoted:
            quoted, escaped = (escaped or character != '"', character == "\\" and not escaped)
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            if depth > DEEPEST:
                raise BadRequest("too deep")
        elif character in "]}":
            depth -= 1


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise BadRequest("a number of more digits than anyone needs")
    return int(digits)


def _refuse_constant(name: str) -> NoReturn:
    raise BadRequest(f"{name} is not JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise Invalid([Problem((name,), "doubled") for name in doubled])
    return dict(pairs)
