"""Metal: grams from each origin and the CO2e embodied in them; and pour, the one way metal moves (domain.md)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Of = TypeVar("Of")


@dataclass(frozen=True, slots=True)
class Metal:
    """Some metal. ``content`` is (origin, grams > 0) in the order the origins were registered, an ascending key."""

    content: tuple[tuple[int, int], ...]
    embodied_g: int

    @classmethod
    def of(cls, grams_by_origin: Mapping[int, int], embodied_g: int) -> "Metal":
        """Metal from a mapping of origin to grams; origins with zero grams are left out.

        Raises ValueError for negative grams or CO2e: such metal cannot be.
        """
        if embodied_g < 0 or any(grams < 0 for grams in grams_by_origin.values()):
            raise ValueError("metal cannot be negative")
        return cls(tuple(sorted((o, g) for o, g in grams_by_origin.items() if g)), embodied_g)

    @property
    def mass_g(self) -> int:
        return sum(grams for _, grams in self.content)

    def with_emissions(self, co2_g: int) -> "Metal":
        """The same metal with more (or, negative, less) CO2e embodied in it, grams."""
        return Metal.of(dict(self.content), self.embodied_g + co2_g)

    def pour(self, mass_g: int) -> tuple["Metal", "Metal"]:
        """Pour ``mass_g`` out: (what was poured, what is left). Raises ValueError outside 0..mass.

        Each origin gives the floor of its share, then one gram each to the largest remainders, ties to the origin
        registered first; embodied CO2e is floored. Pouring everything takes everything.
        """
        whole_g = self.mass_g
        if not 0 <= mass_g <= whole_g:
            raise ValueError(f"cannot pour {mass_g} g out of {whole_g} g")
        if mass_g == 0:
            return NOTHING, self
        given = allot(self.content, mass_g, whole_g)
        co2_g = self.embodied_g * mass_g // whole_g
        left = {origin: grams - given[origin] for origin, grams in self.content}
        return Metal.of(given, co2_g), Metal.of(left, self.embodied_g - co2_g)


NOTHING = Metal((), 0)


def allot(parts: Iterable[tuple[Of, int]], amount: int, whole: int) -> dict[Of, int]:
    """An amount shared out as ``parts`` share a whole, so that it sums exactly: the largest remainder (Hamilton).

    The sort is stable, so equal remainders keep the order of the parts.
    """
    shares = [(part, *divmod(size * amount, whole)) for part, size in parts]
    given = {part: floor for part, floor, _ in shares}
    missing = amount - sum(given.values())
    for part, _, _ in sorted(shares, key=lambda share: -share[2])[:missing]:
        given[part] += 1
    return given


def together(metals: Iterable[Metal]) -> Metal:
    """All of it in one ladle."""
    grams: Counter[int] = Counter()
    embodied_g = 0
    for metal in metals:
        grams.update(dict(metal.content))
        embodied_g += metal.embodied_g
    return Metal.of(grams, embodied_g)
