"""Two versions of a factor are never in force on the same day: the database itself refuses, on both kinds."""

import threading
from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from tests.house import House

ADD = text(
    "INSERT INTO factors (key, value, unit, version, valid_from, valid_to, source, note)"
    " VALUES ('test', '1', 'kg/kg', :version, :first, :last, 's', '')"
)


def add(connection: Connection, version: int, first: str, last: str | None) -> None:
    days = {"first": date.fromisoformat(first), "last": date.fromisoformat(last) if last else None}
    plain = {
        name: day.isoformat() if day and connection.dialect.name == "sqlite" else day for name, day in days.items()
    }
    connection.execute(ADD, {"version": version, **plain})


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-01", None),
        ("2026-03-31", "2026-04-30"),
        ("2025-01-01", "2026-01-01"),
        ("2026-02-01", "2026-02-01"),
        ("2020-01-01", None),
    ],
)
def test_a_version_that_overlaps_another_is_refused(house: House, first: str, last: str | None) -> None:
    with house.records.engine.begin() as connection:
        add(connection, 1, "2026-01-01", "2026-03-31")
    with pytest.raises(DBAPIError, match="overlap"), house.records.engine.begin() as connection:
        add(connection, 2, first, last)


def test_versions_that_follow_each_other_are_taken_and_cannot_be_stretched(house: House) -> None:
    with house.records.engine.begin() as connection:
        add(connection, 1, "2026-01-01", "2026-03-31")
        add(connection, 2, "2026-04-01", None)
        add(connection, 3, "2025-12-31", "2025-12-31")
    with pytest.raises(DBAPIError, match="overlap"), house.records.engine.begin() as connection:
        connection.execute(text("UPDATE factors SET valid_to = NULL WHERE key = 'test' AND version = 1"))


def test_of_two_transactions_adding_overlapping_versions_at_once_one_gets_it(house: House) -> None:
    barrier, results = threading.Barrier(2), []

    def put(version: int) -> None:
        barrier.wait()
        try:
            with house.records.engine.begin() as connection:
                add(connection, version, "2026-01-01", None)
            results.append("added")
        except DBAPIError:
            results.append("refused")

    threads = [threading.Thread(target=put, args=(version,)) for version in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["added", "refused"]
