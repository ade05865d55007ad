"""Recycled content: the headline, the bar of four columns and its legend."""

from certificates import figures, wording
from certificates.content import Certificate
from certificates.pdf import paper
from certificates.pdf.paper import BODY, BODY_WIDTH, INK, INK_2, LEFT
from certificates.pdf.parts import COLUMN_FILLS, Block, section_label, swatch
from certificates.pdf.pen import Pen
from certificates.statement import Statement
from certificates.wording import Text

_BAR = 8.0
_LEAST = 0.5  # a column under half a percent is still seen
_PITCH = BODY_WIDTH / 4


def recycled_block(pen: Pen, certificate: Certificate | Statement) -> Block:
    """The post-consumer share, and where all the metal came from."""

    def draw(y: float) -> None:
        section_label(pen, y, Text("リサイクル率", "Recycled content"))
        recycled = certificate.recycled
        headline = figures.tenths_of_percent(recycled.post_consumer_g, recycled.mass_g)
        pen.figure(LEFT, y + 17.4, headline, 20, "%", 12)
        pen.text(LEFT, y + 21.4, "使用済み材", 7.5, colour=INK_2)
        pen.note(LEFT + 14.6, y + 21.4, "post-consumer", 7)
        _bar(pen, y + 3, certificate)
        _legend(pen, y + 14.6, certificate)

    return Block(26.6, draw)


def _bar(pen: Pen, y: float, certificate: Certificate | Statement) -> None:
    x = BODY
    for column, width in _widths(certificate.recycled.columns_g):
        fill = COLUMN_FILLS[column]
        if fill is None:
            pen.hatched_box(x, y, width, _BAR)
        pen.box(x, y, width, _BAR, fill=fill, stroke=INK, thickness=0.25)
        x += width


def _widths(columns: tuple[int, ...]) -> list[tuple[int, float]]:
    """Widths of the columns above zero; the widest gives what the thinnest need to be seen."""
    whole = sum(columns)
    widths = {c: max(mass / whole * BODY_WIDTH, _LEAST) for c, mass in enumerate(columns) if mass}
    widest = max(widths, key=lambda column: widths[column])
    widths[widest] -= sum(widths.values()) - BODY_WIDTH
    return list(widths.items())


def _legend(pen: Pen, y: float, certificate: Certificate | Statement) -> None:
    recycled = certificate.recycled
    # Where nobody is named whose own scrap it could be, all customers' stands in one column.
    nobody = certificate.recipient is None and recycled.closed_loop_g == 0
    names = (wording.COLUMNS[0], wording.CUSTOMERS, *wording.COLUMNS[2:]) if nobody else wording.COLUMNS
    rows = list(enumerate(zip(names, figures.shares(recycled), recycled.columns_g, strict=True)))[nobody:]
    for column, (name, share, mass) in rows:
        x = BODY + _PITCH * (column - nobody)
        colour = INK if mass else INK_2
        swatch(pen, x, y, column)
        pen.text(x + 3.8, y, name.ja, 8, bold=bool(mass), colour=colour)
        pen.note(x, y + 3.1, name.en, 6.5)
        end = pen.text(x, y + 7.6, share, 10.5, bold=bool(mass), colour=colour)
        pen.text(end + 0.7, y + 7.6, "%", 8, bold=bool(mass), colour=colour)
        pen.text(x, y + 11, f"{figures.short_kg(mass)} kg", 7, colour=paper.INK_2)
