"""Tables for spreadsheets: nothing in them is ever run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# What a spreadsheet runs as a formula: these signs, full-width and small ones too, after blanks it does not show.
FORMULA = re.compile(r"[\t\r\n]|[\s\u200b\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]")
BYTE_ORDER_MARK = "\ufeff"  # or Excel takes UTF-8 for something else


def harmless(value: object) -> object:
    """Text that a spreadsheet would run as a formula is marked as text."""
    if isinstance(value, str) and FORMULA.match(value):
        return "'" + value
    return "" if value is None else value


def csv_row(cells: Iterable[object]) -> str:
    """One line of CSV."""
    line = io.StringIO()
    csv.writer(line).writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """An .xlsx of rows of text: as text, whatever they begin with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([_text(sheet, cell) for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _text(sheet: Any, text: str) -> Any:
    """A cell of text; openpyxl takes what begins with = for a formula unless it is told."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell
