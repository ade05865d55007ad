"""Steps and taking: whatever is charged and tapped, it closes to the gram."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.lots import Amount, Kind, Lot, Place, take
from app.ledger.metal import Metal, together
from app.ledger.refusals import Code, Refused
from app.ledger.transformations import Planned, StepKind, StepRule, tap

AT = datetime(2026, 10, 1, tzinfo=UTC)
EVERY = frozenset(Kind)
RULE = StepRule(StepKind.REMELT, EVERY, EVERY)
contents = st.dictionaries(st.integers(1, 20), st.integers(1, 10**8), min_size=1, max_size=6)
kinds = st.sampled_from([Kind.BILLET, Kind.INGOT, Kind.RETURN, Kind.HEEL])


@st.composite
def steps(draw: st.DrawFn) -> tuple[Metal, list[Planned], int]:
    """A charge, outputs that it suffices for, and process emissions."""
    charge = Metal.of(draw(contents), draw(st.integers(0, 10**9)))
    outputs, left = [], charge.mass_g
    for kind in draw(st.lists(kinds, min_size=1, max_size=5)):
        mass = draw(st.integers(1, max(1, left)))
        if mass <= left:
            outputs.append(Planned(kind, mass))
            left -= mass
    return charge, outputs, draw(st.integers(0, 10**9))


@given(steps())
def test_a_step_closes_to_the_gram_by_origin_and_in_co2(case: tuple[Metal, list[Planned], int]) -> None:
    charge, outputs, process_g = case
    tapped = tap(RULE, charge, outputs, process_g)
    assert together([*tapped.outputs, tapped.loss]).content == charge.content
    assert [metal.mass_g for metal in tapped.outputs] == [output.mass_g for output in outputs]
    left_g = charge.embodied_g + process_g - sum(metal.embodied_g for metal in tapped.outputs)
    assert tapped.loss.embodied_g == 0
    assert left_g == 0 or not outputs


@given(steps())
def test_returns_bear_no_emissions_of_the_step_that_others_can_bear(case: tuple[Metal, list[Planned], int]) -> None:
    charge, outputs, process_g = case
    if all(output.kind is Kind.RETURN for output in outputs):
        return
    with_emissions, without = (tap(RULE, charge, outputs, co2) for co2 in (process_g, 0))
    for output, one, other in zip(outputs, with_emissions.outputs, without.outputs, strict=True):
        assert output.kind is not Kind.RETURN or one == other


@given(contents, st.integers(1, 10**6))
def test_more_out_than_in_is_refused(content: dict[int, int], more: int) -> None:
    charge = Metal.of(content, 0)
    with pytest.raises(Refused) as refused:
        tap(RULE, charge, [Planned(Kind.BILLET, charge.mass_g + more)], 0)
    assert refused.value.code is Code.MORE_OUT_THAN_IN


@given(contents, st.integers(1, 40), st.data())
def test_units_taken_one_after_the_other_are_the_whole_lot(
    content: dict[int, int], units: int, data: st.DataObject
) -> None:
    whole = Metal.of(content, 12345)
    lot = Lot("T", Kind.PRODUCT, Place(site="MC"), AT, whole, units)
    taken = []
    while lot.units:
        wanted = data.draw(st.integers(1, lot.units))
        share = lot.metal.mass_g * wanted // lot.units
        if not share:  # less than a gram is no metal, and refused; all that is left can always be taken
            with pytest.raises(Refused):
                take(lot, Amount(units=wanted))
            wanted = lot.units
        taking = take(lot, Amount(units=wanted))
        assert taking.metal.mass_g == (lot.metal.mass_g if wanted == lot.units else share)
        taken.append(taking.metal)
        lot = taking.left
    assert together(taken) == whole
    with pytest.raises(Refused):
        take(lot, Amount(units=1))
