"""Two versions of a factor are never in force on the same day: the database itself refuses, on both kinds."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app.carbon.factors import Factor
from app.operations.load_reference import Sheets, load_reference
from app.operations.problems import Invalid
from app.records.master_data import FactorTaken
from app.records.migrations import downgrade, upgrade
from app.records.unit import Unavailable
from tests.house import House

ADD = text(
    "INSERT INTO factors (key, value, unit, version, valid_from, valid_to, source, note)"
    " VALUES ('test', '1', 'kg/kg', :version, :first, :last, 's', '')"
)


def days(postgresql: bool, version: int, first: str, last: str | None) -> dict[str, object]:
    """A version and its days, as either driver takes them; SQLite keeps days as text."""
    if not postgresql:
        return {"version": version, "first": first, "last": last}
    last_day = date.fromisoformat(last) if last else None
    return {"version": version, "first": date.fromisoformat(first), "last": last_day}


def add(connection: Connection, version: int, first: str, last: str | None) -> None:
    connection.execute(ADD, days(connection.dialect.name == "postgresql", version, first, last))


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


def test_transactions_whose_factors_never_meet_both_get_theirs(house: House) -> None:
    barrier, refused = threading.Barrier(2), []

    def put(version: int, first: str, last: str) -> None:
        barrier.wait()
        try:
            with house.records.writing(house.doer()) as books:
                books.connection.execute(ADD, days(books.connection.postgresql, version, first, last))
                books.audit.add("load", "reference", "factors")
                books.commit()
        except (DBAPIError, Unavailable) as error:
            refused.append(error)

    for year in range(2030, 2040):
        spans = [(year * 2, f"{year}-01-01", f"{year}-06-30"), (year * 2 + 1, f"{year}-07-01", f"{year}-12-31")]
        threads = [threading.Thread(target=put, args=span) for span in spans]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert refused == []


def test_a_load_that_another_has_overtaken_is_told_in_a_sentence(house: House) -> None:
    """The other is committed between the look and the write: the database refuses, and the load says so."""
    open_end = Factor("test", "1", "kg/kg", 1, date(2026, 1, 1), None, "s")
    with house.records.writing(house.doer()) as books:
        books.master_data.add_factor(open_end)
        with pytest.raises(FactorTaken):
            books.master_data.add_factor(replace(open_end, version=2))


def test_a_load_ends_a_version_before_it_adds_the_next_however_the_file_is_sorted(house: House) -> None:
    first = Factor("test", "1", "kg/kg", 1, date(2026, 1, 1), None, "s")
    second = replace(first, version=2, valid_from=date(2027, 1, 1))
    load_reference(house.records, house.doer(), Sheets({}, [first], {}))
    ended = replace(first, valid_to=date(2026, 12, 31))
    assert load_reference(house.records, house.doer(), Sheets({}, [second, ended], {})) == {"factors": 2}
    with pytest.raises(Invalid, match="factor_overlaps"):
        load_reference(house.records, house.doer(), Sheets({}, [replace(second, version=3)], {}))


def test_an_upgrade_does_not_pass_over_versions_that_overlap_already(house: House) -> None:
    url = house.records.engine.url.render_as_string(hide_password=False)
    house.records.dispose()
    downgrade(url, "0003")
    with house.records.engine.begin() as connection:
        add(connection, 1, "2026-01-01", None)
        add(connection, 2, "2026-02-01", None)
    with pytest.raises(RuntimeError, match="test"):
        upgrade(url)
