"""Real faults: a disk that is full, a disk that fails, a table that refuses. Each goes away again."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

# A page more of room each time, and then ever more, until a deed fits.
ROOM = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610)
SMALLEST_PAGE = 512
MOST_PAGES = 4294967294

# PostgreSQL's own words for them: disk_full, io_error.
STATES = {"disk full": "53100", "I/O error": "58030"}
# Without checkpoints all that is written stands behind what was written before, where ``failing`` reaches it.
ONLY_BEHIND = "PRAGMA wal_autocheckpoint=0"
FILLER = (
    "INSERT INTO audit_log (at, person, action, subject_kind, subject) VALUES ('2026-01-01 00:00:00', '', '', ?, '')"
)
# At the beginning, in the middle and at the end of the log's index: where one row after the other needs a new page
# wherever it stands there, it is the log itself that is full and not a leaf of its index.
STANDING = ("", "m", "~")
SQLITE_REFUSES = "BEGIN SELECT RAISE(ABORT, 'a fault of the proof'); END"


def with_small_pages(file: Path) -> None:
    """Packed pages of the least size: hardly a deed finds room in those that are there already."""
    connection = sqlite3.connect(file, isolation_level=None)
    for statement in ("PRAGMA journal_mode=DELETE", f"PRAGMA page_size={SMALLEST_PAGE}", "VACUUM"):
        connection.execute(statement)
    connection.close()


class Disk:
    """The room that a SQLite database has left: as much as SQLite itself is told (its own limit, its own error)."""

    def __init__(self, engine: Engine, file: Path) -> None:
        self._engine, self._file = engine, file
        self._most = MOST_PAGES
        event.listen(engine, "checkout", self._limit)
        self._empty_log()

    def _empty_log(self) -> None:
        """What was written until now may have left a log with room in it, where ``failing`` would not be felt."""
        connection = sqlite3.connect(self._file, isolation_level=None)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    @contextmanager
    def full(self, room: int) -> Iterator[None]:
        """No more than so many new pages."""
        with self._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        self._most = int(pages) + room
        try:
            yield
        finally:
            self._most = MOST_PAGES

    def fill(self) -> None:
        """Fill the last page of the audit log, which every deed writes to: the next row there needs a new page."""
        connection = sqlite3.connect(self._file, isolation_level=None)
        connection.execute(ONLY_BEHIND)
        grew = 0
        for standing in cycle(STANDING):
            grew = grew + 1 if self._grows(connection, standing) else 0
            if grew == len(STANDING):
                break
        connection.close()

    @staticmethod
    def _grows(connection: sqlite3.Connection, standing: str) -> bool:
        """Whether one row more needs a new page; where it does not, the row stays."""
        before = connection.execute("PRAGMA page_count").fetchone()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(FILLER, (standing,))
        grown = bool(connection.execute("PRAGMA page_count").fetchone() != before)
        connection.execute("ROLLBACK" if grown else "COMMIT")
        return grown

    def _limit(self, connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={self._most}")
        connection.execute(ONLY_BEHIND)


@contextmanager
def failing(file: Path) -> Iterator[None]:
    """The operating system lets nothing be written behind the end of the database's log: SQLite's I/O error."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (Path(f"{file}-wal").stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def refusing(engine: Engine, table: str, state: str | None = None) -> Iterator[None]:
    """A trigger that refuses every new row of a table, on PostgreSQL with the state of a fault."""
    postgresql = engine.dialect.name == "postgresql"
    with engine.begin() as connection:
        if postgresql:
            code = f" USING ERRCODE = '{state}'" if state else ""
            connection.exec_driver_sql(
                "CREATE OR REPLACE FUNCTION soak_fault() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN RAISE EXCEPTION 'a fault of the proof'{code}; END $$"
            )
        action = "FOR EACH ROW EXECUTE FUNCTION soak_fault()" if postgresql else SQLITE_REFUSES
        connection.exec_driver_sql(f"CREATE TRIGGER soak_fault BEFORE INSERT ON {table} {action}")
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP TRIGGER soak_fault{f' ON {table}' if postgresql else ''}")
