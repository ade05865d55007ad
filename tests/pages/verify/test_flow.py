import re

import pytest

from app.pages.verify.flow import flow, flow_svg
from app.pages.verify.flow_across import TooNarrow
from app.pages.verify.shares import shares
from certificates.content import Recycled
from certificates.figures import short_kg
from tests.certificates.cases import SAMPLES
from tests.pages.verify.markup import Page
from tests.pages.verify.states import LOCALES


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_picture_says_its_conclusion_to_those_who_cannot_see_it(name: str, locale: str):
    certificate = SAMPLES[name]()
    drawn = flow(certificate, locale)
    for picture in (drawn.down, drawn.across):
        if picture is not None:
            svg = Page(picture).all("svg")[0]
            title = Page(picture).all("title")[0]
            assert title.text == drawn.conclusion
            assert svg.attributes["role"] == "img"
            assert svg.attributes["aria-labelledby"] == title.attributes["id"]
            assert short_kg(certificate.way.delivered.mass_g) in title.text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", SAMPLES)
def test_everything_is_drawn_inside_the_picture(name: str, locale: str):
    for orientation in ("down", "across"):
        try:
            picture = Page(flow_svg(SAMPLES[name](), locale, orientation))
        except TooNarrow:
            continue
        _, _, width, height = map(float, (picture.all("svg")[0].attributes["viewbox"] or "").split())
        for words in picture.all("text"):
            assert 0 <= float(words.attributes["x"] or "") <= width
            assert 10 <= float(words.attributes["y"] or "") <= height
        for bar in picture.all("rect"):
            assert float(bar.attributes["y"] or "") + float(bar.attributes["height"] or "") <= height
            assert float(bar.attributes["x"] or "") + float(bar.attributes["width"] or "") <= width


@pytest.mark.parametrize("name", SAMPLES)
def test_no_two_labels_of_the_wide_picture_start_on_the_same_spot(name: str):
    try:
        picture = Page(flow_svg(SAMPLES[name](), "ja", "across"))
    except TooNarrow:
        return
    spots = [(words.attributes["x"], words.attributes["y"]) for words in picture.all("text")]
    assert len(spots) == len(set(spots))


def test_a_way_of_many_narrow_labels_is_drawn_downwards_for_the_desk_too():
    assert flow(SAMPLES["five_lines"](), "en").across is None
    assert flow(SAMPLES["train_set"](), "en").across is not None


def test_the_picture_never_styles_itself():
    assert not re.search(r"style=|<style|url\(", flow(SAMPLES["five_lines"](), "ja").down)


def test_the_table_has_every_stage_with_what_went_in_and_came_out():
    certificate = SAMPLES["truck_body"]()
    groups = flow(certificate, "en").table
    assert [group.head for group in groups] == ["Remelt H26-1019", "Fabricate F26-1106", "This certificate"]
    assert dict(groups[0].rows)["Loss"] == "96 kg"
    assert dict(groups[1].rows)["In-house returns"] == "180 kg"
    assert dict(groups[2].rows)["Metal delivered"] == "700 kg"


def test_a_share_under_half_a_percent_is_still_drawn_and_zero_is_not():
    own, other, pre, rest = shares(Recycled(999_999, 999_998, 0, 1), "en")
    assert (own.drawn, other.drawn, pre.drawn, rest.drawn) == (True, True, False, True)
    assert other.width is None
    assert rest.width is None
    assert float(rest.at) <= 99.4
    assert own.percent == "99.9"
