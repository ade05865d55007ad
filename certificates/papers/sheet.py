"""A paper of several pages: blocks on the first, tables after them, a head and a foot on every page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from certificates.content import Party
from certificates.fonts import Fonts
from certificates.pdf import parts
from certificates.pdf.document import canvas_of, drawing
from certificates.pdf.evidence import BETWEEN, Page, Pages, put_section, strips_in
from certificates.pdf.paper import INK_2, LEFT
from certificates.pdf.parts import Block
from certificates.pdf.pen import Pen
from certificates.pdf.table import Section, Strip
from certificates.wording import Text

_GAP = 4.2
_TIGHT = 2.6  # where it saves a page


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on every page, and what the file says of itself."""

    name: Text
    number: str
    issuer: Party
    foot: Sequence[str]


Part = Block | Section
Make = Callable[[Pen], Iterable[Part]]


def printed(paper: Paper, fonts: Fonts, make: Make) -> bytes:
    """The paper as PDF: ``make`` gives its parts for a pen that measures and draws the first page.

    Equal input gives equal bytes. Raises CannotPrint where a text does not fit.
    """
    target = BytesIO()
    with drawing(fonts):
        canvas = canvas_of(target, fonts, paper.issuer, f"{paper.name.ja} {paper.number}")
        first = Pen(canvas, fonts)
        pages = _laid_out(first, make(first))
        for index, draw in enumerate(pages, 1):
            pen = first if index == 1 else Pen(canvas, fonts)
            parts.head(pen, paper.issuer, paper.number)
            draw(pen)
            parts.foot(pen, paper.foot, index, len(pages))
            pen.finish()
        canvas.save()
    return target.getvalue()


def _laid_out(pen: Pen, made: Iterable[Part]) -> list[Page]:
    """On one page where that is possible, else with no small table alone on the last one."""
    parts_ = list(made)
    for gap in (_GAP, _TIGHT):
        pages = _paged(pen, parts_, gap)
        if pages.count == 1:
            return pages.finished()
    pages = _paged(pen, parts_, _GAP)
    last = parts_[-1]
    if isinstance(last, Section) and pages.only(strips_in(last)):
        # A few rows alone on a sheet look forgotten: the table before them goes over too, where that costs no page.
        together = _paged(pen, parts_, _GAP, turned_at=len(parts_) - 2)
        pages = together if together.count == pages.count else pages
    return pages.finished()


def _paged(pen: Pen, parts_: Sequence[Part], gap: float, turned_at: int | None = None) -> Pages:
    pages, number = Pages(), 0
    for index, part in enumerate(parts_):
        if index == turned_at:
            pages.turn()
        if isinstance(part, Section):
            number += 1
            put_section(pages, pen, number, part)
        else:
            pages.put(_strip(part), before=gap)
    return pages


def _strip(block: Block) -> Strip:
    """A block draws with the pen that measured it, which is that of the first page: there it has to stand."""
    return Strip(block.height, lambda _, y: block.draw(y))


def title_block(pen: Pen, name: Text, facts: Sequence[tuple[Text, str]], to: Party | None) -> Block:
    """The name of the paper, for whom, and facts at the right."""
    room = 104.0
    lines = pen.lines(to.name_ja, room - 10, 12, True) if to else ()
    height = max(17.0 + 5.4 * len(lines) + (4 if to else 0), 3.4 + 4.9 * len(facts))

    def draw(y: float) -> None:
        pen.text(LEFT - 0.4, y + 7.4, name.ja, 22, bold=True)
        pen.note(LEFT, y + 12, name.en, 9)
        at = y + 19.4
        for index, line in enumerate(lines):
            end = pen.text(LEFT, at, line, 12, bold=True)
            if index == len(lines) - 1:
                pen.text(end + 2.4, at, "御中", 9)
            at += 5.4
        if to:
            pen.note(LEFT, at - 1.2, f"To: {to.name_en}", 7.5)
        for index, (label, value) in enumerate(facts):
            _fact(pen, y + 3.4 + 4.9 * index, label, value)

    return Block(height, draw)


def _fact(pen: Pen, y: float, label: Text, value: str) -> None:
    end = pen.text(126, y, label.ja, 8, colour=INK_2)
    pen.note(end + 1.3, y, label.en, 6.5)
    size = next((size for size in (8, 7, 6, 5) if pen.width(value, size, True) <= 38), 4.5)
    pen.text(192, y, parts.cut(pen, value, 40, size, bold=True), size, bold=True, right=True)


def sentences_block(pen: Pen, sentences: Sequence[Text], strong: Text | None = None) -> Block:
    """Sentences in both languages over the width of the sheet, the strong one first and bold."""
    width = 174.0
    set_ = [(pen.lines(said.ja, width, 8), pen.lines(said.en, width, 6.5), said is strong) for said in sentences]
    height = sum(3.9 * len(ja) + 2.8 * len(en) + 0.6 for ja, en, _ in set_)

    def draw(y: float) -> None:
        y += 3.2
        for japanese, english, bold in set_:
            y = pen.paragraph(LEFT, y, japanese, 8, 3.9, bold=bold)
            y = pen.paragraph(LEFT, y - 0.5, english, 6.5, 2.8, colour=INK_2) + 1.1

    return Block(height, draw)


__all__ = ["BETWEEN", "Paper", "Part", "printed", "sentences_block", "title_block"]
