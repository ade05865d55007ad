"""What can be wrong with a file, and with a cell of it: one stable word each, with the values a sentence needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a cell was refused."""

    MISSING = "missing"
    DUPLICATE = "duplicate"
    UNKNOWN = "unknown"
    NOT_ITS_CLASS = "not one of the item's classes"
    NOT_A_SLIP_NUMBER = "not a slip number"
    NOT_A_NUMBER = "not a number"
    NOT_WHOLE = "not a whole number"
    TOO_FINE = "more than three decimals"
    NEGATIVE = "negative"
    ZERO = "zero"
    TOO_LARGE = "absurdly large"
    NOT_ABOVE_TARE = "not above tare"
    DOES_NOT_ADD_UP = "does not add up"
    NOT_A_DATE = "not a date"
    NO_SUCH_DAY = "no such day"
    TOO_LONG = "too long"
    FORMULA = "a formula"
    UNPRINTABLE = "unprintable characters"
    OUTSIDE_THE_COLUMNS = "outside the columns"


class FileReason(StrEnum):
    """Why a file was not read as a table of slips at all."""

    EMPTY = "empty"
    NO_SLIPS = "no slips"
    TOO_LARGE = "too large"
    TOO_MANY_ROWS = "too many rows"
    TOO_MANY_COLUMNS = "too many columns"
    NOT_A_SPREADSHEET = "not a spreadsheet"
    OLD_EXCEL = "old or locked Excel file"
    UNKNOWN_ENCODING = "unknown encoding"
    BROKEN_QUOTES = "broken quotes"
    ZIP_BOMB = "zip bomb"
    DAMAGED = "damaged workbook"
    SEVERAL_SHEETS = "several sheets"
    NO_HEADER = "no header"
    HEADER_MISSING = "header missing"
    HEADER_TWICE = "header twice"
    UNKNOWN_COLUMN = "unknown column"


class NotATable(ValueError):
    """The bytes are no table of weighing slips. ``reason`` says why; ``values`` fill its sentence."""

    def __init__(self, reason: FileReason, **values: object) -> None:
        super().__init__(f"{reason} {values}" if values else reason.value)
        self.reason = reason
        self.values: Mapping[str, object] = values


class Wrong(ValueError):
    """A cell was refused, never corrected or rounded. ``reason`` says why; ``values`` fill its sentence."""

    def __init__(self, reason: Reason, **values: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.values = values


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong cell: the row as the file counts it (header 1), the column as printed in the header, and why.

    ``values`` holds ``written``, the cell's text; masses are grams under names that end in ``_g``.
    """

    row: int
    column: str
    reason: Reason
    values: Mapping[str, object]
