"""Ready is who can answer: a database that does not, or has the tables of another version, is 503."""

import shutil
from pathlib import Path

import pytest

from app.records.migrations import downgrade, upgrade
from tests.house import House
from tests.postgres import PostgresServer


def asked(house: House) -> tuple[int, str]:
    """How ``/health/ready`` answers, and in which word."""
    answer = house.client.get("/health/ready")
    said = answer.get_json(force=True)
    return answer.status_code, said["code"] if "code" in said else said["status"]


def test_with_the_tables_of_this_version_it_is_ready(house: House) -> None:
    assert asked(house) == (200, "ready")


def test_with_the_tables_of_the_version_before_it_is_not(house: House, database_url: str) -> None:
    downgrade(database_url, "-1")
    assert asked(house) == (503, "migrations_pending")
    upgrade(database_url)
    assert asked(house) == (200, "ready")


def test_without_any_table_it_is_not(house: House, database_url: str) -> None:
    downgrade(database_url)
    assert asked(house) == (503, "migrations_pending")


def stop(house: House, request: pytest.FixtureRequest) -> None:
    """The database goes away under the service; whoever is connected to it is cut off."""
    url = house.records.engine.url
    assert url.database
    if url.drivername == "sqlite":
        house.records.dispose()  # an open file would be read on
        shutil.rmtree(Path(url.database).parent)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    server.drop_database(url.database)


def test_where_the_database_does_not_answer_it_is_alive_and_not_ready(
    house: House, request: pytest.FixtureRequest
) -> None:
    assert asked(house) == (200, "ready")
    stop(house, request)
    for _ in range(2):  # cut off in the middle, and not reached at all
        assert asked(house) == (503, "unavailable")
    assert house.client.get("/health/ready").headers["Retry-After"]
    assert house.client.get("/health/live").get_json() == {"status": "alive"}
