"""The frame of the CFP: its figure keeps off the sentences beside it."""

from dataclasses import replace

import pypdfium2

from certificates.content import Footprint
from certificates.fonts import Fonts
from certificates.pdf import render
from tests.certificates.samples import SAMPLES

SENTENCES = 56.6 * 72 / 25.4  # where they begin, in points


def _right_of(data: bytes, words: str) -> float:
    with pypdfium2.PdfDocument(data) as document:
        page = document[0].get_textpage()
        found = page.search(words).get_next()
        assert found is not None
        first, count = found
        right: float = page.get_charbox(first + count - 1)[2]
        return right


def test_a_footprint_of_many_digits_stands_in_its_own_column(fonts: Fonts) -> None:
    """A gram made from a tonne carries all that the tonne emitted."""
    certificate = replace(SAMPLES["truck_body"](), mass_g=1, cfp=Footprint("1652000.000000", 1_652_000))
    assert _right_of(render(certificate, fonts), "1,652,000.00") < SENTENCES
