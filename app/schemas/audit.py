"""The audit log written out: CSV for spreadsheets, JSON Lines for programs; and how it is asked for."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

from marshmallow import ValidationError, post_load

from app.carbon.factors import JAPAN
from app.operations.problems import Invalid, Problem
from app.records.audit import AuditEntry
from app.schemas.fields import Choice, Day
from app.schemas.shapes import Strict
from app.schemas.spreadsheets import BYTE_ORDER_MARK, csv_row
from app.wording.catalogue import marked

ROWS_AT_ONCE = 500
AT = AuditEntry.__slots__.index("at")
WRITTEN = ("before", "after")
_encode = json.JSONEncoder(ensure_ascii=False).encode
BACKWARDS = marked("The last day is before the first.")


class Format(StrEnum):
    CSV = "csv"
    JSON_LINES = "jsonl"


MEDIA_TYPES = {Format.CSV: "text/csv", Format.JSON_LINES: "application/x-ndjson"}


@dataclass(frozen=True, slots=True)
class AuditAsked:
    """Which part of the log, and how it is to be written. Days are Japan's, both inclusive."""

    format: Format
    first: date | None
    last: date | None


class AuditQuery(Strict):
    """The words that ask for the log."""

    format = Choice(Format, load_default=Format.JSON_LINES)
    first = Day(data_key="from", load_default=None)
    last = Day(data_key="to", load_default=None)

    @post_load
    def _asked(self, words: dict[str, Any], **_: Any) -> AuditAsked:
        asked = AuditAsked(**words)
        if asked.first and asked.last and asked.last < asked.first:
            raise ValidationError(BACKWARDS, "to")
        return asked


def audit_asked(words: Mapping[str, str]) -> AuditAsked:
    """The same words from elsewhere than a query. Raises Invalid."""
    try:
        asked: AuditAsked = AuditQuery().load(dict(words))
    except ValidationError as error:
        found = error.messages_dict.items()
        raise Invalid([Problem((name,), str(said)) for name, sentences in found for said in sentences]) from error
    return asked


def written(entries: Iterable[AuditEntry], wanted: Format) -> Iterator[bytes]:
    """The log in UTF-8, some hundred rows at a time: a row at a time would be a packet a row."""
    writers: dict[Format, Callable[[Iterable[AuditEntry]], Iterator[str]]] = {
        Format.CSV: _csv,
        Format.JSON_LINES: _json_lines,
    }
    lines = writers[wanted](entries)
    while portion := "".join(islice(lines, ROWS_AT_ONCE)):
        yield portion.encode()


def _values(entry: AuditEntry) -> list[Any]:
    values = [getattr(entry, name) for name in AuditEntry.__slots__]
    values[AT] = entry.at.astimezone(JAPAN).isoformat()
    return values


def _json_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """What was written as JSON goes as it is: reading it only to write it again took most of the time."""
    for entry in entries:
        values = zip(AuditEntry.__slots__, _values(entry), strict=True)
        told = (f'"{name}": {value or "null" if name in WRITTEN else _encode(value)}' for name, value in values)
        yield "{" + ", ".join(told) + "}\n"


def _csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """With a byte order mark, by which spreadsheets know Japanese."""
    yield BYTE_ORDER_MARK + csv_row(AuditEntry.__slots__)
    for entry in entries:
        yield csv_row(_values(entry))
