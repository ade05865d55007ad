"""The geometry of the flow picture: one scale, nothing lost, nothing of nothing."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from certificates.content import Way
from certificates.flow import HAIRLINE, picture
from tests.certificates.samples import SAMPLES, ways


@given(ways())
@settings(max_examples=80, deadline=None)
def test_every_way_has_a_picture_within_its_bounds(way: Way) -> None:
    drawn = picture(way)
    assert drawn.end == len(way.stages) + 1
    assert all(ribbon.mass_g > 0 for ribbon in (*drawn.inlets, *drawn.strata, *drawn.rests))
    assert all(ribbon.thickness_g >= HAIRLINE * drawn.thickest_g for ribbon in (*drawn.inlets, *drawn.strata))
    assert all(0 <= x <= drawn.end and y >= 0 for r in (*drawn.inlets, *drawn.rests) for x, y in r.outline)
    assert all(station.bar_g <= drawn.thickest_g for station in drawn.stations)


@given(ways())
@settings(max_examples=80, deadline=None)
def test_strata_between_two_bars_are_what_was_passed_on(way: Way) -> None:
    drawn = picture(way)
    for index, stage in enumerate(way.stages):
        between = [ribbon for ribbon in drawn.strata if ribbon.start[0] == index + 1]
        assert sum(ribbon.mass_g for ribbon in between) == stage.passed.mass_g
        assert all(ribbon.is_straight for ribbon in between)


@given(ways())
@settings(max_examples=80, deadline=None)
def test_the_centres_of_labelled_inlets_keep_their_pitch(way: Way) -> None:
    drawn = picture(way, pitch=0.3)
    exact = [inlet.start[1] + inlet.mass_g / 2 for inlet in drawn.first_inlets]
    assert all(after - before >= 0.3 * drawn.thickest_g * 0.999 for before, after in pairwise(exact))


def test_without_stages_the_metal_runs_straight_to_the_delivery() -> None:
    drawn = picture(SAMPLES["direct_billet"]().way)
    assert drawn.stations == ()
    assert [inlet.end[0] for inlet in drawn.inlets] == [1.0]


def test_metal_that_enters_later_joins_from_below() -> None:
    drawn = picture(SAMPLES["profile_by_mass"]().way)
    (late,) = [inlet for inlet in drawn.inlets if inlet.start[0] > 0]
    assert 1 < late.start[0] < late.end[0] == 2.0
    assert late.start[1] > late.end[1]
    assert late.mass_g == 1_020_000


@pytest.mark.parametrize("name", SAMPLES)
def test_first_inlets_are_what_entered_first(name: str) -> None:
    way = SAMPLES[name]().way
    first = way.stages[0].entered if way.stages else way.delivered
    assert [r.mass_g for r in picture(way).first_inlets] == [mass for mass in first.columns_g if mass]
