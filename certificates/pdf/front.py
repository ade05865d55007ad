"""Page one: the sections from the top, the proof and the frame of the CFP from the foot, the spare room between."""

from certificates.content import Certificate
from certificates.pdf.claim import claim_block
from certificates.pdf.flow_drawing import flow_block
from certificates.pdf.footprint import footprint_block
from certificates.pdf.parts import Block
from certificates.pdf.pen import Pen
from certificates.pdf.product import product_block
from certificates.pdf.proof import proof_block
from certificates.pdf.refusal import CannotPrint
from certificates.pdf.share_bar import recycled_block
from certificates.pdf.title import sentences_block, title_block

_START = 24.0
_END = 278.0  # above the foot rule
_GAP = 0.8  # least space between two sections
_USUAL_GAP = 1.5
_MOST = 4.2
_TITLE_GAP = 0.8
_BEFORE_PROOF = 4.2


def front(pen: Pen, certificate: Certificate) -> None:
    """Draw page one; CannotPrint where its texts need more than the page."""
    proof = proof_block(pen, certificate)
    footprint = footprint_block(pen, certificate)
    upper = [
        title_block(pen, certificate), sentences_block(pen, certificate), product_block(pen, certificate),
        claim_block(pen, certificate), recycled_block(pen, certificate),
    ]  # fmt: skip
    end = _END - proof.height - _BEFORE_PROOF - footprint.height
    room = end - _START - _TITLE_GAP - sum(block.height for block in upper)
    flow = flow_block(pen, certificate, room - 6 * _USUAL_GAP)
    spare = (room - flow.height) / 6
    if spare < _GAP:
        raise CannotPrint("recipient")
    _stack([*upper, flow], min(spare, _MOST))
    footprint.draw(end)
    proof.draw(_END - proof.height)


def _stack(blocks: list[Block], gap: float) -> None:
    y = _START
    for index, block in enumerate(blocks):
        block.draw(y)
        y += block.height + (_TITLE_GAP + gap if index == 0 else gap)
