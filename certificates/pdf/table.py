"""Tables of the evidence pages: columns in mm, a head in two languages, rows that are never split."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from certificates.pdf.paper import INK, INK_2, LEFT, LINE, RIGHT
from certificates.pdf.parts import cut, swatch
from certificates.pdf.pen import Pen
from certificates.pdf.refusal import CannotPrint
from certificates.wording import Text

ROW = 5.5
SECOND = 3.3  # what a second line in a row adds
HEAD = 9.6
TITLE = 6.2
_SIZE = 7.5
_NOTE = 6.5
_LEAST = 7.0
_SIZES = (_SIZE, _LEAST, _NOTE, 6.0, 5.5, 5.0, 4.5)
_MOST_LINES = 24


@dataclass(frozen=True, slots=True)
class Column:
    """Left and right edge in mm; numbers stand at the right edge."""

    head: Text
    left: float
    right: float
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, English or a second fact after or under it, and where it came from if it must be refused."""

    text: str
    after: str = ""
    under: str = ""
    bold: bool = False
    column: int | None = None  # swatch of a column of recycled content
    field: str = "evidence"


Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading, a table under it and a note in two languages after it."""

    title: Text
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: Sequence[Text] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece that stays whole: its height, and how to draw it with its upper edge at y."""

    height: float
    draw: Callable[[Pen, float], None]


def row_strip(pen: Pen, columns: Sequence[Column], row: Row, closing: bool) -> Strip:
    """A row, as high as its highest cell; the last is closed in ink."""
    more = [len(_wrapped(pen, column, cell)) - 1 + bool(cell.under) for column, cell in zip(columns, row, strict=True)]
    height = ROW + SECOND * max(more)

    def draw(pen: Pen, y: float) -> None:
        for column, cell in zip(columns, row, strict=True):
            _draw_cell(pen, y + 3.8, column, cell)
        pen.rule(LEFT, y + height, RIGHT, 0.25 if closing else 0.2, INK if closing else LINE)

    return Strip(height, draw)


def _draw_cell(pen: Pen, y: float, column: Column, cell: Cell) -> None:
    if column.numbers:
        _draw_number(pen, y, column, cell)
        return
    x = column.left
    if cell.column is not None:
        swatch(pen, x, y + 0.2, cell.column)
        x += 4.2
    lines = _wrapped(pen, column, cell)
    end = x
    for line in lines:
        end = pen.text(x, y, line, _SIZE if len(lines) == 1 else _LEAST, bold=cell.bold)
        y += SECOND
    y -= SECOND
    if cell.after and end + 1.6 + pen.width(cell.after, _NOTE) <= column.right:
        pen.note(end + 1.6, y, cell.after, _NOTE)
    if cell.under:
        pen.note(x, y + SECOND, cut(pen, cell.under, column.right - x, _NOTE), _NOTE)


def _wrapped(pen: Pen, column: Column, cell: Cell) -> Sequence[str]:
    """A text in one line at the usual size, else in up to four at the least size Japanese may have."""
    room = column.right - column.left - (4.2 if cell.column is not None else 0)
    if pen.width(cell.text, _SIZE, cell.bold) <= room or (
        column.numbers and _shrunk(pen, column, cell.text, cell.bold)
    ):
        return [cell.text]
    lines = pen.lines(cell.text, room, _LEAST, cell.bold)
    if len(lines) > _MOST_LINES:
        raise CannotPrint(cell.field)
    return lines


def _draw_number(pen: Pen, y: float, column: Column, cell: Cell) -> None:
    lines = _wrapped(pen, column, cell)
    for line in lines:
        size = _shrunk(pen, column, line, cell.bold) or _LEAST
        pen.text(column.right, y, line, size, bold=cell.bold, right=True)
        y += SECOND
    if cell.under:
        pen.note(column.right, y, cell.under, _NOTE, right=True)  # no column to the left of one has anything there


def _shrunk(pen: Pen, column: Column, text: str, bold: bool) -> float | None:
    """A figure of more digits than any real one stands small rather than in two pieces."""
    room = column.right - column.left
    return next((size for size in _SIZES if pen.width(text, size, bold) <= room), None)


def _one_line_note(pen: Pen, y: float, note: Text) -> None:
    pen.note(pen.note(LEFT, y, note.ja, 7) + 2, y, note.en, _NOTE)


def head_strip(columns: Sequence[Column]) -> Strip:
    """Column heads over an ink rule."""

    def draw(pen: Pen, y: float) -> None:
        for column in columns:
            x, right = (column.right, True) if column.numbers else (column.left, False)
            pen.text(x, y + 3.4, column.head.ja, 7.5, bold=True, right=right)
            pen.note(x, y + 6.3, column.head.en, 6.2, right=right)
        pen.rule(LEFT, y + HEAD - 1.6, RIGHT)

    return Strip(HEAD - 1.6, draw)


def title_strip(number: int, title: Text) -> Strip:
    """ "1 金属の出どころ Where the metal came from"."""

    def draw(pen: Pen, y: float) -> None:
        pen.text(LEFT, y + 4.2, str(number), 10, bold=True)
        end = pen.text(LEFT + 5.4, y + 4.2, title.ja, 10, bold=True)
        pen.note(end + 2, y + 4.2, title.en, 8)

    return Strip(TITLE, draw)


def note_strip(pen: Pen, notes: Sequence[Text]) -> Strip:
    """Sentences under a table, Japanese then English, in one line where both fit."""
    width = RIGHT - LEFT
    if len(notes) == 1 and pen.width(notes[0].ja, 7) + pen.width(notes[0].en, _NOTE) + 2 <= width:
        return Strip(4.4, lambda pen, y: _one_line_note(pen, y + 4, notes[0]))
    written = [(pen.lines(note.ja, width, 7), pen.lines(note.en, width, 6.5)) for note in notes]
    height = sum(3.4 * len(japanese) + 3 * len(english) for japanese, english in written)

    def draw(pen: Pen, y: float) -> None:
        y += 4.2
        for japanese, english in written:
            y = pen.paragraph(LEFT, y, japanese, 7, 3.4, colour=INK_2)
            y = pen.paragraph(LEFT, y - 0.2, english, 6.5, 3, colour=INK_2) + 0.2

    return Strip(height + 1.6, draw)
