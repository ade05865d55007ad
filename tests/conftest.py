"""What every test may ask for: databases of both kinds, empty and migrated."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

from tests.house import House, furnish, opened
from tests.postgres import PostgresServer, running

DATABASES = ("sqlite", "postgresql")
MIGRATED = "migrated"

settings.register_profile("ci", deadline=None, derandomize=False, print_blob=True)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL of this process: starting one takes half a second, less than sharing one would cost in care."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: PostgresServer) -> str:
    """The name of a PostgreSQL database with the newest tables and the master data, to be copied."""
    furnish(postgres.create_database(MIGRATED))
    return MIGRATED


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest tables and the master data, to be copied."""
    file = tmp_path_factory.mktemp(MIGRATED) / "ledger.db"
    furnish(f"sqlite:///{file}")
    return file


@contextmanager
def fresh_database(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[str]:
    """A database of a kind with master data and nothing in the books."""
    if kind == "sqlite":
        copy = shutil.copyfile(request.getfixturevalue("migrated_sqlite"), folder / "ledger.db")
        yield f"sqlite:///{copy}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"test_{uuid4().hex}"
    yield server.create_database(name, template=request.getfixturevalue("migrated_postgres"))
    server.drop_database(name)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with master data and nothing in the books, once on SQLite and once on PostgreSQL."""
    with fresh_database(request, request.param, tmp_path) as url:
        yield url


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    """The whole service on an empty ledger, with a key for each role, on both databases."""
    with opened(database_url, tmp_path) as built:
        yield built
