"""One sheet of a workbook to rows of text."""

from collections.abc import Callable, Iterator
from string import digits
from typing import IO, NamedTuple

from openpyxl.utils import column_index_from_string

from app.schemas.weighing_slips.limits import LAST_SHEET_ROW, MOST_COLUMNS
from app.schemas.weighing_slips.markup import Markup, named
from app.schemas.weighing_slips.reasons import FileReason, NotATable


class Written(NamedTuple):
    """A cell as the file writes it: its type (ECMA-376 18.18.11), the index of its style, and its text."""

    kind: str
    style: str
    text: str


class _Sheet(Markup):
    def __init__(self, read: Callable[[Written], str]) -> None:
        super().__init__()
        self.starts |= {named("row"): self._start_row, named("c"): self._start_cell, named("f"): self.listen}
        self.ends |= {named("row"): self._end_row, named("c"): self._end_cell, named("f"): self._end_formula}
        self.rows: list[tuple[int, list[str]]] = []
        self._read = read
        self._count = self._number = self._column = 0
        self._cells: list[str] = []
        self._kind, self._style, self._formula = "n", "", ""

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._count += 1
        self._number = int(attributes.get("r", self._number + 1))
        self._column, self._cells = 0, []
        if self._number > LAST_SHEET_ROW or self._count > LAST_SHEET_ROW:
            raise NotATable(FileReason.TOO_MANY_ROWS, most=LAST_SHEET_ROW)

    def _end_row(self) -> None:
        self.rows.append((self._number, self._cells))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = column_index_from_string(reference.rstrip(digits)) if reference else self._column + 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._formula = ""
        self.pieces.clear()

    def _end_formula(self) -> None:
        self.stop_listening()
        self._formula = "=" + "".join(self.pieces)

    def _end_cell(self) -> None:
        if self._formula:
            self._place(self._formula)  # its remembered result is not a weight somebody wrote down
        elif self.pieces:
            self._place(self._read(Written(self._kind, self._style, "".join(self.pieces))))

    def _place(self, text: str) -> None:
        cells, column = self._cells, self._column
        if column > MOST_COLUMNS:
            raise NotATable(FileReason.TOO_MANY_COLUMNS, row=self._number, most=MOST_COLUMNS)
        cells.extend([""] * (column - len(cells)))
        if cells[column - 1]:
            raise NotATable(FileReason.DAMAGED)  # the same cell twice: which of the two counts is anyone's guess
        cells[column - 1] = text


def sheet_rows(stream: IO[bytes], read: Callable[[Written], str]) -> Iterator[tuple[int, list[str]]]:
    """Rows in the order written, with the number the sheet gives them; ``read`` makes text of a cell.

    Raises NotATable for more rows or columns than a sheet of slips has, and ExpatError for bad XML.
    """
    sheet = _Sheet(read)
    for _ in sheet.feed(stream):
        yield from sheet.rows
        sheet.rows.clear()
