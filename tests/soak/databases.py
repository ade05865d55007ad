"""The databases of the proofs: real, on a disk, with the settings that must keep what was acknowledged."""

import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.house import furnish
from tests.postgres import PostgresServer, running

KINDS = ("sqlite", "postgresql")
FURNISHED = "furnished"


class Place(ABC):
    """Where databases of one kind are made: each proof has one of its own, with master data and empty books."""

    kind: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0

    def fresh(self) -> str:
        """The URL of a new database."""
        self._made += 1
        return self._copy(f"soak_{self._made}")

    @abstractmethod
    def _copy(self, name: str) -> str:
        """A copy of the furnished database under a name."""


class SqlitePlace(Place):
    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._furnished = folder / f"{FURNISHED}.db"
        furnish(f"sqlite:///{self._furnished}")

    def _copy(self, name: str) -> str:
        return f"sqlite:///{shutil.copyfile(self._furnished, self.folder / f'{name}.db')}"


class PostgresPlace(Place):
    kind = "postgresql"

    def __init__(self, folder: Path, server: PostgresServer) -> None:
        super().__init__(folder)
        self.server = server
        furnish(server.create_database(FURNISHED))

    def _copy(self, name: str) -> str:
        url = self.server.create_database(name, template=FURNISHED)
        # A sequence in a database copied through the log has, until the next checkpoint, its next 32 values counted
        # as logged although the copy's log has them not: after a crash PostgreSQL itself would give them out again.
        checkpoint(url)
        return url


@contextmanager
def placed(kind: str) -> Iterator[Place]:
    """A place for databases of a kind, gone afterwards; PostgreSQL with fsync and all, as in production."""
    with tempfile.TemporaryDirectory(prefix="soak-") as made:
        folder = Path(made)
        if kind == "sqlite":
            yield SqlitePlace(folder)
            return
        with running(durable=True) as server:
            yield PostgresPlace(folder, server)


def checkpoint(url: str) -> None:
    """Have PostgreSQL write everything down now."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
    engine.dispose()


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    """What a statement gives when it is asked of the database itself, past everything the service is made of."""
    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]
    finally:
        engine.dispose()


def number(url: str, statement: str) -> int:
    """The one whole number that a statement gives; no rows at all, or NULL, are 0."""
    found = rows(url, statement)
    return int(str(found[0][0] or 0)) if found else 0
