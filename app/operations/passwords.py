"""Passwords: argon2id, checked in the same time whether or not there is such a person."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200  # characters

_hasher = PasswordHasher()  # argon2id with the parameters of RFC 9106, low memory


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _hasher.hash(password)


def right(kept: str | None, password: str) -> bool:
    """Whether a password is the one kept; nobody's (None) takes as long to refuse as somebody's."""
    try:
        _hasher.verify(kept or _nobodys(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether it was hashed with other parameters than those of today."""
    return _hasher.check_needs_rehash(kept)


def made_up() -> str:
    """A password nobody guesses, for a person who has not chosen one yet."""
    return secrets.token_urlsafe(12)


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
