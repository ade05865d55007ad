"""Carbon footprint, cradle to gate, cut-off: what enters with metal, what a step adds, and CO2e per kg."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from app.carbon.energy import Energy, measured_emissions
from app.carbon.factors import FactorSet
from app.ledger.lots import Kind
from app.ledger.transformations import StepKind

MICRO = 10**6


def embodied_at_entry(mass_g: int, kg_per_kg: Fraction) -> int:
    """Grams of CO2e a lot enters with, floored: mass x footprint."""
    return floor(mass_g * kg_per_kg)


def entry_footprint(kind: Kind, scrap_class: str | None, factors: FactorSet) -> Fraction:
    """kg CO2e per kg at entry: recycled scrap 0 (cut-off), everything else as primary."""
    return factors.primary if enters_as_primary(kind, scrap_class) else Fraction(0)


def enters_as_primary(kind: Kind, scrap_class: str | None) -> bool:
    """Whether metal enters with the footprint of primary: bought metal, and in-house scrap."""
    return kind is not Kind.SCRAP or scrap_class == "internal"


@dataclass(frozen=True, slots=True)
class StepMasses:
    """The grams of a step that its emissions depend on."""

    scrap_in_g: int
    product_in_g: int
    product_out_g: int


def process_emissions(kind: StepKind, masses: StepMasses, factors: FactorSet) -> int:
    """Grams of CO2e a step adds: 0.36 per kg of scrap remelted, 2 per kg of product out less product in.

    Each is summed first and floored once (domain.md, "Carbon footprint").
    """
    remelting = floor(masses.scrap_in_g * factors.remelting) if kind is StepKind.REMELT else 0
    produced_g = max(0, masses.product_out_g - masses.product_in_g)
    return remelting + (floor(produced_g * factors.production) if produced_g else 0)


def step_emissions(kind: StepKind, masses: StepMasses, energy: Energy | None, factors: FactorSet) -> int:
    """Grams of CO2e a step adds: what its meters said where they were read, else the averages of the works."""
    return process_emissions(kind, masses, factors) if energy is None else measured_emissions(energy, factors)


def cfp_text(embodied_g: int, mass_g: int) -> str:
    """kg CO2e per kg, six decimals, half up: (1665263, 700000) -> "2.378947"."""
    millionths = (2 * embodied_g * MICRO + mass_g) // (2 * mass_g)
    return f"{millionths // MICRO}.{millionths % MICRO:06d}"
