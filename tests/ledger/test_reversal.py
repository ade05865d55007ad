"""Moving back is the exact inverse of taking, whatever was taken meanwhile."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.ledger.lots import Amount, Kind, Lot, Place, take
from app.ledger.metal import Metal
from app.ledger.reversal import moved_back
from tests.house import NOW

contents = st.dictionaries(st.integers(1, 9), st.integers(1, 10**9), min_size=1, max_size=6)


def lot_of(content: dict[int, int], embodied_g: int, units: int | None = None) -> Lot:
    return Lot("L", Kind.PRODUCT, Place(site="MC"), NOW, Metal.of(content, embodied_g), units)


def returned(lot: Lot, taken: Metal, units: int | None) -> Lot:
    """The lot once what was taken out of it is moved back."""
    return moved_back(lot, {o: -g for o, g in taken.content}, -taken.embodied_g, -(units or 0))


@given(contents, st.integers(0, 10**12), st.data())
def test_what_was_taken_and_moved_back_leaves_the_lot_as_it_was(content: dict[int, int], embodied_g: int, data) -> None:
    lot = lot_of(content, embodied_g)
    taken = take(lot, Amount(mass_g=data.draw(st.integers(1, lot.metal.mass_g))))
    assert returned(taken.left, taken.metal, None) == lot


@given(contents, st.integers(0, 10**12), st.data())
def test_the_first_of_two_takings_can_be_moved_back_while_the_second_stands(content, embodied_g: int, data) -> None:
    lot = lot_of(content, embodied_g)
    first = take(lot, Amount(mass_g=data.draw(st.integers(1, lot.metal.mass_g))))
    second = take(first.left, Amount(mass_g=data.draw(st.integers(0, first.left.metal.mass_g))))
    left = returned(second.left, first.metal, None)
    assert left.metal.mass_g == lot.metal.mass_g - second.metal.mass_g
    assert left.metal.embodied_g == lot.metal.embodied_g - second.metal.embodied_g


@given(contents, st.integers(1, 50), st.data())
def test_units_come_back_with_their_metal(content: dict[int, int], units: int, data) -> None:
    assume(sum(content.values()) >= units)  # units that would weigh nothing are refused
    lot = lot_of(content, 0, units)
    taken = take(lot, Amount(units=data.draw(st.integers(1, units))))
    assert returned(taken.left, taken.metal, taken.units) == lot


def test_metal_that_is_gone_cannot_be_moved_back_out() -> None:
    with pytest.raises(ValueError, match="negative"):
        moved_back(lot_of({1: 5}, 0), {1: 6}, 0, 0)
