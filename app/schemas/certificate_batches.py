"""A CSV of certificates to issue: to the commands that issue them, or to every fault in it, by row and column."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from marshmallow import Schema, ValidationError, fields
from openpyxl.utils import get_column_letter

from app.operations.issue_batch import BatchRow, Named, RowProblem
from app.operations.issue_certificate import IssueCertificate
from app.schemas.certificates import CertificateSchema
from app.schemas.fields import LOT_NUMBER, Number
from app.schemas.shapes import rows
from app.schemas.weighing_slips.comma_separated import csv_rows
from app.schemas.weighing_slips.reasons import FileReason, NotATable

MOST_BYTES = 50 * 2**20
MOST_ROWS = 200_000
LONGEST_SHOWN = 60
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})", re.ASCII)
_OTHER_FILES = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"\xff\xfe", b"\xfe\xff")


class Column(StrEnum):
    """The columns as the header names them, in any order."""

    CUSTOMER = "customer"
    DELIVERIES = "deliveries"
    VALID_UNTIL = "valid_until"
    QUOTE = "quote"


class _RowSchema(CertificateSchema):
    """A row says what a request says, by the same rules; it names deliveries."""

    deliveries = fields.List(Number(pattern=LOT_NUMBER), required=True, **rows())


@dataclass
class BatchFile:
    """The rows that can be issued, what is wrong with the others, and what all of them name."""

    rows: list[BatchRow] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def read_batch(data: bytes) -> BatchFile:
    """Read a CSV in UTF-8, with or without a byte order mark, or in CP932; what the books say is not asked here.

    Raises NotATable where the file is no such table at all.
    """
    if len(data) > MOST_BYTES:
        raise NotATable(FileReason.TOO_LARGE, most_mb=MOST_BYTES // 2**20)
    if b"\0" in data or data.startswith(_OTHER_FILES):
        raise NotATable(FileReason.NOT_A_SPREADSHEET)
    lines = _filled(data)
    _, header = next(lines, (0, None))
    if header is None:
        raise NotATable(FileReason.EMPTY)
    found = _read(lines, _columns(header))
    if not found.named and not found.problems:
        raise NotATable(FileReason.NO_SLIPS)
    return found


def _filled(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, their cells without surrounding blanks."""
    count = 0
    for number, cells in csv_rows(data):
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            count += 1
            if count > MOST_ROWS + 1:
                raise NotATable(FileReason.TOO_MANY_ROWS, most=MOST_ROWS)
            yield number, stripped


def _columns(header: Sequence[str]) -> list[Column]:
    names = [name.lower() for name in header]
    known = {column.value for column in Column}
    _refuse(FileReason.NO_HEADER, tuple(Column) if not known.intersection(names) else ())
    _refuse(FileReason.UNKNOWN_COLUMN, [name or "—" for name in names if name not in known])
    _refuse(FileReason.HEADER_TWICE, [name for name in dict.fromkeys(names) if names.count(name) > 1])
    _refuse(FileReason.HEADER_MISSING, [column for column in Column if column not in names])
    return [Column(name) for name in names]


def _refuse(reason: FileReason, columns: Sequence[str]) -> None:
    if columns:
        raise NotATable(reason, columns=tuple(str(column)[:LONGEST_SHOWN] for column in columns))


def _read(lines: Iterator[tuple[int, list[str]]], columns: list[Column]) -> BatchFile:
    found = BatchFile()
    schema = _RowSchema()
    named_in: dict[str, int] = {}
    for number, cells in lines:
        problems = _strays(number, cells, columns)
        if not problems:
            problems = _taken(found, schema, number, dict(zip(columns, cells, strict=False)))
            problems += _named_before(found.named[-1], named_in)
        found.problems += sorted(problems, key=lambda problem: _place(problem, columns))
    return found


def _place(problem: RowProblem, columns: list[Column]) -> int:
    return next((at for at, column in enumerate(columns) if column == problem.column), len(columns))


def _strays(number: int, cells: list[str], columns: list[Column]) -> list[RowProblem]:
    """Cells under no column name: the row has slipped, and what else is wrong with it is noise."""
    return [
        RowProblem(number, get_column_letter(at), "outside_the_columns", {"value": cell[:LONGEST_SHOWN]})
        for at, cell in enumerate(cells, 1)
        if at > len(columns) and cell
    ]


def _taken(found: BatchFile, schema: Schema, number: int, texts: dict[Column, str]) -> list[RowProblem]:
    """Take a row in, or return what is wrong with it; what it names is taken in either way, to be looked up."""
    words: dict[str, Any] = {column.value: text for column, text in texts.items() if text}
    if Column.DELIVERIES in words:
        words[Column.DELIVERIES] = words[Column.DELIVERIES].split()
    if slashed := _SLASHED.fullmatch(words.get(Column.VALID_UNTIL, "")):  # as spreadsheets write a day back
        words[Column.VALID_UNTIL] = "{}-{:0>2}-{:0>2}".format(*slashed.groups())
    try:
        wanted: IssueCertificate = schema.load(words)
    except ValidationError as error:
        read: Any = error.valid_data
        found.named.append(Named(number, read.get(Column.CUSTOMER), tuple(read.get(Column.DELIVERIES, ()))))
        said = [
            (column, sentence) for column, messages in error.messages_dict.items() for sentence in _sentences(messages)
        ]
        return [RowProblem(number, column, sentence) for column, sentence in dict.fromkeys(said)]
    found.named.append(Named(number, wanted.customer, wanted.deliveries))
    found.rows.append(BatchRow(number, wanted))
    return []


def _sentences(messages: Any) -> Iterator[str]:
    """The sentences of a field, whatever it consists of."""
    for said in messages.values() if isinstance(messages, dict) else messages:
        if isinstance(said, str):
            yield said
        else:
            yield from _sentences(said)


def _named_before(named: Named, named_in: dict[str, int]) -> list[RowProblem]:
    """Deliveries that this row or one before it has named already: a delivery stands in one certificate."""
    problems = []
    for delivery, times in Counter(named.deliveries).items():
        first = named_in.setdefault(delivery, named.row)
        if first != named.row or times > 1:
            problems.append(
                RowProblem(named.row, Column.DELIVERIES, "in_row_before", {"value": delivery, "row": first})
            )
    return problems
