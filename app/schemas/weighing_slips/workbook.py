"""An .xlsx to rows of text, numbered as the sheet numbers them."""

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from itertools import islice
from typing import NamedTuple
from warnings import catch_warnings, simplefilter
from zipfile import ZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import SHARED_STRINGS, XLSM, XLSX, XLTM, XLTX

from app.schemas.weighing_slips.archive import is_streamed, require_harmless
from app.schemas.weighing_slips.reasons import FileReason, NotATable
from app.schemas.weighing_slips.shared_texts import shared_texts
from app.schemas.weighing_slips.sheet import sheet_rows
from app.schemas.weighing_slips.sheet_cells import CellReader

_BATCH = 1_000

NumberedRow = tuple[int, list[str]]


class _Sheet(NamedTuple):
    title: str
    path: str


def workbook_rows(data: bytes) -> Iterator[NumberedRow]:
    """The rows of the one visible sheet that has any.

    Raises NotATable, also while the rows come: damaged workbook, zip bomb, several sheets.
    """
    rows = _rows(data)
    while batch := _batch(rows):
        yield from batch


def _batch(rows: Iterator[NumberedRow]) -> list[NumberedRow]:
    with catch_warnings():
        simplefilter("ignore")  # what openpyxl leaves out is nothing a slip needs
        try:
            return list(islice(rows, _BATCH))
        except NotATable:
            raise
        except Exception as error:
            # A crafted workbook makes zipfile, the XML parser and openpyxl raise nearly anything.
            raise NotATable(FileReason.DAMAGED) from error


def _rows(data: bytes) -> Iterator[NumberedRow]:
    require_harmless(data)
    # openpyxl opens the workbook and its styles; load_workbook would also parse each sheet once, for its size.
    book = ExcelReader(BytesIO(data), read_only=True, keep_links=False)
    with closing(book.archive) as archive:
        book.read_manifest()
        _require_short_workbook(book)
        texts = _shared_texts(book)
        book.read_workbook()
        apply_stylesheet(archive, book.wb)
        cells = CellReader(book.wb, texts)
        sheet = _only_filled(archive, _visible_sheets(book), cells)
        with archive.open(sheet.path) as stream:
            yield from sheet_rows(stream, cells.read)


def _require_short_workbook(book: ExcelReader) -> None:
    if any(map(is_streamed, _parts(book, XLSX, XLSM, XLTX, XLTM))):
        raise NotATable(FileReason.DAMAGED)


def _parts(book: ExcelReader, *content_types: str) -> list[str]:
    return [part.PartName.lstrip("/") for part in book.package.Override if part.ContentType in content_types]


def _shared_texts(book: ExcelReader) -> list[str]:
    parts = _parts(book, SHARED_STRINGS)
    if not parts:
        return []
    with book.archive.open(parts[0]) as stream:
        return shared_texts(stream)


def _visible_sheets(book: ExcelReader) -> list[_Sheet]:
    sheets = {
        relation.target: _Sheet(sheet.name, relation.target)  # by path: a list may name one sheet a thousand times
        for sheet, relation in book.parser.find_sheets()
        if sheet.state == "visible" and relation.Type.endswith("/worksheet")
    }
    return list(sheets.values())


def _only_filled(archive: ZipFile, sheets: list[_Sheet], cells: CellReader) -> _Sheet:
    filled = [sheet for sheet in sheets if _is_filled(archive, sheet, cells)]
    if len(filled) > 1:
        raise NotATable(FileReason.SEVERAL_SHEETS, sheets=tuple(sheet.title[:40] for sheet in filled[:5]))
    if not filled:
        raise NotATable(FileReason.EMPTY)
    return filled[0]


def _is_filled(archive: ZipFile, sheet: _Sheet, cells: CellReader) -> bool:
    with archive.open(sheet.path) as stream:
        return any(any(map(str.strip, texts)) for _, texts in sheet_rows(stream, cells.read))
