"""Books with something of everything, once per database and module: for attacks that leave the books as they were."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.filled import fill, people
from tests.conftest import DATABASES
from tests.house import House, opened
from tests.postgres import PostgresServer


@pytest.fixture(scope="module", params=DATABASES)
def lived_in(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house whose books have something of everything; people sign in by the names of their roles."""
    folder: Path = tmp_path_factory.mktemp("lived_in")
    if request.param == "sqlite":
        copy = shutil.copyfile(request.getfixturevalue("migrated_sqlite"), folder / "ledger.db")
        url = f"sqlite:///{copy}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.create_database(f"lived_{folder.name}", template=request.getfixturevalue("migrated_postgres"))
    with opened(url, folder) as house:
        people(house)
        fill(house)
        yield house
