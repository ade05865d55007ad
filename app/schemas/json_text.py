"""JSON of other programs, read strictly: UTF-8, not deep, no doubled names and no numbers that nobody needs."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any, NoReturn

from app.operations.problems import Invalid, Problem

DEEPEST = 20
MOST_DIGITS = 30


class NotJson(ValueError):
    """The bytes are not JSON, or JSON that no honest program writes; the message says why."""


def read_json(body: bytes, deepest: int = DEEPEST, fraction: Callable[[str], Any] = float) -> Any:
    """Strict JSON. Raises NotJson (not JSON, too deep, a number no one needs) and Invalid (a doubled name).

    ``fraction`` makes what a number with a point or an exponent becomes.
    """
    try:
        text = body.decode("utf-8-sig")
        _refuse_depth(text, deepest)
        return json.loads(
            text,
            parse_float=fraction,
            parse_int=_whole,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise NotJson(str(error)) from error


def _refuse_depth(text: str, deepest: int) -> None:
    """Brackets inside strings do not count; a deep body is refused before the parser recurses into it."""
    depth, quoted, escaped = 0, False, False
    for character in text:
        if quoted:
            quoted, escaped = (escaped or character != '"', character == "\\" and not escaped)
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            if depth > deepest:
                raise NotJson("too deep")
        elif character in "]}":
            depth -= 1


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise NotJson("a number of more digits than anyone needs")
    return int(digits)


def _refuse_constant(name: str) -> NoReturn:
    raise NotJson(f"{name} is not JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    doubled = sorted(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
    if doubled:
        raise Invalid([Problem((name,), "doubled") for name in doubled])
    return dict(pairs)
