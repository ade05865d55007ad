"""The code in a certificate's address: 26 Crockford characters, read as forgivingly as their inventor asks.

Douglas Crockford, "Base 32", section Decode: upper and lower case are the same, I and L are read as 1 and O as 0, and
hyphens are left out. U is no character of a code.
"""

LENGTH = 26
_ALPHABET = frozenset("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_MISREAD = str.maketrans("ILO", "110", "-")


def code_from(text: str) -> str | None:
    """The code that ``text`` spells, as it is stored; None where it cannot be one."""
    if not text.isascii():  # "ı".upper() is "I": only ASCII letters may be folded
        return None
    code = text.upper().translate(_MISREAD)
    return code if len(code) == LENGTH and _ALPHABET.issuperset(code) else None
