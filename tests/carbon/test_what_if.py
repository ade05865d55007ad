"""What if: an estimate follows the method, and what a claim leaves out is what the higher count has more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.carbon.avoided import UnitFactor
from app.carbon.factors import in_force
from app.carbon.what_if import what_if
from app.schemas.reference_files import own_files, read_sheets

FACTORS = in_force(read_sheets(own_files()).factors, date(2026, 10, 1))
BODY = UnitFactor("avoided.truck-body")


@pytest.mark.parametrize(
    ("mass_g", "share", "units", "cfp", "claimed_kg", "left_out_kg"),
    [
        (2_100_000, 60_000, 3, "7.016000", 14_666, 9_333),  # 1,260 kg x 11.64 = 14,666.4; three bodies would be 24,000
        (700_000, 100_000, 1, "2.360000", 8_000, 148),  # 8,148 by mass; one body is 8,000
        (1_000_000, 0, None, "14.000000", 0, 0),
    ],
)
def test_worked_by_hand(
    mass_g: int, share: int, units: int | None, cfp: str, claimed_kg: int, left_out_kg: int
) -> None:
    found = what_if(mass_g, share, units, BODY if units else None, True, FACTORS)
    assert (found.cfp, found.avoided.claimed_g // 1000, found.left_out_g // 1000) == (cfp, claimed_kg, left_out_kg)


@given(st.integers(1, 10**10), st.integers(0, 100_000), st.integers(1, 100))
def test_neither_count_is_ever_exceeded(mass_g: int, share: int, units: int) -> None:
    found = what_if(mass_g, share, units, BODY, True, FACTORS)
    assert found.avoided.by_unit_g is not None
    assert found.avoided.claimed_g + found.left_out_g == max(found.avoided.by_unit_g, found.avoided.by_mass_g)
    assert found.left_out_g >= 0
