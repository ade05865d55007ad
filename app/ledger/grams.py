"""Kilograms as people and programs write them, and the whole grams kept inside. No float comes near either."""

import re
from enum import StrEnum

GRAMS_PER_KG = 1000
MOST_G = 10**9 * GRAMS_PER_KG
_WRITTEN = re.compile(r"(-?)([0-9]{1,30})(?:\.([0-9]+))?", re.ASCII)


class Fault(StrEnum):
    """Why a text is not a mass."""

    NOT_A_NUMBER = "not a number"
    TOO_FINE = "more than three decimals"
    NEGATIVE = "negative"
    ZERO = "zero"
    TOO_LARGE = "absurdly large"


class NotAMass(ValueError):
    """A mass was refused, never rounded; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def grams_from_kilograms(written: str | int) -> int:
    """Kilograms with at most three decimals to grams, zero allowed: "0.125" -> 125, 5003 -> 5003000.

    Raises NotAMass for anything else: signs, exponents, separators, a fourth decimal, more than 10^9 kg.
    """
    if isinstance(written, bool) or not isinstance(written, (str, int)):
        raise NotAMass(Fault.NOT_A_NUMBER)
    match = _WRITTEN.fullmatch(written) if isinstance(written, str) else None
    if isinstance(written, str) and match is None:
        raise NotAMass(Fault.NOT_A_NUMBER)
    if match and len(match[3] or "") > 3:
        raise NotAMass(Fault.TOO_FINE)
    if isinstance(written, int):
        grams = written * GRAMS_PER_KG
    else:
        assert match is not None
        grams = int(match[1] + match[2] + (match[3] or "").ljust(3, "0"))
    if grams < 0:
        raise NotAMass(Fault.NEGATIVE)
    if grams > MOST_G:
        raise NotAMass(Fault.TOO_LARGE)
    return grams


def positive_grams_from_kilograms(written: str | int) -> int:
    """As ``grams_from_kilograms``, and zero is refused too."""
    grams = grams_from_kilograms(written)
    if grams == 0:
        raise NotAMass(Fault.ZERO)
    return grams


def kilograms_text(grams: int) -> str:
    """Exact kilograms without trailing zeros: 125 -> "0.125", 5003000 -> "5003"."""
    sign, size = ("-", -grams) if grams < 0 else ("", grams)
    whole, rest = divmod(size, GRAMS_PER_KG)
    return f"{sign}{whole}" + (f".{rest:03d}".rstrip("0") if rest else "")
