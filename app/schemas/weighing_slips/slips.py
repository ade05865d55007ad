"""A file of weighing slips to the commands that register them, or to every fault in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from app.operations.collecting import uncollected
from app.operations.register_scrap import RegisterScrap
from app.schemas.weighing_slips.fingerprint import fingerprint_of
from app.schemas.weighing_slips.header import Column, columns_of
from app.schemas.weighing_slips.names import Names
from app.schemas.weighing_slips.reasons import Fault, FileReason, NotATable, Reason
from app.schemas.weighing_slips.row import RowReading, SlipReader, shown
from app.schemas.weighing_slips.table import Row, read_table


@dataclass(frozen=True, slots=True)
class Slip:
    """A row that can be registered, numbered as the file numbers it."""

    row: int
    command: RegisterScrap


@dataclass(frozen=True, slots=True)
class SlipFile:
    """The slips of a file and its faults, by row and then column. ``fingerprint`` is that of ``slips``:
    the same slips give the same one from any encoding, any order of rows or columns, and any way of writing."""

    slips: tuple[Slip, ...]
    faults: tuple[Fault, ...]
    fingerprint: str


@uncollected()
def read_slips(data: bytes, names: Names) -> SlipFile:
    """Read a CSV or .xlsx of weighing slips; times and what is in the books already are not judged here.

    Raises NotATable where the file is no table of slips at all.
    """
    table = read_table(data)
    columns = columns_of(table.header.cells)
    slips, faults = _read_rows(table.rows, columns, SlipReader(names))
    if not slips and not faults:
        raise NotATable(FileReason.NO_SLIPS)
    return SlipFile(tuple(slips), tuple(faults), fingerprint_of(slip.command for slip in slips))


def _read_rows(
    rows: Iterable[Row], columns: Sequence[Column | None], reader: SlipReader
) -> tuple[list[Slip], list[Fault]]:
    slips: list[Slip] = []
    faults: list[Fault] = []
    place = {column: index for index, column in enumerate(columns) if column}
    for row in rows:
        if strays := _strays(row, columns):
            faults += strays  # the row has slipped sideways: what else is wrong with it is noise
            continue
        texts = {column: cell for column, cell in zip(columns, row.cells, strict=False) if column}
        reading = RowReading(row.number, texts)
        if command := reader.read(reading):
            slips.append(Slip(row.number, command))
        faults += sorted(reading.faults, key=lambda fault: place.get(Column(fault.column), len(place)))
    return slips, faults


def _strays(row: Row, columns: Sequence[Column | None]) -> list[Fault]:
    """Cells below no header: most often a thousands separator that was not quoted."""
    named = len(columns)
    if None not in columns and len(row.cells) <= named:
        return []
    return [
        Fault(row.number, get_column_letter(index), Reason.OUTSIDE_THE_COLUMNS, {"written": shown(cell)})
        for index, cell in enumerate(row.cells, start=1)
        if cell and (index > named or columns[index - 1] is None)
    ]
