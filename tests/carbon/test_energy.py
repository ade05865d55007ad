"""Measured energy: each kWh, cubic metre and litre by its factor, summed first and floored once."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.carbon.energy import Energy, measured_emissions
from app.carbon.factors import in_force
from app.carbon.footprint import StepMasses, step_emissions
from app.ledger.transformations import StepKind
from app.schemas.reference_files import own_files, read_sheets

FACTORS = in_force(read_sheets(own_files()).factors, date(2026, 10, 1))
thousandths = st.integers(0, 10**9)


def test_worked_by_hand() -> None:
    # 1,200 kWh, 40 % of it renewable: 720 x 0.423 = 304.56; 300 m3 x 2.05 = 615; 20 L x 2.75 = 55; 974.56 kg in all.
    energy = Energy(electricity_wh=1_200_000, renewable=40_000, gas_l=300_000, oil_ml=20_000)
    assert measured_emissions(energy, FACTORS) == 974_560


@given(thousandths, st.integers(0, 100_000), thousandths, thousandths)
def test_it_is_floored_once_and_never_more_than_without_renewables(wh: int, renewable: int, gas: int, oil: int) -> None:
    exact = Fraction(wh * (100_000 - renewable), 100_000) * Fraction("0.423")
    exact += gas * Fraction("2.05") + oil * Fraction("2.75")
    found = measured_emissions(Energy(wh, renewable, gas, oil), FACTORS)
    assert 0 <= exact - found < 1
    assert found <= measured_emissions(Energy(wh, 0, gas, oil), FACTORS)


def test_where_it_is_recorded_it_replaces_the_averages_of_the_works() -> None:
    masses = StepMasses(scrap_in_g=1_000_000, product_in_g=0, product_out_g=500_000)
    assert step_emissions(StepKind.REMELT, masses, None, FACTORS) == 360_000 + 1_000_000
    assert step_emissions(StepKind.REMELT, masses, Energy(electricity_wh=1_000), FACTORS) == 423
    assert step_emissions(StepKind.REMELT, masses, Energy(electricity_wh=1_000, renewable=100_000), FACTORS) == 0


def test_only_what_was_used_needs_a_factor() -> None:
    assert Energy(gas_l=1).keys == ("energy.gas",)
    assert Energy().keys == ()
