"""When words beside the picture count as readable."""

from dataclasses import replace
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from certificates.fonts import Fonts
from certificates.pdf.flow_words import Word, note, stand_apart
from certificates.pdf.pen import Pen

ENGLISH = note(18, 5, "Closed loop: your own scrap", 6.2)


@pytest.fixture
def pen(fonts: Fonts) -> Pen:
    return Pen(Canvas(BytesIO()), fonts)


@pytest.mark.parametrize(("pitch", "apart"), [(2.4, False), (2.8, True)])
def test_kanji_keep_off_the_tails_of_the_line_above(pitch: float, apart: bool, pen: Pen) -> None:
    below = Word(18, 5 + pitch, "他のお客様の発生品", 7.5, bold=True)
    assert stand_apart(pen, [ENGLISH, below], []) is apart


@pytest.mark.parametrize(("gap", "apart"), [(0.2, False), (1.0, True)])
def test_words_of_a_line_do_not_run_into_one(gap: float, apart: bool, pen: Pen) -> None:
    beside = note(ENGLISH.box(pen)[2] + gap, 5, "364.222 kg", 6.2)
    assert stand_apart(pen, [ENGLISH, beside], []) is apart


def test_words_stay_on_the_sheet_and_off_shapes(pen: Pen) -> None:
    assert not stand_apart(pen, [replace(ENGLISH, x=180)], [])
    assert not stand_apart(pen, [ENGLISH], [(20, 4, 21, 6)])
