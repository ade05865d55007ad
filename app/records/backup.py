"""Backups: a copy of the whole database at one moment, and an empty database filled from one."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.records import backup_postgresql, backup_sqlite
from app.records.backup_conditions import CannotBackUp
from app.records.backup_postgresql import Programs
from app.records.migrations import revision_of, upgrade
from app.records.unit import Records, answering
from app.records.whole_file import whole_file


def back_up(records: Records, file: Path, programs: Programs) -> None:
    """Write the whole database, as it is at one moment, to a new file readable by its owner alone.

    Raises CannotBackUp (exists, no_tables, no_program, failed, damaged, disk), Unavailable. What is half written is
    removed.
    """
    with _told(), whole_file(file) as half:
        with records.engine.connect() as connection:
            if revision_of(connection) is None:
                raise CannotBackUp("no_tables")
        if _postgresql(records):
            backup_postgresql.copy_out(records.engine, half, programs)
        else:
            backup_sqlite.copy_out(records.engine, half)


def restore(url: str, file: Path, programs: Programs) -> None:
    """Fill the empty database at ``url`` from a backup and bring it to the newest tables.

    Raises CannotBackUp (not_empty, not_a_backup, in_use, damaged, newer, no_program, failed, disk), Unavailable. A
    restore that fails leaves the database as it was.
    """
    records = Records(url)
    try:
        with _told():
            if _postgresql(records):
                backup_postgresql.bring_in(records, file, programs)
            else:
                backup_sqlite.bring_in(records, file)
            upgrade(url)
    finally:
        records.dispose()


def _postgresql(records: Records) -> bool:
    return records.engine.dialect.name == "postgresql"


@contextmanager
def _told() -> Iterator[None]:
    """What a disk or a database cannot do is told as CannotBackUp."""
    try:
        with answering():
            yield
    except FileExistsError as error:
        raise CannotBackUp("exists", str(error.filename)) from error
    except OSError as error:
        raise CannotBackUp("disk", str(error)) from error
    except sqlite3.Error as error:
        raise CannotBackUp("failed", str(error)) from error
    except DBAPIError as error:
        raise CannotBackUp("failed", str(error.orig)) from error
