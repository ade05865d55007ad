"""The pages after the first: sections laid one under the other, tables going on with their heads repeated."""

from collections.abc import Callable, Iterator, Sequence

from certificates.content import Certificate
from certificates.pdf import paper
from certificates.pdf.annex import lines_section
from certificates.pdf.calculation import calculation_section
from certificates.pdf.factors import factors_section
from certificates.pdf.lineage import origins_section, steps_section
from certificates.pdf.paper import LEFT
from certificates.pdf.pen import Pen
from certificates.pdf.statements import statements
from certificates.pdf.table import Section, Strip, head_strip, note_strip, row_strip, title_strip
from certificates.wording import Text

_START = 24.0
_TITLE = 11.0
_END = paper.FOOT - 2.0
BETWEEN = 4.6
_EVIDENCE = Text("根拠", "Evidence")

Page = Callable[[Pen], None]


class Pages:
    """Fills pages from the top with strips that stay whole; a titled first page has its title above them."""

    def __init__(self, title: Text | None = None) -> None:
        self._title = title
        self._pages: list[list[tuple[float, Strip]]] = [[]]
        self._y = _START + (_TITLE if title else 0)

    def put(self, *strips: Strip, before: float = 0, again: Sequence[Strip] = ()) -> None:
        """Strips that belong on one page, ``before`` mm under the last; a new page begins with ``again``."""
        before = before if self._pages[-1] else 0
        if self._y + before + sum(strip.height for strip in strips) > _END:
            self.turn()
            strips, before = (*again, *strips), 0
        self._y += before
        for strip in strips:
            self._pages[-1].append((self._y, strip))
            self._y += strip.height

    def turn(self) -> None:
        """Begin a new page."""
        self._pages.append([])
        self._y = _START

    def only(self, strips: int) -> bool:
        """Whether the last of several pages holds just so many strips."""
        return len(self._pages) > 1 and len(self._pages[-1]) == strips

    @property
    def count(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)

    def finished(self) -> list[Page]:
        """One function a page; the first has the title."""
        return [self._page(strips, self._title if index == 0 else None) for index, strips in enumerate(self._pages)]

    @staticmethod
    def _page(strips: Sequence[tuple[float, Strip]], title: Text | None) -> Page:
        def draw(pen: Pen) -> None:
            if title:
                end = pen.text(LEFT, _START + 7, title.ja, 16, bold=True)
                pen.note(end + 3, _START + 7, title.en, 10)
            for y, strip in strips:
                strip.draw(pen, y)

        return draw


def evidence(pen: Pen, certificate: Certificate, first: Strip | None, annexed: bool) -> list[Page]:
    """The evidence as pages, after what had no room on page one; ``pen`` only measures.

    The lines have an annex where they are several, or ``annexed``: page one had no room for their names.
    """
    sections = list(_sections(certificate, annexed))
    pages, lonely = _laid_out(pen, first, sections, factors_overleaf=False)
    if lonely:
        # Statements alone on a sheet look forgotten: the factors they speak of go over with them.
        pages, _ = _laid_out(pen, first, sections, factors_overleaf=True)
    return pages.finished()


def _laid_out(pen: Pen, first: Strip | None, sections: Sequence[Section], factors_overleaf: bool) -> tuple[Pages, bool]:
    """The pages, and whether the statements stand alone on the last of several."""
    pages = Pages(_EVIDENCE)
    if first is not None:
        pages.put(first)
    for number, section in enumerate(sections, 1):
        if factors_overleaf and number == len(sections):
            pages.turn()
        put_section(pages, pen, number, section)
    said = list(statements(pen, len(sections) + 1))
    pages.put(*said, before=BETWEEN)
    return pages, pages.only(len(said))


def _sections(certificate: Certificate, annexed: bool) -> Iterator[Section]:
    if annexed or len(certificate.lines) > 1:
        yield lines_section(certificate)
    yield origins_section(certificate)
    if certificate.steps:
        yield steps_section(certificate)
    yield calculation_section(certificate)
    yield factors_section(certificate)


def strips_in(section: Section) -> int:
    """How many pieces a table is laid as: its title, its head, its rows and its note."""
    return 2 + len(section.rows) + bool(section.note)


def put_section(pages: Pages, pen: Pen, number: int, section: Section) -> None:
    """A table on the pages: its head stands with its first row, its last two rows with its note."""
    head = head_strip(section.columns)
    last = len(section.rows) - 1
    rows = [row_strip(pen, section.columns, row, index == last) for index, row in enumerate(section.rows)]
    note = [note_strip(pen, section.note)] if section.note else []
    first, middle, end = rows[:1], rows[1:-2], rows[1:][-2:]
    pages.put(title_strip(number, section.title), head, *first, before=BETWEEN)
    for row in middle:
        pages.put(row, again=(head,))
    pages.put(*end, *note, again=(head,) if end else ())
