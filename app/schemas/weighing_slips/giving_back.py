"""Files given back: the rows with faults, each with what is to be corrected; and a template with nothing in it yet."""

from collections.abc import Mapping, Sequence

from app.schemas.spreadsheets import workbook
from app.schemas.weighing_slips.header import Column
from app.schemas.weighing_slips.table import read_table

TO_CORRECT = "直すところ To correct"
EXAMPLE = {
    Column.SLIP_NUMBER: "W10-0001",
    Column.WEIGHED_AT: "2026-10-01 15:55",
    Column.CUSTOMER: "例示運輸株式会社",
    Column.ITEM: "トラックボデー",
    Column.UNITS: "3",
    Column.VEHICLE: "富士100か1234",
    Column.GROSS: "10450",
    Column.TARE: "8000",
    Column.DEDUCTION: "50",
    Column.NET: "2400",
    Column.ALLOY: "A5083",
    Column.SCRAP_CLASS: "使用済",
    Column.SITE: "溶解工場",
    Column.BAY: "A-1",
}


def faulty_rows(data: bytes, sentences: Mapping[int, Sequence[str]]) -> bytes:
    """An .xlsx of the rows of a file that have faults, by row number, with a column more that says what is wrong.

    Taken in again it is refused for that column, until somebody has read it and taken it out. Raises NotATable.
    """
    table = read_table(data)
    width = len(table.header.cells)
    rows = [[*table.header.cells, TO_CORRECT]]
    for row in table.rows:
        if row.number in sentences:
            cells = [*row.cells, *[""] * (width - len(row.cells))]
            rows.append([*cells, " / ".join(sentences[row.number])])
    return workbook(rows)


def template() -> bytes:
    """An .xlsx with the columns, and one row that shows how they are filled in."""
    return workbook([[str(column) for column in Column], [EXAMPLE[column] for column in Column]])
