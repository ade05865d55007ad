"""Page one: the sections from the top, the proof and the frame of the CFP from the foot, the spare room between.

What needs more room than the page has goes over to the evidence, with a word here: first the picture of the way, then
the names of the product. Only texts that no form takes are refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certificates.content import Certificate
from certificates.pdf.claim import claim_block
from certificates.pdf.flow_layout import flow_on_front, flow_overleaf
from certificates.pdf.footprint import footprint_block
from certificates.pdf.parts import Block
from certificates.pdf.pen import Pen
from certificates.pdf.product import annexed_block, product_block
from certificates.pdf.proof import proof_block
from certificates.pdf.refusal import CannotPrint
from certificates.pdf.share_bar import recycled_block
from certificates.pdf.table import Strip
from certificates.pdf.title import sentences_block, title_block

_START = 24.0
_END = 278.0  # above the foot rule
_GAP = 0.8  # least space between two sections
_USUAL_GAP = 1.5
_MOST = 4.2
_TITLE_GAP = 0.8
_BEFORE_PROOF = 4.2
_GAPS = 6


@dataclass(frozen=True, slots=True)
class Front:
    """Page one laid out, and what goes over to the pages after it."""

    blocks: Sequence[tuple[float, Block]]
    overleaf: Strip | None
    annexed: bool

    def draw(self, _pen: Pen) -> None:
        for y, block in self.blocks:
            block.draw(y)


def front(pen: Pen, certificate: Certificate) -> Front:
    """Lay out page one; CannotPrint where its texts need more than the page."""
    proof, footprint = proof_block(pen, certificate), footprint_block(pen, certificate)
    end = _END - proof.height - _BEFORE_PROOF - footprint.height
    above = [title_block(pen, certificate), sentences_block(pen, certificate)]
    below = [claim_block(pen, certificate), recycled_block(pen, certificate)]
    for product, annexed in _products(pen, certificate):
        upper = [*above, product, *below]
        room = end - _START - _TITLE_GAP - sum(block.height for block in upper)
        flow = flow_on_front(pen, certificate, room - _GAPS * _USUAL_GAP, room - _GAPS * _GAP)
        flow = flow or flow_overleaf(pen, certificate)
        spare = (room - flow.block.height) / _GAPS
        if spare >= _GAP:
            stacked = _stacked([*upper, flow.block], min(spare, _MOST))
            return Front([*stacked, (end, footprint), (_END - proof.height, proof)], flow.overleaf, annexed)
    raise CannotPrint("recipient" if certificate.verifier is None else "verifier")


def _products(pen: Pen, certificate: Certificate) -> Iterator[tuple[Block, bool]]:
    """The product by its names, then with those in the annex."""
    named = product_block(pen, certificate)
    if named is not None:
        yield named, False
    yield annexed_block(pen, certificate), True


def _stacked(blocks: Sequence[Block], gap: float) -> Iterator[tuple[float, Block]]:
    y = _START
    for index, block in enumerate(blocks):
        yield y, block
        y += block.height + (_TITLE_GAP + gap if index == 0 else gap)
