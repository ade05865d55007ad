"""One sequence of bytes per certificate: canonical JSON (RFC 8785), and the strict way back.

Field names that end in ``_g`` stand in JSON as ``_kg``, with exact kilograms as a string, so that no reader's floating
point can touch a figure; dates are ISO 8601, tuples are arrays and None is null.
"""

import dataclasses
import hashlib
import json
import types
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import rfc8785

from certificates import figures
from certificates.content import FORMAT, Certificate
from certificates.statement import Statement


class UnreadableCertificate(ValueError):
    """The bytes are not the canonical JSON of a certificate of this format; the message says where they fail."""


class _Field(NamedTuple):
    name: str
    key: str
    hint: Any
    is_grams: bool


_FIELDS: dict[type[Any], tuple[_Field, ...]] = {}


def _fields(kind: type[Any]) -> tuple[_Field, ...]:
    found = _FIELDS.get(kind)
    if found is None:
        found = _FIELDS[kind] = _read_fields(kind)
    return found


def _read_fields(kind: type[Any]) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(
        _Field(f.name, f.name[:-1] + "kg" if f.name.endswith("_g") else f.name, hints[f.name], f.name.endswith("_g"))
        for f in dataclasses.fields(kind)
    )


def as_json(content: Certificate | Statement) -> dict[str, Any]:
    """A document's content as JSON-ready dicts, lists, strings, integers and None."""
    written: dict[str, Any] = _written(content)
    return written


def _written(value: Any) -> Any:
    match value:
        case None | str() | int():
            return value
        case date():
            return value.isoformat()
        case tuple():
            return [_written(item) for item in value]
    return {key: _member(getattr(value, name), is_grams) for name, key, _, is_grams in _fields(type(value))}


def _member(value: Any, is_grams: bool) -> Any:
    return figures.kg_text(value) if is_grams and value is not None else _written(value)


def canonical_json(content: Certificate | Statement) -> bytes:
    """The one sequence of bytes a document is sealed as (RFC 8785, UTF-8); ValueError for a lone surrogate."""
    try:
        return rfc8785.dumps(as_json(content))
    except rfc8785.CanonicalizationError as error:
        raise ValueError(f"no canonical JSON: {error}") from error


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read(payload: bytes) -> Certificate:
    """The certificate whose canonical JSON is exactly ``payload``.

    Raises UnreadableCertificate for anything else: other formats, missing or unknown members, wrong types, numbers
    written in another way, and JSON that is equal but not canonical.
    """
    try:
        certificate = _read(Certificate, json.loads(payload.decode("utf-8", "strict")), "certificate")
        written = canonical_json(certificate)
    except UnreadableCertificate:
        raise
    except (ValueError, RecursionError) as error:
        raise UnreadableCertificate(f"not a certificate: {error}") from error
    if certificate.format != FORMAT:
        raise UnreadableCertificate(f"format is {certificate.format!r}, not {FORMAT!r}")
    if written != payload:
        raise UnreadableCertificate("the JSON is not canonical")
    return certificate  # type: ignore[no-any-return]


def _read(hint: Any, value: Any, where: str) -> Any:
    if isinstance(hint, types.UnionType):
        return None if value is None else _read(get_args(hint)[0], value, where)
    if get_origin(hint) is tuple:
        return tuple(_items(get_args(hint)[0], _expect(list, value, where), where))
    if hint is date:
        return date.fromisoformat(_expect(str, value, where))
    if hint in (str, int):
        return _expect(hint, value, where)
    return _record(hint, _expect(dict, value, where), where)


def _items(hint: Any, values: list[Any], where: str) -> Iterator[Any]:
    return (_read(hint, value, f"{where}[{index}]") for index, value in enumerate(values))


def _expect(kind: type, value: Any, where: str) -> Any:
    if type(value) is not kind:  # a subclass would let true pass for 1
        raise UnreadableCertificate(f"{where} is not {kind.__name__}")
    return value


def _record(kind: type, members: dict[str, Any], where: str) -> Any:
    fields = _fields(kind)
    if members.keys() != {field.key for field in fields}:
        raise UnreadableCertificate(f"{where} has other members than {kind.__name__}")
    return kind(**{f.name: _read_member(f, members[f.key], f"{where}.{f.key}") for f in fields})


def _read_member(field: _Field, value: Any, where: str) -> Any:
    if not field.is_grams or (value is None and isinstance(field.hint, types.UnionType)):
        return _read(field.hint, value, where)
    return figures.grams(_expect(str, value, where))
