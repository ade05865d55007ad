"""What a proof says: one figure a line, beside what it has to be."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure found. ``wanted`` is what it has to be, ``most`` the most it may be; without either it only tells."""

    name: str
    found: Any
    wanted: Any = None
    most: float | None = None

    @property
    def holds(self) -> bool:
        if self.most is not None:
            return bool(self.found <= self.most)
        return self.wanted is None or bool(self.found == self.wanted)

    def __str__(self) -> str:
        condition = f"at most {_written(self.most)}" if self.most is not None else f"must be {_written(self.wanted)}"
        told = self.most is None and self.wanted is None
        verdict = "" if told else f"{condition:<20} {'ok' if self.holds else 'FAILED'}"
        return f"{self.name:<52} {_written(self.found):>12}   {verdict}".rstrip()


def _written(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def broken(figures: list[Figure]) -> list[str]:
    """The figures that are not what they have to be."""
    return [str(figure) for figure in figures if not figure.holds]
