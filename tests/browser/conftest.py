"""A browser for the whole run, the service with something in its books, and somebody who visits it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from app.wording.catalogue import LOCALES
from tests.browser.chromium import launched
from tests.browser.living import DESK, PHONE, living
from tests.browser.stage import Stage, staged
from tests.browser.visit import Visit
from tests.conftest import DATABASES, fresh_database


@dataclass(frozen=True)
class Way:
    """How somebody comes: to which database, in which language, with which window."""

    database: str
    locale: str
    phone: bool


# Each two of database, language and width come together once: what goes wrong needs two of them at most. All eight
# with EVERY_WAY=1, which takes twice as long.
USUAL = (
    Way("sqlite", "ja", phone=True),
    Way("sqlite", "en", phone=False),
    Way("postgresql", "ja", phone=False),
    Way("postgresql", "en", phone=True),
)
EVERY = tuple(Way(*each) for each in product(DATABASES, LOCALES, (True, False)))
WAYS = EVERY if os.environ.get("EVERY_WAY") else USUAL


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; everybody gets a context of their own in it."""
    with launched() as started:
        yield started


@pytest.fixture(scope="session", params=DATABASES)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The service with something of everything in its books: to be looked at, and not to be changed."""
    folder = tmp_path_factory.mktemp("filled")
    with fresh_database(request, request.param, folder) as url, staged(url, folder, filled=True) as served:
        yield served


@pytest.fixture(scope="session")
def empty_stage(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The service with nothing in its books; which database holds nothing makes no difference."""
    folder = tmp_path_factory.mktemp("empty")
    copy = folder / "ledger.db"
    copy.write_bytes(migrated_sqlite.read_bytes())
    with staged(f"sqlite:///{copy}", folder, filled=False) as served:
        yield served


def named(way: Way) -> str:
    return f"{way.database}-{way.locale}-{'phone' if way.phone else 'desk'}"


@pytest.fixture(params=WAYS, ids=named)
def visit(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Somebody at a service of their own, whose books are empty."""
    way: Way = request.param
    with fresh_database(request, way.database, tmp_path) as url, living(url, tmp_path) as served:
        coming = Visit(Stage(served, None), browser, way.locale, PHONE if way.phone else DESK)
        yield coming
        coming.leave()


@pytest.fixture
def desk(browser: Browser, database_url: str, tmp_path: Path) -> Iterator[Visit]:
    """The same where language and width make no difference."""
    with living(database_url, tmp_path) as served:
        coming = Visit(Stage(served, None), browser, "en", DESK)
        yield coming
        coming.leave()
