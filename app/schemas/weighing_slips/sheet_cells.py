"""The cells of a workbook to text: numbers exactly as Excel means them, times as dates, texts as they are."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl.utils.datetime import from_excel

from app.schemas.weighing_slips.sheet import Written

# Date formats every Japanese Excel has built in (ECMA-376 18.8.30, ja-jp) and openpyxl takes for plain numbers.
_JAPANESE_DATE_FORMATS = frozenset([*range(27, 37), *range(50, 59)])


class CellReader:
    """Makes text of the cells of one workbook."""

    def __init__(self, book: Any, shared_texts: list[str]) -> None:
        self._shared_texts = shared_texts
        self._epoch = book.epoch
        formats = enumerate(style.numFmtId for style in book._cell_styles)
        japanese = {index for index, number_format in formats if number_format in _JAPANESE_DATE_FORMATS}
        self._date_styles = {str(index) for index in (book._date_formats | japanese) - book._timedelta_formats}

    def read(self, cell: Written) -> str:
        """A cell's text; a number or date that Excel would not write stays as it is, and is refused as it is read."""
        if cell.kind == "s":
            return self._shared_texts[int(cell.text)]
        if cell.kind == "b":
            return "FALSE" if cell.text == "0" else "TRUE"
        if cell.kind != "n":
            return cell.text
        try:
            return self._day(cell.text) if cell.style in self._date_styles else _plain(cell.text)
        except (ValueError, OverflowError):
            return cell.text

    def _day(self, serial: str) -> str:
        told = from_excel(float(serial), self._epoch)
        return told.isoformat(" ", "seconds") if isinstance(told, datetime) else str(told)


def _plain(number: str) -> str:
    if number.isdecimal():
        return number
    # Excel writes 17 digits (5350.5500000000002). repr is the shortest decimal that is the same float, 5350.55.
    return format(Decimal(repr(float(number))).normalize(), "f")
