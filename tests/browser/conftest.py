"""A browser for the whole run, and the service with something in its books, on both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import launched
from tests.browser.filled import Filled, fill, people
from tests.browser.living import Living, living
from tests.conftest import DATABASES
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="session")
def sqlite_url(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    copy = shutil.copyfile(migrated_sqlite, tmp_path_factory.mktemp("browser") / "ledger.db")
    return f"sqlite:///{copy}"


@pytest.fixture(scope="session")
def postgresql_url(postgres: PostgresServer, migrated_postgres: str) -> str:
    return postgres.create_database(f"browser_{uuid4().hex}", template=migrated_postgres)
