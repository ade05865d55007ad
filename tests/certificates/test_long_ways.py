"""A certificate of real metal is printed, whatever way it went and however long its names are."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from reportlab.pdfgen.canvas import Canvas

from certificates.content import Certificate, Party, Way
from certificates.folding import folded
from certificates.fonts import Fonts
from certificates.pdf import CannotPrint, check, flow_layout, render
from certificates.pdf.flow_drawing import Drawing
from certificates.pdf.front import front
from certificates.pdf.pen import Pen
from tests.certificates import reading
from tests.certificates.long_ways import LOT, NAME, NUMBER, QUOTE, five_stages, long_certificates, long_ways
from tests.certificates.samples import SAMPLES

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])


def _pen(fonts: Fonts) -> Pen:
    return Pen(Canvas(BytesIO()), fonts)


@FEW
@given(certificate=long_certificates())
def test_any_way_and_any_text_of_a_form_is_printed_with_its_sections_apart(
    certificate: Certificate, fonts: Fonts
) -> None:
    check(certificate, fonts)
    blocks = front(_pen(fonts), certificate).blocks
    ends = [y + block.height for y, block in blocks]
    assert all(end <= y for end, (y, _) in zip(ends, blocks[1:], strict=False))
    assert ends[-1] <= 281


@FEW
@given(way=long_ways())
def test_every_word_of_a_picture_can_be_read(way: Way, fonts: Fonts) -> None:
    """On page one only such pictures are taken; overleaf, where there is room, there always is one."""
    certificate = replace(SAMPLES["truck_body"](), way=way)
    pen, page = _pen(fonts), flow_layout.PAGE
    assert any(drawing.reads_well(pen) for drawing in flow_layout.drawings(pen, certificate, 1, page))


@given(way=long_ways())
@settings(max_examples=40, deadline=None)
def test_folded_stages_lose_no_metal(way: Way) -> None:
    for most in range(1, len(way.stages) + 1):
        short = folded(way, most)
        assert len(short.way.stages) == min(most, len(way.stages))
        assert len(short.way.stages) - 1 + short.stages == len(way.stages)
        assert sum(s.loss_g for s in short.way.stages) == sum(s.loss_g for s in way.stages)
        assert sum(s.entered.mass_g for s in short.way.stages) == sum(s.entered.mass_g for s in way.stages)
        assert all(s.input_g == s.loss_g + s.returns_g + s.made.mass_g for s in short.way.stages)
        assert [n for s in short.way.stages for n in s.numbers] == [n for s in way.stages for n in s.numbers]


def test_five_stages_that_all_take_metal_stay_on_page_one(fonts: Fonts) -> None:
    """What the forms call real: it was refused as "recipient" until the picture could give way."""
    data = render(five_stages(), fonts)
    first = reading.page_text(data, 1)
    assert "図は2ページにあります" not in first
    assert "内訳は工程の表" in first
    assert "本証明書" in first


def test_where_page_one_is_full_the_picture_is_overleaf_and_page_one_says_so(fonts: Fonts) -> None:
    long = replace(five_stages(), recipient=Party("LONG", "長い名前の会社" * 28, "A company of a long name " * 8))
    data = render(long, fonts)
    assert "図は2ページにあります" in reading.page_text(data, 1)
    assert "本証明書" not in reading.page_text(data, 1)
    assert "金属の道のり" in reading.page_text(data, 2)
    assert "本証明書" in reading.page_text(data, 2)
    assert "長い名前の会社" * 28 in reading.page_text(data, 1)


def test_a_product_of_a_long_name_is_in_the_annex_in_full(fonts: Fonts) -> None:
    base = SAMPLES["truck_body"]()
    name = "先頭車・中間車共通の大型中空押出形材" * 11
    data = render(replace(base, lines=(replace(base.lines[0], product_ja=name[:NAME]),)), fonts)
    assert "別紙thelineinfullintheannexonpage2" in reading.page_text(data, 1)
    assert name[:NAME] in reading.page_text(data, 2)


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Q" * QUOTE},
        {"delivery_notes": ("D" * NUMBER, "E" * NUMBER)},
        {"sites": (Party("S", "長い名前の工場" * 28, "Works"),)},
        {"replaces": "G" * LOT},
    ],
    ids=["quote", "delivery notes", "site", "replaces"],
)
def test_a_fact_at_its_full_length_is_printed(change: dict[str, object], fonts: Fonts) -> None:
    try:
        check(replace(SAMPLES["five_lines"](), **change), fonts)  # type: ignore[arg-type]
    except CannotPrint as refusal:
        pytest.fail(str(refusal))


def test_a_picture_in_full_is_preferred_to_a_brief_one(fonts: Fonts) -> None:
    pen, certificate = _pen(fonts), five_stages()
    first = next(iter(flow_layout.drawings(pen, certificate, 1, flow_layout.PAGE)))
    assert isinstance(first, Drawing)
    assert flow_layout.flow_on_front(pen, certificate, 5, 5) is None
    roomy = flow_layout.flow_on_front(pen, certificate, flow_layout.PAGE, flow_layout.PAGE)
    tight = flow_layout.flow_on_front(pen, certificate, 42, 42)
    assert roomy is not None
    assert tight is not None
    assert roomy.block.height > tight.block.height
