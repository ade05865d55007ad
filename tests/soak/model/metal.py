"""Metal as the model has it: a dictionary of grams by origin, and fractions. Written from domain.md alone."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor


@dataclass(frozen=True)
class Metal:
    """Grams by origin (in the order the origins were registered) and grams of CO2e."""

    grams: dict[int, int]
    co2_g: int

    @property
    def mass_g(self) -> int:
        return sum(self.grams.values())

    def plus(self, other: "Metal") -> "Metal":
        origins = sorted({*self.grams, *other.grams})
        summed = {origin: self.grams.get(origin, 0) + other.grams.get(origin, 0) for origin in origins}
        return Metal({origin: grams for origin, grams in summed.items() if grams}, self.co2_g + other.co2_g)

    def turned(self) -> "Metal":
        """The same with the signs turned."""
        return Metal({origin: -grams for origin, grams in self.grams.items()}, -self.co2_g)

    def minus(self, other: "Metal") -> "Metal":
        return self.plus(other.turned())


NOTHING = Metal({}, 0)


def pour(metal: Metal, mass_g: int) -> Metal:
    """What comes out: each origin's exact share, rounded down, and the missing grams one each to the largest rests."""
    whole_g = metal.mass_g
    shares = {origin: Fraction(grams * mass_g, whole_g) for origin, grams in metal.grams.items()}
    given = {origin: floor(share) for origin, share in shares.items()}
    by_rest = sorted(shares, key=lambda origin: (given[origin] - shares[origin], origin))
    for origin in by_rest[: mass_g - sum(given.values())]:
        given[origin] += 1
    return Metal({o: g for o, g in given.items() if g}, floor(Fraction(metal.co2_g * mass_g, whole_g)))


def lose(metal: Metal, mass_g: int) -> tuple[Metal, Metal]:
    """(what is lost, what is left): a loss takes grams and no CO2e."""
    if not mass_g:
        return NOTHING, metal
    lost = Metal(pour(metal, mass_g).grams, 0)
    return lost, metal.minus(lost)
