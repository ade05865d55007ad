"""A database in use, and a way to back it up and to a new one of the same kind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from app.records.backup import back_up, restore
from app.records.backup_conditions import CannotBackUp
from app.records.backup_postgresql import Programs
from app.records.base import Base
from app.records.unit import Records
from config import child_environment
from tests.house import House
from tests.postgres import PostgresServer


@dataclass
class Drill:
    """A database in use, and a way to a new one of the same kind."""

    house: House
    folder: Path
    programs: Programs
    new: Callable[[], str]

    @property
    def sqlite(self) -> bool:
        return self.house.records.engine.dialect.name == "sqlite"

    def file(self) -> Path:
        file = self.folder / "backup"
        back_up(self.house.records, file, self.programs)
        return file


@pytest.fixture
def drill(house: House, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Drill]:
    if house.records.engine.dialect.name == "sqlite":
        programs = Programs(None, child_environment)
        yield Drill(house, tmp_path, programs, lambda: f"sqlite:///{tmp_path / uuid4().hex}.db")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    names: list[str] = []

    def new() -> str:
        names.append(f"restored_{uuid4().hex}")
        return server.create_database(names[-1])

    yield Drill(house, tmp_path, Programs(server.program("pg_dump").parent, child_environment), new)
    for name in names:
        server.drop_database(name)


def rows(url_or_records: Records) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with url_or_records.reading() as books:
        return {
            name: sorted((tuple(row) for row in books.connection.execute(table.select())), key=repr)
            for name, table in Base.metadata.tables.items()
        }


def refused(drill: Drill, target: str, file: Path) -> str:
    """Why a restore is refused."""
    with pytest.raises(CannotBackUp) as caught:
        restore(target, file, drill.programs)
    return caught.value.reason
