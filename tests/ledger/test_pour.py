"""The law of pouring: exact, proportional, nothing lost and nothing made."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.metal import NOTHING, Metal, together
from app.ledger.transformations import lose

contents = st.dictionaries(st.integers(1, 50), st.integers(0, 10**9), min_size=1, max_size=12)
metals = st.builds(Metal.of, contents, st.integers(0, 10**12))


@st.composite
def poured(draw: st.DrawFn) -> tuple[Metal, int]:
    metal = draw(metals)
    return metal, draw(st.integers(0, metal.mass_g))


@given(poured())
def test_nothing_is_lost_and_nothing_is_made(case: tuple[Metal, int]) -> None:
    metal, mass_g = case
    out, left = metal.pour(mass_g)
    assert out.mass_g == mass_g
    assert together([out, left]) == metal
    assert min([grams for _, grams in (*out.content, *left.content)], default=1) > 0


@given(poured())
def test_each_origin_gives_its_share_to_within_a_gram(case: tuple[Metal, int]) -> None:
    metal, mass_g = case
    out, _ = metal.pour(mass_g)
    given_g = dict(out.content)
    for origin, grams in metal.content:
        exact = Fraction(grams * mass_g, metal.mass_g)
        assert abs(given_g.get(origin, 0) - exact) < 1
    assert metal.mass_g == 0 or out.embodied_g == (metal.embodied_g * mass_g // metal.mass_g)


@given(poured())
def test_the_missing_grams_go_to_the_largest_remainders_and_ties_to_the_first(case: tuple[Metal, int]) -> None:
    metal, mass_g = case
    given_g = dict(metal.pour(mass_g)[0].content)
    shares = [(origin, *divmod(grams * mass_g, metal.mass_g)) for origin, grams in metal.content]
    lucky = [(-rest, origin) for origin, floor, rest in shares if given_g.get(origin, 0) == floor + 1]
    others = [(-rest, origin) for origin, floor, rest in shares if given_g.get(origin, 0) == floor]
    assert len(lucky) + len(others) == len(shares)
    assert not lucky or not others or max(lucky) < min(others)


@given(metals)
def test_pouring_all_takes_all_and_pouring_nothing_takes_nothing(metal: Metal) -> None:
    assert metal.pour(metal.mass_g)[0].content == metal.content
    assert metal.pour(0) == (NOTHING, metal)
    if metal.mass_g:
        assert metal.pour(metal.mass_g) == (metal, NOTHING)


@given(poured())
def test_a_loss_takes_grams_and_no_co2(case: tuple[Metal, int]) -> None:
    metal, mass_g = case
    lost, left = lose(metal, mass_g)
    assert (lost.mass_g, lost.embodied_g) == (mass_g, 0)
    assert left.embodied_g == metal.embodied_g


@given(metals, st.integers(1, 10**6))
def test_more_than_there_is_cannot_be_poured(metal: Metal, more: int) -> None:
    with pytest.raises(ValueError, match="cannot pour"):
        metal.pour(metal.mass_g + more)
    with pytest.raises(ValueError, match="cannot pour"):
        metal.pour(-more)


def test_of_two_equal_origins_the_one_registered_first_gives_the_gram() -> None:
    out, _ = Metal.of({7: 100, 3: 100}, 0).pour(1)
    assert out.content == ((3, 1),)


@pytest.mark.parametrize(("content", "embodied"), [({1: -1}, 0), ({1: 1}, -1)])
def test_metal_below_zero_cannot_be(content: dict[int, int], embodied: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        Metal.of(content, embodied)
