"""The pictures of the way on the public page, for ways of any length: never an exception, no label on another."""

import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

from app.pages.verify.drawing import width_of
from app.pages.verify.flow import Orientation, flow, flow_svg
from app.pages.verify.flow_across import TooNarrow
from certificates.content import Certificate, Way
from tests.certificates.long_ways import five_stages, long_ways
from tests.certificates.samples import SAMPLES
from tests.pages.verify.markup import Element, Page
from tests.pages.verify.states import LOCALES

SIZES = {"t": 17 / 14}
ASCENT, DESCENT = 11, 2  # of text of 14 px
Box = tuple[float, float, float, float]


def _box(words: Element) -> Box:
    styles = (words.attributes["class"] or "").split()
    larger = max(SIZES.get(style, 1.0) for style in styles)
    wide = width_of(words.text, "b" in styles) * larger * 0.94  # it is an estimate on the safe side
    x, y = float(words.attributes["x"] or ""), float(words.attributes["y"] or "")
    left = x - wide if words.attributes.get("text-anchor") == "end" else x
    return left, y - ASCENT * larger, left + wide, y + DESCENT * larger


def _meet(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1


def _stand_apart(certificate: Certificate, locale: str, orientation: Orientation) -> None:
    picture = Page(flow_svg(certificate, locale, orientation))
    _, _, width, height = map(float, (picture.all("svg")[0].attributes["viewbox"] or "").split())
    boxes = [(words.text, _box(words)) for words in picture.all("text")]
    for text, (left, top, right, bottom) in boxes:
        assert left >= -1, text
        assert right <= width + 1, text
        assert top >= -1, text
        assert bottom <= height + 1, text
    assert [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if _meet(a, b)] == []


@pytest.mark.parametrize("locale", LOCALES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
@given(way=long_ways())
def test_labels_of_any_way_stand_apart(way: Way, locale: str) -> None:
    certificate = replace(SAMPLES["truck_body"](), way=way)
    drawn = flow(certificate, locale)
    assert not re.search("nan|inf", drawn.down)
    _stand_apart(certificate, locale, "down")
    if drawn.across is not None:
        _stand_apart(certificate, locale, "across")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", [*SAMPLES, "five_stages"])
def test_labels_of_a_usual_way_stand_apart(name: str, locale: str) -> None:
    certificate = five_stages() if name == "five_stages" else SAMPLES[name]()
    for orientation in ("down", "across"):
        try:
            _stand_apart(certificate, locale, orientation)
        except TooNarrow:
            continue
