"""Labels: how much there is stands on every one, and what is cut says so."""

import pypdfium2
import pytest

from certificates.fonts import Fonts
from certificates.labels import LAYOUTS, Label, render_labels
from tests.certificates import reading

ADDRESS = "https://loop.example.jp/L/S26-1118"
CAR = (
    "1,234,567.125 kg  1,600 両",
    "スクラップ  A6N01  新幹線車両 構体用押出形材",
    "例示旅客鉄道株式会社",
    "押出工場（新潟） 第3ヤード 12",
    "2026年11月25日",
)


def label(*lines: str) -> Label:
    return Label(ADDRESS, "S26-1118", lines)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_line_too_long_for_a_label_goes_on_in_the_next(layout: str, fonts: Fonts) -> None:
    """Found by a trial: of 3 bodies the label said none, and of 16 cars it said 16 of nothing."""
    said = reading.text(render_labels([label(*CAR)], LAYOUTS[layout], fonts))
    for line in CAR:
        assert reading.squeezed(line) in said


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_longer_than_two_lines_ends_in_a_sign_and_the_quantity_stays(layout: str, fonts: Fonts) -> None:
    lines = (CAR[0], *["とても長い品名" * 30] * 9)
    data = render_labels([label(*lines)], LAYOUTS[layout], fonts)
    said = reading.text(data)
    assert reading.squeezed(CAR[0]) in said
    assert "…" in said


@pytest.mark.parametrize("layout", ["62x29", "80x50", "100x60"])
def test_nothing_is_printed_over_the_edge_of_a_label(layout: str, fonts: Fonts) -> None:
    lines = (*CAR, *["とても長い品名" * 30] * 9)
    with pypdfium2.PdfDocument(render_labels([label(*lines)], LAYOUTS[layout], fonts)) as document:
        page, (width, _) = document[0], document[0].get_size()
        text = page.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        assert all(box[2] <= width and box[1] >= 0 for box in boxes)
