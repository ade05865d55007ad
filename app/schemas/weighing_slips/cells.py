"""The text of one cell to a value. What is in doubt is refused; nothing is rounded, guessed or repaired."""

import re
import unicodedata
from collections.abc import Mapping

from app.ledger.grams import NotAMass, grams_from_kilograms
from app.schemas.weighing_slips.limits import LONGEST_SLIP_NUMBER, MOST_UNITS
from app.schemas.weighing_slips.names import fold
from app.schemas.weighing_slips.reasons import Reason, Wrong

# Only the full-width forms: NFKC would read 10² as 102 and ①２ as 12.
_NARROW = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: " "}
_MINUS = re.compile(r"[-−▲△] ?")  # ▲20 is how Japanese accounts write -20
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_MOST_DIGITS = 30
_SLIP_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9._-]*", re.ASCII)
_EXCEL_ERRORS = frozenset(["#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#SPILL!", "#CALC!"])


def narrow(text: str) -> str:
    """Full-width letters, digits and signs to ASCII, and nothing else: "１，２３４" -> "1,234"."""
    return text if text.isascii() else text.translate(_NARROW)


def mass_g(text: str) -> int:
    """Kilograms to grams, zero allowed: "12150", "14,370", "１４，０１０", "5350.5".

    Raises Wrong: not a number, more than three decimals, negative, absurdly large.
    """
    try:
        return grams_from_kilograms(_decimal(text))
    except NotAMass as refused:
        raise Wrong(Reason(refused.fault.value)) from refused


def positive_mass_g(text: str) -> int:
    """As ``mass_g``, and zero is refused too."""
    grams = mass_g(text)
    if grams == 0:
        raise Wrong(Reason.ZERO)
    return grams


def units(text: str) -> int:
    """A whole number of at least one: "3", "１", "1,000", "2.0".

    Raises Wrong: not a number, not a whole number, negative, zero, absurdly large.
    """
    whole, _, decimals = _decimal(text).partition(".")
    number = int(whole)
    if number < 0 or (whole.startswith("-") and decimals.strip("0")):
        raise Wrong(Reason.NEGATIVE)
    if decimals.strip("0"):
        raise Wrong(Reason.NOT_WHOLE)
    if number == 0:
        raise Wrong(Reason.ZERO)
    if number > MOST_UNITS:
        raise Wrong(Reason.TOO_LARGE)
    return number


def _decimal(text: str) -> str:
    """The plain decimal a cell writes, without thousands separators; these must stand where they belong."""
    written = _MINUS.sub("-", narrow(text), count=1)
    if _THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    elif not _DECIMAL.fullmatch(written):
        raise Wrong(Reason.NOT_A_NUMBER)
    if len(written.partition(".")[0]) > _MOST_DIGITS:
        raise Wrong(Reason.TOO_LARGE)
    return written


def slip_number(text: str) -> str:
    """NFKC, upper case: "w10-0001" -> "W10-0001". Raises Wrong: not a slip number, too long."""
    number = unicodedata.normalize("NFKC", text).upper().strip()
    if not _SLIP_NUMBER.fullmatch(number):
        raise Wrong(Reason.NOT_A_SLIP_NUMBER)
    if len(number) > LONGEST_SLIP_NUMBER:
        raise Wrong(Reason.TOO_LONG, most=LONGEST_SLIP_NUMBER)
    return number


def plain_text(most: int, text: str) -> str:
    """A vehicle or a bay, NFKC. Raises Wrong: a formula, unprintable characters, longer than ``most``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.startswith("=") or plain in _EXCEL_ERRORS:
        raise Wrong(Reason.FORMULA)
    if not plain.isprintable():
        raise Wrong(Reason.UNPRINTABLE)
    if len(plain) > most:
        raise Wrong(Reason.TOO_LONG, most=most)
    return plain


def code(names: Mapping[str, str], text: str) -> str:
    """The code of what the master data calls by this name. Raises Wrong: unknown."""
    found = names.get(fold(text))
    if found is None:
        raise Wrong(Reason.UNKNOWN)
    return found
