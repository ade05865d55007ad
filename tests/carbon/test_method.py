"""The carbon method: the lower of two caps, floors where it says, factors by the Japanese day."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.carbon.avoided import Avoided, UnitFactor, avoided, sum_of
from app.carbon.factors import Factor, in_force, japan_day
from app.carbon.footprint import StepMasses, cfp_text, entry_footprint, process_emissions
from app.ledger.lots import Kind
from app.ledger.refusals import Code, Refused
from app.ledger.transformations import StepKind
from app.schemas.reference_files import own_files, read_sheets

ALL = read_sheets(own_files()).factors
FACTORS = in_force(ALL, date(2026, 10, 1))
BODY = UnitFactor("avoided.truck-body")
CAR = UnitFactor("avoided.shinkansen-trainset", "cars-per-trainset")
masses = st.integers(0, 10**10)


@pytest.mark.parametrize(
    ("grams", "units", "factor", "claim"), [(687_286, 1, BODY, 8_000), (4_295_533, 16, CAR, 50_000)]
)
def test_the_published_figure_needs_this_much_recycled_metal_and_not_a_gram_less(
    grams: int, units: int, factor: UnitFactor, claim: int
) -> None:
    assert avoided(grams, units, factor, FACTORS).claimed_g == claim * 1000
    assert avoided(grams - 1, units, factor, FACTORS).claimed_g < claim * 1000


def test_factors_come_from_their_published_parts() -> None:
    assert FACTORS.avoided_by_recycling == Fraction("11.64")
    assert FACTORS.remelting == Fraction("0.36")
    assert BODY.grams_per_unit(FACTORS) == 8_000_000
    assert CAR.grams_per_unit(FACTORS) == 3_125_000


@given(masses, st.one_of(st.none(), st.integers(1, 1000)), st.sampled_from([None, BODY, CAR]))
def test_neither_cap_is_ever_exceeded(grams: int, units: int | None, factor: UnitFactor | None) -> None:
    claim = avoided(grams, units, factor, FACTORS)
    assert claim.claimed_g <= grams * Fraction("11.64")
    assert claim.by_mass_g == grams * 1164 // 100
    if units is None or factor is None:
        assert claim == Avoided(claim.by_mass_g, None, claim.by_mass_g)
    else:
        assert claim.by_unit_g is not None
        assert claim.claimed_g == min(claim.by_unit_g, claim.by_mass_g)


@given(st.lists(st.tuples(masses, st.integers(1, 20)), min_size=1, max_size=6))
def test_a_certificate_sums_the_lower_of_each_line(lines: list[tuple[int, int]]) -> None:
    claims = [avoided(grams, units, BODY, FACTORS) for grams, units in lines]
    total = sum_of(claims)
    assert total.by_unit_g is not None
    assert total.claimed_g == sum(claim.claimed_g for claim in claims) <= min(total.by_unit_g, total.by_mass_g)


@given(masses, masses, masses)
def test_a_steps_emissions_are_summed_and_floored_once(scrap: int, product_in: int, product_out: int) -> None:
    step = StepMasses(scrap, product_in, product_out)
    produced = 2 * max(0, product_out - product_in)
    assert process_emissions(StepKind.REMELT, step, FACTORS) == scrap * 36 // 100 + produced
    assert process_emissions(StepKind.FABRICATE, step, FACTORS) == produced


@pytest.mark.parametrize(
    ("kind", "scrap_class", "kg_per_kg"),
    [
        (Kind.SCRAP, "post_consumer", 0),
        (Kind.SCRAP, "pre_consumer", 0),
        (Kind.SCRAP, "internal", 12),
        (Kind.PRIMARY, None, 12),
        (Kind.BILLET, None, 12),
    ],
)
def test_only_recycled_scrap_enters_at_zero(kind: Kind, scrap_class: str | None, kg_per_kg: int) -> None:
    assert entry_footprint(kind, scrap_class, FACTORS) == kg_per_kg


@pytest.mark.parametrize(
    ("embodied", "mass", "text"),
    [(1, 2_000_000, "0.000001"), (1, 2_000_001, "0.000000"), (1665263, 700000, "2.378947"), (0, 5, "0.000000")],
)
def test_cfp_has_six_decimals_half_up(embodied: int, mass: int, text: str) -> None:
    assert cfp_text(embodied, mass) == text


def test_a_factor_is_in_force_from_its_first_to_its_last_day_in_japan() -> None:
    old = replace(ALL[0], valid_to=date(2026, 3, 31))
    new: Factor = replace(ALL[0], version=2, value="9000", valid_from=date(2026, 4, 1))
    assert in_force([old, new], date(2026, 3, 31))[old.key].version == 1
    assert in_force([old, new], date(2026, 4, 1))[old.key].version == 2
    assert japan_day(datetime(2026, 3, 31, 15, tzinfo=UTC)) == date(2026, 4, 1)


def test_a_day_without_the_factor_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        in_force(ALL, date(2024, 3, 31))["footprint.primary"]
    assert refused.value.code is Code.NO_FACTORS_IN_FORCE
