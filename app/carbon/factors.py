"""Emission factors: versioned figures with unit, source and validity, selected by day in Japan time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

from app.ledger.refusals import Code, Refused

JAPAN = timezone(timedelta(hours=9), "JST")
PRIMARY = "footprint.primary"
PRODUCTION = "footprint.production"
RECYCLING_SHARE = "recycling-share"
CARBON_PRICE = "carbon-price"


@dataclass(frozen=True, slots=True)
class Factor:
    """One version of one factor. ``value`` is the figure as published; ``valid_to`` is inclusive, None is open."""

    key: str
    value: str
    unit: str
    version: int
    valid_from: date
    valid_to: date | None
    source: str
    note: str = ""

    @property
    def exact(self) -> Fraction:
        return Fraction(self.value)

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class FactorSet:
    """The factors in force on one day."""

    day: date
    factors: Mapping[str, Factor]

    def __getitem__(self, key: str) -> Factor:
        """The factor of this day; raises Refused (no_factors_in_force) where there is none."""
        if key not in self.factors:
            raise Refused(Code.NO_FACTORS_IN_FORCE, key=key, day=self.day)
        return self.factors[key]

    @property
    def primary(self) -> Fraction:
        """kg CO2e per kg of metal made from ore: 12 (roadmap 9-4)."""
        return self[PRIMARY].exact

    @property
    def remelting(self) -> Fraction:
        """kg CO2e per kg of scrap charged: 3 % of primary, 0.36 (roadmap 1)."""
        return self[RECYCLING_SHARE].exact * self.primary

    @property
    def production(self) -> Fraction:
        """kg CO2e per kg of product: 2 (roadmap 9-4)."""
        return self[PRODUCTION].exact

    @property
    def avoided_by_recycling(self) -> Fraction:
        """kg CO2e per kg of recycled metal: primary less remelting, 11.64."""
        return self.primary - self.remelting


def japan_day(at: datetime) -> date:
    """The calendar day in Japan of a moment; a day decides which factors are in force."""
    return at.astimezone(JAPAN).date()


def years_on(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def in_force(factors: Iterable[Factor], day: date) -> FactorSet:
    """The set of one day, out of all versions; validity never overlaps, the books see to it."""
    return FactorSet(day, {factor.key: factor for factor in factors if factor.in_force(day)})
