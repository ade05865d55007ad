"""Recycled content as a bar and its legend: always four columns, in the order of the certificate."""

from dataclasses import dataclass

from app.wording.catalogue import say
from certificates import figures
from certificates.content import Recycled

NAMES = ("own", "other", "pre", "rest")  # the classes that carry colour and hatch, by column
_LEAST = 0.6  # percent: what is thinner is drawn two pixels wide, and must start this far before the end


@dataclass(frozen=True, slots=True)
class Share:
    """A column: ``at`` and ``width`` in percent of the bar, as text; ``width`` is None where a line must do."""

    name: str
    label: str
    mass_kg: str
    percent: str
    drawn: bool
    at: str
    width: str | None


def column_labels(locale: str) -> tuple[str, str, str, str]:
    """The four columns as the public reads them: the recipient is a third person here, not "you"."""
    return (
        say(locale, "Recipient's own scrap"),
        say(locale, "Other companies' scrap"),
        say(locale, "Pre-consumer"),
        say(locale, "Primary, alloying, other"),
    )


def shares(recycled: Recycled, locale: str) -> tuple[Share, ...]:
    """The four columns of a product."""
    whole = max(recycled.mass_g, 1)
    rows = []
    start = 0
    for name, label, mass, percent in zip(
        NAMES, column_labels(locale), recycled.columns_g, figures.shares(recycled), strict=True
    ):
        at, width = 100 * start / whole, 100 * mass / whole
        thin = width < _LEAST
        place = _number(min(at, 100 - _LEAST) if thin else at)
        size = None if thin else _number(width)
        rows.append(Share(name, label, figures.short_kg(mass), percent, mass > 0, place, size))
        start += mass
    return tuple(rows)


def _number(percent: float) -> str:
    return f"{percent:.3f}".rstrip("0").rstrip(".")
