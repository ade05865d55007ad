"""Forms as the schemas of the API read them: the same words, typed by hands on a phone.

A form's fields are named by their path, ``inputs.0.kg``. Full-width digits are folded and thousands commas taken out;
what is then no number is left as typed, for the schema to say so. Empty fields and rows are not there.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields

from app.operations.problems import Invalid, Problem
from app.schemas.faults import problems_of
from app.schemas.fields import UNKNOWN, Count, KilogramsPerKilogram, Quantity

THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
MOST_ROWS = 500
DEEPEST = 5  # parts of a name; more lead nowhere, and whoever sends thousands of them does not mean well
Words = dict[str, str]


def filled(typed: Iterable[tuple[str, str]]) -> Words:
    """What was filled in, without blanks around it; empty rows are left out and the others move up."""
    words = {name: text.strip() for name, text in typed if text.strip()}
    places = _places(words)
    return {".".join(_moved(_parts(name), places)): text for name, text in words.items()}


def load(schema: Schema, words: Words) -> Any:
    """What a schema makes of a form. Raises Invalid."""
    try:
        return schema.load(_nested(schema, words))
    except ValidationError as error:
        raise Invalid(list(problems_of(error.messages))) from error


def plain_number(text: str) -> str:
    """Digits as a computer reads them: １２，３４５ and 12,345 are 12345; blanks inside are left, and so refused."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return folded.replace(",", "") if THOUSANDS.fullmatch(folded) else folded


def _parts(name: str) -> list[str]:
    return name.split(".", DEEPEST - 1)


def _places(words: Words) -> dict[tuple[str, ...], dict[int, int]]:
    """For every list in the names, where each of its rows moves to."""
    rows: dict[tuple[str, ...], set[int]] = {}
    for name in words:
        parts = _parts(name)
        for at, part in enumerate(parts):
            if _is_row(part):
                rows.setdefault(tuple(parts[:at]), set()).add(int(part))
    return {path: {row: place for place, row in enumerate(sorted(found))} for path, found in rows.items()}


def _is_row(part: str) -> bool:
    return part.isascii() and part.isdecimal() and len(part) < 6


def _moved(parts: list[str], places: Mapping[tuple[str, ...], Mapping[int, int]]) -> list[str]:
    return [
        str(places[tuple(parts[:at])][int(part)]) if _is_row(part) and tuple(parts[:at]) in places else part
        for at, part in enumerate(parts)
    ]


def _nested(schema: Schema, words: Words) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for name, text in words.items():
        parts = _parts(name)
        _put(whole, parts, _value(_field(schema, parts), text))
    return whole


def _put(inner: Any, parts: list[str], value: Any) -> None:
    """Put a value where its name leads; objects and lists on the way are made. Raises Invalid for names of nowhere."""
    part, rest = parts[0], parts[1:]
    at: Any = part
    if isinstance(inner, list):
        at = _index(part)
        inner.extend(None for _ in range(at + 1 - len(inner)))
    elif not isinstance(inner, dict):
        raise Invalid([Problem((), UNKNOWN)])
    if not rest:
        inner[at] = value
        return
    known = inner[at] if isinstance(inner, list) else inner.get(at)
    if known is None:
        known = inner[at] = [] if _is_row(rest[0]) else {}
    _put(known, rest, value)


def _index(part: str) -> int:
    if not _is_row(part) or int(part) >= MOST_ROWS:
        raise Invalid([Problem((), "too_many_rows", {"most": MOST_ROWS})])
    return int(part)


def _field(schema: Schema, parts: list[str]) -> Any:
    """The field of a schema that a name leads to, or None."""
    found: Any = None
    known: Mapping[str, Any] = schema.fields
    for part in parts:
        if _is_row(part) and found is not None:
            continue
        found = known.get(part)
        inner = found.inner if isinstance(found, fields.List) else found
        known = inner.schema.fields if isinstance(inner, fields.Nested) else {}
    return found


def _value(field: Any, text: str) -> Any:
    if isinstance(field, Quantity | KilogramsPerKilogram):
        return plain_number(text)
    if isinstance(field, Count):
        digits = plain_number(text)
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else text
    return text
