"""Figures as documents print them: rounded so that nothing is ever claimed that the metal does not support.

Whole kg of CO2e and shares round down, CFP rounds up (domain.md, "What a certificate carries"); the table of the
calculation and the JSON are exact. Integers only.
"""

from collections.abc import Sequence

from certificates.content import Origin, Recycled

GRAMS_PER_KG = 1000
# The column of recycled content an origin's group belongs to; all others are the last, "the rest".
COLUMN_OF = {"own": 0, "other": 1, "pre_consumer": 2}
REST = 3


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
    return _percent(part * 1000 // whole if whole else 0)


def _percent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"


def shares(recycled: Recycled) -> tuple[str, str, str, str]:
    """Percent of the four columns to 0.1: recycled ones rounded down, the last takes the rest to 100.0."""
    first, second, third, last = map(_percent, _column_tenths(recycled))
    return first, second, third, last


def _column_tenths(recycled: Recycled) -> list[int]:
    whole = recycled.mass_g
    tenths = [part * 1000 // whole if whole else 0 for part in recycled.columns_g[:3]]
    return [*tenths, 1000 - sum(tenths)]


def origin_shares(recycled: Recycled, origins: Sequence[Origin]) -> list[str]:
    """Percent to 0.1 of each origin: what its column states, shared out among the origins of the column.

    So a table of them adds up to the columns beside the bar, and the recycled ones together are never above what they
    are. Where there is no metal of the last column, what was rounded off has no row to stand in.
    """
    columns = [COLUMN_OF.get(origin.group, REST) for origin in origins]
    tenths = [0] * len(origins)
    for column, whole in enumerate(_column_tenths(recycled)):
        rows = [index for index, each in enumerate(columns) if each == column]
        for index, part in zip(rows, _allotted([origins[row].in_product_g for row in rows], whole), strict=True):
            tenths[index] = part
    return [_percent(part) for part in tenths]


def _allotted(masses: Sequence[int], whole: int) -> list[int]:
    """``whole`` in proportion: each rounded down, then one more each to the largest remainders, the first of equals."""
    mass = sum(masses)
    if not mass:
        return [0] * len(masses)
    parts = [each * whole // mass for each in masses]
    by_remainder = sorted(range(len(masses)), key=lambda index: -(masses[index] * whole % mass))
    for index in by_remainder[: whole - sum(parts)]:
        parts[index] += 1
    return parts


def shares_of_a_whole(parts: Sequence[int]) -> list[str]:
    """Percent to 0.1 that add up to 100.0: each rounded down, the largest takes the rest."""
    whole = sum(parts)
    tenths = [part * 1000 // whole if whole else 0 for part in parts]
    if whole:
        tenths[tenths.index(max(tenths))] += 1000 - sum(tenths)
    return [_percent(part) for part in tenths]


def cfp_two_decimals(embodied_g: int, mass_g: int) -> str:
    """Footprint in kg CO2e per kg to two decimals, rounded up: 2.378947 -> "2.38"."""
    hundredths = -(-embodied_g * 100 // mass_g)
    return f"{hundredths // 100:,}.{hundredths % 100:02d}"


def grouped_check(check: str) -> str:
    """Check characters as printed: "K7QX2M4D" -> "K7QX-2M4D"."""
    return f"{check[:4]}-{check[4:]}"
