"""SHA-256 of stored documents, without fetching them; and on PostgreSQL without digesting the same row twice.

A document's row there has a version that no change can keep: the transaction that wrote it and where it lies. A digest
that was computed for a version holds for it. SQLite tells no such thing, and digests a document in a tenth of the time.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from sqlalchemy import String
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

SQLITE_NAME = "sha256_of"
REMEMBERED = 20_000  # some 200 bytes each
HOLDS_S = 300.0


class sha256_of(GenericFunction[str]):  # noqa: N801 - it is written as a function, as SQLAlchemy's own are
    """The SHA-256 of a column of bytes, in hexadecimal; NULL of NULL."""

    type = String()
    name = SQLITE_NAME
    inherit_cache = True


class row_version(GenericFunction[str]):  # noqa: N801
    """The version of the row that a column is of; NULL where the database knows none, and where there is no row."""

    type = String()
    name = "row_version"
    inherit_cache = True


class quick_sha256(GenericFunction[str]):  # noqa: N801
    """``sha256_of`` where that is quick, NULL where a row's version spares it."""

    type = String()
    name = "quick_sha256"
    inherit_cache = True


@compiles(sha256_of, "postgresql")
def _postgresql(element: Any, compiler: Any, **words: Any) -> str:
    return f"encode(sha256({compiler.process(element.clauses, **words)}), 'hex')"


@compiles(row_version, "postgresql")
def _version(element: Any, compiler: Any, **words: Any) -> str:
    table = compiler.process(element.clauses, **words).rpartition(".")[0]
    return f"{table}.xmin || ' ' || {table}.ctid"


@compiles(row_version, "sqlite")
@compiles(quick_sha256, "postgresql")
def _none(*_: Any, **__: Any) -> str:
    return "NULL"


@compiles(quick_sha256, "sqlite")
def _quick(element: Any, compiler: Any, **words: Any) -> str:
    return f"{SQLITE_NAME}({compiler.process(element.clauses, **words)})"


def teach_sqlite(connection: DBAPIConnection) -> None:
    """Give a connection to SQLite, which has no digests, this function."""
    connection.create_function(SQLITE_NAME, 1, _digest, deterministic=True)


def _digest(stored: bytes | str | None) -> str | None:
    """SQLite gives text back where somebody wrote text into a column of bytes; its digest will tell."""
    if stored is None:
        return None
    return hashlib.sha256(stored.encode("utf-8", "replace") if isinstance(stored, str) else stored).hexdigest()


class Digests:
    """The digests of the row versions that a process has met; those met last are kept, for a while.

    No statement changes a row under its version, but a disk may, or a restore under a running process.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, str], tuple[float, str | None]] = OrderedDict()
        self._lock = Lock()

    def at(self, key: int, version: str, digest: Callable[[], str | None]) -> str | None:
        """The digest of a row's version, computed where it is not known."""
        with self._lock:
            at, known = self._known.get((key, version), (-HOLDS_S, None))
        if time.monotonic() - at < HOLDS_S:
            return known
        found = digest()
        with self._lock:
            self._known[key, version] = time.monotonic(), found
            self._known.move_to_end((key, version))
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found
