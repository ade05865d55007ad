"""Rounding: never above what the metal supports, and shares that add up."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from certificates import figures
from certificates.content import Recycled
from tests.certificates.samples import recycled


@given(recycled(1))
def test_printed_shares_sum_to_a_hundred_and_no_recycled_one_is_above_the_exact(metal: Recycled) -> None:
    printed = [Decimal(share) for share in figures.shares(metal)]
    assert sum(printed) == Decimal("100.0")
    for share, mass in zip(printed[:3], metal.columns_g, strict=False):
        assert share * metal.mass_g <= mass * 100


@given(recycled(1))
def test_the_headline_is_never_above_the_exact_share(metal: Recycled) -> None:
    headline = Decimal(figures.tenths_of_percent(metal.post_consumer_g, metal.mass_g))
    assert headline * metal.mass_g <= metal.post_consumer_g * 100


@given(st.integers(0, 10**15))
def test_whole_kilograms_round_down_and_exact_ones_lose_nothing(grams: int) -> None:
    assert int(figures.whole_kg(grams).replace(",", "")) == grams // 1000
    assert Decimal(figures.exact_kg(grams).replace(",", "")) * 1000 == grams
    assert Decimal(figures.short_kg(grams).replace(",", "")) * 1000 == grams
    assert figures.grams(figures.kg_text(grams)) == grams


@given(st.integers(0, 10**12), st.integers(1, 10**9))
def test_the_footprint_rounds_up_by_less_than_a_hundredth(embodied: int, mass: int) -> None:
    printed = Decimal(figures.cfp_two_decimals(embodied, mass).replace(",", ""))
    assert 0 <= printed * mass - embodied < Decimal("0.01") * mass
