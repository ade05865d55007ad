"""The CFP in a frame of its own: it is never mixed with the avoided CO2."""

from certificates import figures, wording
from certificates.content import Certificate
from certificates.pdf.paper import INK, INK_2, LEFT, RIGHT
from certificates.pdf.parts import Block
from certificates.pdf.pen import Pen
from certificates.statement import Statement

_TEXT = 56.6
_INSET = 3.2
_ROOM = _TEXT - 2 - LEFT - _INSET


def footprint_block(pen: Pen, certificate: Certificate | Statement) -> Block:
    """Label, figure and statement."""
    width = RIGHT - 1.8 - _TEXT
    said = wording.footprint(certificate.factors)
    japanese, english = pen.lines(said.ja, width, 8), pen.lines(said.en, width, 6.5)
    height = 7.8 + 3.9 * len(japanese) + 2.8 * len(english)

    def draw(y: float) -> None:
        pen.box(LEFT, y, RIGHT - LEFT, height, stroke=INK, thickness=0.3)
        _label(pen, y)
        figure = figures.cfp_two_decimals(certificate.cfp.embodied_g, certificate.mass_g)
        pen.text(LEFT + _INSET - 0.4, y + 16.1, figure, _size(pen, figure), bold=True)
        pen.text(LEFT + _INSET, y + 19.6, "kg-CO₂e/kg", 8)
        end = pen.text(_TEXT, y + 5.2, wording.FOOTPRINT_APART.ja, 8, bold=True)
        pen.note(end + 1.6, y + 5.2, wording.FOOTPRINT_APART.en, 6.5)
        below = pen.paragraph(_TEXT, y + 9.4, japanese, 8, 3.9)
        pen.paragraph(_TEXT, below - 0.5, english, 6.5, 2.8, colour=INK_2)

    return Block(height, draw)


def _size(pen: Pen, figure: str) -> float:
    """Almost nothing made from very much has a footprint of many digits; it keeps off the sentences beside it."""
    return min(20, 20 * _ROOM / pen.width(figure, 20, True))


def _label(pen: Pen, y: float) -> None:
    pen.text(LEFT + _INSET, y + 5.2, "製品のCFP", 8.5, bold=True)
    pen.note(LEFT + _INSET, y + 8.4, "Product carbon footprint", 6.5)
