"""What a backup and a restore require, on either kind of database."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from app.records.base import Base
from app.records.migrations import known_revisions

ALEMBIC = "alembic_version"


class CannotBackUp(RuntimeError):
    """A backup or restore that was not done: ``reason`` is a stable word, ``detail`` what a program said."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.detail = detail


def require_empty(connection: Connection) -> None:
    """No row in any table, and no table that is not of this service. Raises CannotBackUp (not_empty)."""
    tables = set(inspect(connection).get_table_names()) - {ALEMBIC}
    if not tables <= set(Base.metadata.tables):
        raise CannotBackUp("not_empty")
    if any(connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first() for name in tables):
        raise CannotBackUp("not_empty")


def require_beginning(file: Path, magic: bytes) -> None:
    """A file of the kind that this database's backups are. Raises CannotBackUp (not_a_backup)."""
    with file.open("rb") as opened:
        if opened.read(len(magic)) != magic:
            raise CannotBackUp("not_a_backup", str(file))


def require_known(file: Path, revisions: Iterable[str]) -> None:
    """Tables that this version knows. Raises CannotBackUp (not_a_backup, newer)."""
    found = set(revisions)
    if not found:
        raise CannotBackUp("not_a_backup", str(file))
    if not found <= known_revisions():
        raise CannotBackUp("newer", ", ".join(sorted(found)))
