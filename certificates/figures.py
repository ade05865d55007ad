"""Figures as documents print them: rounded so that nothing is ever claimed that the metal does not support.

Whole kg of CO2e and shares round down, CFP rounds up (domain.md, "What a certificate carries"); the table of the
calculation and the JSON are exact. Integers only.
"""

from certificates.content import Recycled

GRAMS_PER_KG = 1000


def kg_text(grams: int) -> str:
    """Exact kilograms, without trailing zeros and separators, as JSON carries them: 5003000 -> "5003"."""
    sign, whole = ("-", -grams) if grams < 0 else ("", grams)
    kilograms, rest = divmod(whole, GRAMS_PER_KG)
    return f"{sign}{kilograms}" + (f".{rest:03d}".rstrip("0") if rest else "")


def grams(text: str) -> int:
    """The inverse of ``kg_text``; ValueError where the text is not of its form."""
    kilograms, _, decimals = text.partition(".")
    if not kilograms.isdecimal() or len(decimals) > 3 or (decimals and not decimals.isdecimal()):
        raise ValueError(f"not kilograms: {text!r}")
    return int(kilograms) * GRAMS_PER_KG + int(decimals.ljust(3, "0") or "0")


def whole_kg(grams: int) -> str:
    """Whole kilograms rounded down, with thousands separators: 119036401 -> "119,036"."""
    return f"{grams // GRAMS_PER_KG:,}"


def exact_kg(grams: int) -> str:
    """Kilograms to the gram, three decimals always: 8673388 -> "8,673.388"."""
    return f"{grams // GRAMS_PER_KG:,}.{grams % GRAMS_PER_KG:03d}"


def short_kg(grams: int) -> str:
    """Kilograms to the gram, decimals only where there are any: 700000 -> "700", 633334 -> "633.334"."""
    whole, _, decimals = exact_kg(grams).partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def tenths_of_percent(part: int, whole: int) -> str:
    """A share in percent to 0.1, rounded down: "67.8"; "0.0" of nothing."""
    tenths = part * 1000 // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10}"


def shares(recycled: Recycled) -> tuple[str, str, str, str]:
    """Percent of the four columns to 0.1: recycled ones rounded down, the last takes the rest to 100.0."""
    whole = recycled.mass_g
    tenths = [part * 1000 // whole if whole else 0 for part in recycled.columns_g[:3]]
    first, second, third, last = (f"{t // 10}.{t % 10}" for t in (*tenths, 1000 - sum(tenths)))
    return first, second, third, last


def cfp_two_decimals(embodied_g: int, mass_g: int) -> str:
    """Footprint in kg CO2e per kg to two decimals, rounded up: 2.378947 -> "2.38"."""
    hundredths = -(-embodied_g * 100 // mass_g)
    return f"{hundredths // 100:,}.{hundredths % 100:02d}"


def grouped_check(check: str) -> str:
    """Check characters as printed: "K7QX2M4D" -> "K7QX-2M4D"."""
    return f"{check[:4]}-{check[4:]}"
