"""A file's bytes to rows of text. What the file is, its content says; its name is never asked."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from app.schemas.weighing_slips.comma_separated import csv_rows
from app.schemas.weighing_slips.limits import MOST_BYTES, MOST_COLUMNS, MOST_ROWS
from app.schemas.weighing_slips.reasons import FileReason, NotATable
from app.schemas.weighing_slips.workbook import workbook_rows

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"<", b"{", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")


class Row(NamedTuple):
    """Cells as text, without surrounding blanks, and the line (CSV) or sheet row (.xlsx) they start on."""

    number: int
    cells: Sequence[str]


class Table(NamedTuple):
    """``rows`` come as they are asked for, blank ones left out; NotATable may be raised while they come."""

    header: Row
    rows: Iterator[Row]


def read_table(data: bytes) -> Table:
    """Read an .xlsx, or a CSV in UTF-8 or CP932, as text.

    Raises NotATable for anything else, and for a file that is empty, too large, or a zip bomb.
    """
    if len(data) > MOST_BYTES:
        raise NotATable(FileReason.TOO_LARGE, most_mb=MOST_BYTES // 2**20)
    rows = _filled(_numbered_rows(data))
    header = next(rows, None)
    if header is None:
        raise NotATable(FileReason.EMPTY)
    return Table(header, rows)


def _numbered_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    if data.startswith(_ZIP):
        return workbook_rows(data)
    if data.startswith(_OLE):
        raise NotATable(FileReason.OLD_EXCEL)
    if data.startswith(_UTF_16_OR_32):
        raise NotATable(FileReason.UNKNOWN_ENCODING)
    if b"\0" in data or data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_OTHER_FILES):
        raise NotATable(FileReason.NOT_A_SPREADSHEET)
    return csv_rows(data)


def _filled(numbered: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    filled = _stripped(numbered)
    yield from islice(filled, MOST_ROWS + 1)  # the header and as many slips
    if next(filled, None) is not None:
        raise NotATable(FileReason.TOO_MANY_ROWS, most=MOST_ROWS)


def _stripped(numbered: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    for number, cells in numbered:
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            if len(stripped) > MOST_COLUMNS and any(stripped[MOST_COLUMNS:]):
                raise NotATable(FileReason.TOO_MANY_COLUMNS, row=number, most=MOST_COLUMNS)
            yield Row(number, stripped)
