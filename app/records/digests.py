"""SHA-256 where the bytes lie: a document that is only looked at to be checked need not travel."""

import hashlib
from typing import Any

from sqlalchemy import String
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

SQLITE_NAME = "sha256_of"


class sha256_of(GenericFunction[str]):  # noqa: N801 - it is written as a function, as SQLAlchemy's own are
    """The SHA-256 of a column of bytes, in hexadecimal; NULL of NULL."""

    type = String()
    name = SQLITE_NAME
    inherit_cache = True


@compiles(sha256_of, "postgresql")
def _postgresql(element: Any, compiler: Any, **words: Any) -> str:
    return f"encode(sha256({compiler.process(element.clauses, **words)}), 'hex')"


def teach_sqlite(connection: DBAPIConnection) -> None:
    """Give a connection to SQLite, which has no digests, this function."""
    connection.create_function(SQLITE_NAME, 1, _digest, deterministic=True)


def _digest(stored: bytes | str | None) -> str | None:
    """SQLite gives text back where somebody wrote text into a column of bytes; its digest will tell."""
    if stored is None:
        return None
    return hashlib.sha256(stored.encode("utf-8", "replace") if isinstance(stored, str) else stored).hexdigest()
