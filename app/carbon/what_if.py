"""What a product of so much metal and so large a recycled share would come to: an estimate that claims nothing."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from app.carbon.avoided import Avoided, UnitFactor, avoided
from app.carbon.factors import FactorSet
from app.carbon.footprint import cfp_text

WHOLE = 100_000  # thousandths of a percent


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Grams. ``left_out_g`` is what the metal would support and a claim leaves out, for the lower of two counts."""

    mass_g: int
    recycled_g: int
    cfp: str
    embodied_g: int
    avoided: Avoided
    left_out_g: int


def what_if(
    mass_g: int, share: int, units: int | None, unit_factor: UnitFactor | None, product: bool, factors: FactorSet
) -> WhatIf:
    """An estimate for ``mass_g`` of which ``share`` (thousandths of a percent) is post-consumer, the rest of ore.

    No loss and no offcuts are reckoned with: scrap charged is scrap in the product. Raises Refused
    (no_factors_in_force).
    """
    recycled_g = mass_g * share // WHOLE
    rest_g = mass_g - recycled_g
    production = factors.production if product else Fraction(0)
    embodied_g = floor(rest_g * factors.primary) + floor(recycled_g * factors.remelting) + floor(mass_g * production)
    claim = avoided(recycled_g, units, unit_factor, factors)
    more_g = max(claim.by_mass_g, claim.by_unit_g or 0)
    return WhatIf(mass_g, recycled_g, cfp_text(embodied_g, mass_g), embodied_g, claim, more_g - claim.claimed_g)
