"""How the way is shown: in full where there is room, else thinner, brief, with stages folded, or on the next page.

A certificate of real metal is printed whatever way it went, so what is tried last is always right: one bar for all
stages, on a page that has room for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from certificates.content import Certificate
from certificates.folding import folded
from certificates.pdf.flow_drawing import THICKEST, Drawing, thinnest
from certificates.pdf.paper import LEFT, RIGHT
from certificates.pdf.parts import Block
from certificates.pdf.pen import Pen
from certificates.pdf.table import Strip

_MOST_BARS = 6  # more would stand closer than their names are wide
_FEWEST_BARS = 3  # on page one; fewer would tell too little of a long way
PAGE = 170.0  # what the way may take of the page of the evidence, mm
_STEP, _COARSE = 0.5, 1.5  # of its thickness; coarse once something has to be left out anyway


@dataclass(frozen=True, slots=True)
class FlowBlock:
    """The section of page one, and the picture for the page after it where page one only says so."""

    block: Block
    overleaf: Strip | None = None


def flow_on_front(pen: Pen, certificate: Certificate, usual: float, most: float) -> FlowBlock | None:
    """The largest and fullest picture that ``usual`` mm allow, or ``most`` where it is as thin as can be; else None."""
    bars = len(certificate.way.stages)
    for drawing in drawings(pen, certificate, min(bars, _FEWEST_BARS), most):
        if drawing.height <= (most if drawing.is_thinnest else usual) and drawing.reads_well(pen):
            return FlowBlock(Block(drawing.height, partial(drawing.draw, pen)))
    return None


def flow_overleaf(pen: Pen, certificate: Certificate) -> FlowBlock:
    """A line on page one, and the picture for the next page."""
    chosen = None
    for chosen in drawings(pen, certificate, 1, PAGE):
        if chosen.height <= PAGE and chosen.reads_well(pen):
            break
    assert chosen is not None
    return FlowBlock(Block(7.4, lambda y: _pointer(pen, y)), Strip(chosen.height + 2, chosen.draw))


def drawings(pen: Pen, certificate: Certificate, fewest: int, most: float) -> Iterator[Drawing]:
    """From the fullest to the smallest; what is higher than ``most`` even at its thinnest is left out."""
    for bars in range(min(max(len(certificate.way.stages), 1), _MOST_BARS), max(fewest, 1) - 1, -1):
        shape = folded(certificate.way, bars)
        for brief in (False, True):
            if Drawing(pen, certificate, shape, thinnest(brief), brief).height <= most:
                step = _COARSE if brief or shape.stages > 1 else _STEP
                for index in range(int((THICKEST - thinnest(brief)) / step) + 1):
                    yield Drawing(pen, certificate, shape, THICKEST - index * step, brief)


def _pointer(pen: Pen, y: float) -> None:
    pen.rule(LEFT, y, RIGHT)
    end = pen.text(LEFT, y + 5.2, "金属の道のり", 8.5, bold=True)
    end = pen.note(end + 1.6, y + 5.2, "The way the metal went", 7)
    end = pen.text(end + 4, y + 5.2, "図は2ページにあります。", 8)
    pen.note(end + 1.6, y + 5.2, "The picture is on page 2.", 6.5)
