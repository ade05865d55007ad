"""Measured energy of a step: where it is recorded, it replaces the average of the works (docs/method.md).

Quantities are thousandths: Wh, litres of gas, millilitres of oil, so that a factor in kg per kWh, m3 or litre is one
in grams per thousandth.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from app.carbon.factors import FactorSet

ELECTRICITY = "energy.electricity"
GAS = "energy.gas"
OIL = "energy.oil"
MEASURED = (ELECTRICITY, GAS, OIL)
WHOLE = 100_000  # thousandths of a percent


@dataclass(frozen=True, slots=True)
class Energy:
    """What the meters of a step said. ``renewable`` is the share of the electricity, in thousandths of a percent."""

    electricity_wh: int = 0
    renewable: int = 0
    gas_l: int = 0
    oil_ml: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The factors that its emissions rest on."""
        used = ((ELECTRICITY, self.electricity_wh), (GAS, self.gas_l), (OIL, self.oil_ml))
        return tuple(key for key, amount in used if amount)


def measured_emissions(energy: Energy, factors: FactorSet) -> int:
    """Grams of CO2e: electricity that is not renewable, gas and oil by their factors, summed first and floored once.

    Raises Refused (no_factors_in_force).
    """
    bought = Fraction(energy.electricity_wh * (WHOLE - energy.renewable), WHOLE)
    amounts = {ELECTRICITY: bought, GAS: Fraction(energy.gas_l), OIL: Fraction(energy.oil_ml)}
    return floor(sum((amounts[key] * factors[key].exact for key in energy.keys), Fraction(0)))
