"""What a database's error means: that it does not answer now, that it gave one up for another's sake, or a fault."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

# PostgreSQL's states: serialization_failure, deadlock_detected, lock_not_available.
COLLISIONS = ("40001", "40P01", "55P03")
SQLITE_COLLISIONS = frozenset([sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED])
# SQLite tells a missing column by the same class of error as a full disk; what it is, its code says.
SQLITE_UNANSWERED = SQLITE_COLLISIONS | {
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}


def collided(error: DBAPIError) -> bool:
    """Whether the database gave this unit of work up for another's sake."""
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_code(error.orig) in SQLITE_COLLISIONS
    return getattr(error.orig, "sqlstate", None) in COLLISIONS


def unanswered(error: DBAPIError) -> bool:
    """Whether the database does not answer now, and the same may be asked again."""
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_code(error.orig) in SQLITE_UNANSWERED
    return isinstance(error, OperationalError | InterfaceError)


def _sqlite_code(error: sqlite3.Error) -> int | None:
    """The primary code; the extended one adds to it in higher bits. None where SQLite itself said nothing."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
