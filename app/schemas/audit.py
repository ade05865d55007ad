"""The audit log written out: CSV for spreadsheets, JSON Lines for programs. Pure text, a line at a time."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any

from app.carbon.factors import JAPAN
from app.records.audit import AuditEntry

FORMULA = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


class Format(StrEnum):
    CSV = "csv"
    JSON_LINES = "jsonl"


MEDIA_TYPES = {Format.CSV: "text/csv", Format.JSON_LINES: "application/x-ndjson"}


def written(entries: Iterable[AuditEntry], wanted: Format) -> Iterator[str]:
    """The log as text, a line at a time."""
    writers: dict[Format, Callable[[Iterable[AuditEntry]], Iterator[str]]] = {
        Format.CSV: _csv,
        Format.JSON_LINES: _json_lines,
    }
    return writers[wanted](entries)


def _values(entry: AuditEntry) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in AuditEntry.__slots__}
    return values | {"at": entry.at.astimezone(JAPAN).isoformat()}


def _json_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    for entry in entries:
        yield json.dumps(_values(entry), ensure_ascii=False) + "\n"


def _csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """With a byte order mark, by which spreadsheets know Japanese."""
    yield BYTE_ORDER_MARK + _row(AuditEntry.__slots__)
    for entry in entries:
        values = _values(entry)
        texts = {name: _json(values[name]) for name in ("before", "after")}
        yield _row([_harmless(value) for value in (values | texts).values()])


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _row(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _harmless(value: object) -> object:
    """Text that a spreadsheet would run as a formula is marked as text; full-width signs count as such too."""
    if isinstance(value, str) and unicodedata.normalize("NFKC", value).lstrip(" ").startswith(FORMULA):
        return "'" + value
    return "" if value is None else value
