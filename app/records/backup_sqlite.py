"""Backups of SQLite: copies that SQLite itself makes, while others go on writing."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import URL, Engine

from app.records.backup_conditions import CannotBackUp, require_beginning, require_empty, require_known
from app.records.migrations import upgrade
from app.records.unit import Records

MAGIC = b"SQLite format 3\x00"


def copy_out(engine: Engine, half: Path) -> None:
    """The database as it is at one moment, as one file. Raises CannotBackUp (damaged)."""
    with _driver(engine) as source, closing(sqlite3.connect(half)) as copy:
        source.backup(copy)  # all pages in one step: in several, each deed meanwhile would begin it anew
        copy.execute("PRAGMA journal_mode=DELETE")
    _require_sound(half)


def bring_in(records: Records, file: Path) -> None:
    """Look at a copy of the backup, bring it to the newest tables, and write it into the empty database.

    It is written by SQLite in one transaction of the database there is. A file put in its place would leave whoever
    has the database open writing into the one that is gone, and what they wrote would be lost without an error.
    """
    require_beginning(file, MAGIC)
    if file.with_name(f"{file.name}-wal").exists():
        raise CannotBackUp("in_use", str(file))
    with TemporaryDirectory(prefix=".restore-", dir=Path(str(records.engine.url.database)).parent) as folder:
        copy = Path(folder) / "ledger.db"
        shutil.copyfile(file, copy)
        _require_sound(copy)
        require_known(file, _revisions(copy))
        upgrade(URL.create("sqlite", database=str(copy)).render_as_string())
        with records.alone():
            with records.engine.connect() as connection:
                require_empty(connection)
            with closing(sqlite3.connect(copy)) as source, _driver(records.engine) as target:
                source.backup(target)


@contextmanager
def _driver(engine: Engine) -> Iterator[sqlite3.Connection]:
    with closing(engine.raw_connection()) as connection:
        driver: Any = connection.driver_connection
        yield driver


def _require_sound(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as connection:
            [said] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise CannotBackUp("damaged", str(error)) from error
    if said != "ok":
        raise CannotBackUp("damaged", said)


def _revisions(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return []
        return [row[0] for row in connection.execute("SELECT version_num FROM alembic_version")]
