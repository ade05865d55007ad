"""The three figures of avoided CO2, each with the formula it comes from, and the footprint beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.pages.verify.words import counted, said
from app.wording.catalogue import say
from certificates import figures, wording
from certificates.content import Certificate, Factor, Line, UnitFactor


@dataclass(frozen=True, slots=True)
class Figure:
    """A row: what it is, how it comes about, and whole kilograms of CO2e."""

    name: str
    label: str
    formula: str
    text: str


def three_figures(certificate: Certificate, locale: str) -> tuple[Figure, Figure, Figure]:
    """Claimed first, then by unit and by mass (domain.md, "Avoided CO2, on a certificate")."""
    avoided = certificate.avoided_co2
    by_unit = avoided.by_unit_g
    unit_text = said(wording.NO_FACTOR, locale) if by_unit is None else f"{figures.whole_kg(by_unit)} kg"
    return (
        Figure(
            "claimed", say(locale, "Claimed"), _rule(certificate, locale), f"{figures.whole_kg(avoided.claimed_g)} kg"
        ),
        Figure("by-unit", say(locale, "By unit"), _by_unit(certificate.lines, locale), unit_text),
        Figure("by-mass", say(locale, "By mass"), _by_mass(certificate), f"{figures.whole_kg(avoided.by_mass_g)} kg"),
    )


def _rule(certificate: Certificate, locale: str) -> str:
    if certificate.avoided_co2.by_unit_g is None:
        return say(locale, "the figure by mass, as there is no unit factor")
    if len(certificate.lines) == 1:
        return say(locale, "the lower of the two below")
    return say(locale, "the sum over the products of the lower")


def _by_unit(lines: Sequence[Line], locale: str) -> str:
    """Units by factor: 1台 × 8,000 kg; products of the same factor together."""
    units: dict[tuple[UnitFactor, str | None], int] = {}
    for line in lines:
        if line.unit_factor and line.units is not None:
            key = (line.unit_factor, line.counter_ja)
            units[key] = units.get(key, 0) + line.units
    return " + ".join(
        f"{counted(locale, count, counter)} × {_factor(factor)}" for (factor, counter), count in units.items()
    )


def _factor(factor: UnitFactor) -> str:
    """3,125 kg (50,000 ÷ 16): the published figure and what was made of it."""
    per_unit = Decimal(factor.kg_per_unit) / Decimal(factor.divisor)
    divided = "" if factor.divisor == "1" else f" ({Decimal(factor.kg_per_unit):,}\u00a0÷\u00a0{factor.divisor})"
    return f"{per_unit.normalize():,f} kg{divided}"


def _by_mass(certificate: Certificate) -> str:
    factor = kg_per_kg(certificate.factors)
    mass = f"{figures.short_kg(certificate.recycled.post_consumer_g)} kg"
    return f"{mass} ×\u00a0{factor}" if factor else mass


def kg_per_kg(factors: Sequence[Factor]) -> str | None:
    """11.64: primary less its recycling share; None where lines of different days used different versions."""
    primary, share = (single(factors, key) for key in ("footprint.primary", "recycling-share"))
    return None if primary is None or share is None else f"{(primary * (1 - share)).normalize():f}"


def single(factors: Sequence[Factor], key: str) -> Decimal | None:
    """The value of a factor, where the certificate used one version of it only."""
    values = {Decimal(factor.value) for factor in factors if factor.key == key}
    return values.pop() if len(values) == 1 else None


def all_primary(certificate: Certificate) -> str | None:
    """What a product of primary metal only would carry, 12 + 2: said beside the footprint of products alone."""
    primary, production = (single(certificate.factors, f"footprint.{key}") for key in ("primary", "production"))
    if primary is None or production is None or any(line.kind != "product" for line in certificate.lines):
        return None
    return f"{(primary + production).normalize():f}"
