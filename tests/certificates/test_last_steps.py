"""Products of one certificate that left by different steps: how much by which, and a picture with no band cut off."""

from certificates.content import Recycled, Stage, Way
from certificates.flow import picture
from certificates.last_steps import Parts, parts_of
from tests.certificates.samples import SAMPLES


def metal(own: int, rest: int = 0) -> Recycled:
    return Recycled(own, own, 0, rest)


def stage(kind: str, entered: Recycled, input_g: int, made: Recycled, passed: Recycled) -> Stage:
    return Stage(kind, (kind,), entered, input_g, input_g - made.mass_g, 0, made, None, passed)


REMELT = stage("remelt", metal(1500, 5000), 6500, metal(1400, 4800), metal(1400, 4800))
EXTRUDE = stage("extrude", metal(0), 6200, metal(1400, 4800), metal(1000, 4600))
FABRICATE = stage("fabricate", metal(0), 4600, metal(0, 4500), metal(0, 1520))
NOTHING = metal(0)


def test_what_left_by_an_earlier_step_follows_from_what_the_later_took() -> None:
    way = Way((REMELT, EXTRUDE, FABRICATE), metal(1000, 1520), None)
    assert parts_of(way) == Parts(1520, {1: 1000}, 0)


def test_bought_metal_beside_it_went_through_no_step() -> None:
    way = Way((REMELT, EXTRUDE, FABRICATE), metal(1000, 1820), None)
    assert parts_of(way) == Parts(1520, {1: 1000}, 300)


def test_what_the_way_does_not_tell_is_not_guessed() -> None:
    """Bodies of billet and of extrusions: whether billet or extrusions were delivered beside them, no sum tells."""
    remelt = stage("remelt", metal(0, 6000), 6000, metal(0, 6000), metal(0, 6000))
    extrude = stage("extrude", NOTHING, 3000, metal(0, 3000), metal(0, 2000))
    fabricate = stage("fabricate", NOTHING, 2500, metal(0, 2500), metal(0, 2500))
    assert parts_of(Way((remelt, extrude, fabricate), metal(0, 3000), None)) == Parts(2500, None, 500)


def test_a_certificate_whose_products_all_left_by_the_last_step_needs_no_parts() -> None:
    assert all(parts_of(made().way) is None for made in SAMPLES.values())


def test_what_left_by_an_earlier_step_is_drawn_on_to_the_certificate() -> None:
    """Found by a trial: the recipient's own metal was in the profile alone, and its band ended in the air."""
    drawn = picture(Way((REMELT, EXTRUDE, FABRICATE), metal(1000, 1520), None))
    last = [(ribbon.column, ribbon.mass_g) for ribbon in drawn.strata if ribbon.end[0] == drawn.end]
    assert last == [(0, 1000), (3, 1520)]
    assert [station.made_g for station in drawn.stations] == [6200, 6200, 4500]
    assert [station.rest_g for station in drawn.stations] == [0, 600, 2980]
    assert all(station.bar_g <= drawn.thickest_g for station in drawn.stations)
