"""Avoided CO2: the lower of the published figure per unit and what the metal supports (domain.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from app.carbon.factors import FactorSet
from app.ledger.grams import GRAMS_PER_KG


@dataclass(frozen=True, slots=True)
class Avoided:
    """Grams of CO2e: what is claimed, and the two caps; ``by_unit_g`` is None without a unit factor."""

    claimed_g: int
    by_unit_g: int | None
    by_mass_g: int


@dataclass(frozen=True, slots=True)
class UnitFactor:
    """kg CO2e per unit, by the keys of its factors: 8,000 for a truck body, 50,000 / 16 for a car."""

    factor_key: str
    divisor_key: str | None = None

    def grams_per_unit(self, factors: FactorSet) -> Fraction:
        """Grams of CO2e per unit; raises Refused (no_factors_in_force)."""
        divisor = factors[self.divisor_key].exact if self.divisor_key else Fraction(1)
        return factors[self.factor_key].exact * GRAMS_PER_KG / divisor


def by_units(units: int, grams_per_unit: Fraction) -> int:
    """U, and at intake the potential: floor of units x unit factor."""
    return floor(units * grams_per_unit)


def by_mass(post_consumer_g: int, factors: FactorSet) -> int:
    """M: floor of recycled grams x 11.64."""
    return floor(post_consumer_g * factors.avoided_by_recycling)


def avoided(post_consumer_g: int, units: int | None, unit_factor: UnitFactor | None, factors: FactorSet) -> Avoided:
    """The claim of one delivered lot: the lower of U and M, M where nothing has a unit factor."""
    mass_cap_g = by_mass(post_consumer_g, factors)
    if units is None or unit_factor is None:
        return Avoided(mass_cap_g, None, mass_cap_g)
    unit_cap_g = by_units(units, unit_factor.grams_per_unit(factors))
    return Avoided(min(unit_cap_g, mass_cap_g), unit_cap_g, mass_cap_g)


def sum_of(lines: Iterable[Avoided]) -> Avoided:
    """A certificate sums its lots: the sum of each line's lower, never the lower of the sums."""
    listed = list(lines)
    units = [line.by_unit_g for line in listed if line.by_unit_g is not None]
    return Avoided(
        sum(line.claimed_g for line in listed), sum(units) if units else None, sum(line.by_mass_g for line in listed)
    )
