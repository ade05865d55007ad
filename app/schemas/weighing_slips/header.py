"""The columns of a slip file, in any order, matched after folding."""

from collections.abc import Sequence
from enum import StrEnum

from app.schemas.weighing_slips.limits import LONGEST_CELL
from app.schemas.weighing_slips.names import fold
from app.schemas.weighing_slips.reasons import FileReason, NotATable


class Column(StrEnum):
    """The columns as printed in the header."""

    SLIP_NUMBER = "計量票番号"
    WEIGHED_AT = "計量日時"
    CUSTOMER = "提供元"
    ITEM = "発生品"
    UNITS = "数量"
    VEHICLE = "車番・編成"
    GROSS = "総重量(kg)"
    TARE = "風袋(kg)"
    DEDUCTION = "異物控除(kg)"
    NET = "正味(kg)"
    ALLOY = "合金"
    SCRAP_CLASS = "スクラップ区分"
    SITE = "拠点"
    BAY = "置場"


# A file without its deductions would be read as heavier metal, so that column must be there, if only blank.
_MAY_BE_ABSENT = frozenset([Column.VEHICLE, Column.NET, Column.BAY])


def columns_of(header: Sequence[str]) -> tuple[Column | None, ...]:
    """The column at each place of the header, None where its cell is blank.

    Raises NotATable: no header, header twice, header missing, unknown column.
    """
    columns = tuple(_KNOWN.get(_key(cell)) for cell in header)
    found = [column for column in columns if column]
    if not found:
        raise NotATable(FileReason.NO_HEADER, columns=tuple(map(str, Column)))
    _refuse(FileReason.HEADER_TWICE, [column for column in Column if found.count(column) > 1])
    _refuse(FileReason.HEADER_MISSING, [column for column in Column if column not in {*found, *_MAY_BE_ABSENT}])
    alien = [cell for cell, column in zip(header, columns, strict=True) if cell and not column]
    _refuse(FileReason.UNKNOWN_COLUMN, alien)
    return columns


def _refuse(reason: FileReason, columns: Sequence[str]) -> None:
    if columns:
        raise NotATable(reason, columns=tuple(str(column)[:40] for column in columns))


def _key(cell: str) -> str:
    return "".join(fold(cell[:LONGEST_CELL]).split())


_KNOWN = {_key(column): column for column in Column}
