"""The unit of work: done whole, or not at all, on both databases."""

import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.ledger.refusals import Refused
from app.records.base import UtcDateTime
from app.records.connection import FailedTransaction
from app.records.deeds import Doer
from app.records.unit import DeedWithoutAudit, Records
from tests.campaign import certificate, delivered, three_bodies
from tests.house import House

DOER = Doer("tester", datetime(2026, 11, 20, tzinfo=UTC))
TIMES = 100


def last_numbers(records: Records) -> int:
    with records.reading() as books:
        found = books.connection.execute(text("SELECT last FROM number_series WHERE prefix = 'race'")).scalar()
    return int(found or 0)


def count_up(url: str) -> None:
    records = Records(url)
    for _ in range(TIMES):
        with records.writing(DOER) as books:
            books.series.next("race")
            books.audit.add("count", "series", "race")
            books.commit()
    records.dispose()


def test_leaving_without_commit_undoes_everything(house: House) -> None:
    with house.records.writing(DOER) as books:
        books.series.next("race", 5)
        books.audit.add("count", "series", "race")
    assert last_numbers(house.records) == 0


def test_nothing_is_committed_without_an_audit_row(house: House) -> None:
    with house.records.writing(DOER) as books:
        books.series.next("race", 5)
        with pytest.raises(DeedWithoutAudit):
            books.commit()
    assert last_numbers(house.records) == 0


def test_a_transaction_in_which_a_statement_failed_is_never_committed(house: House) -> None:
    with house.records.writing(DOER) as books:
        books.series.next("race", 5)
        books.audit.add("count", "series", "race")
        with pytest.raises((DBAPIError, Refused)):
            books.connection.execute(text("INSERT INTO lots (id) VALUES (1)"))
        with pytest.raises(FailedTransaction):
            books.commit()
    assert last_numbers(house.records) == 0


def test_two_processes_counting_lose_no_number(house: House, database_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=count_up, args=(database_url,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert last_numbers(house.records) == 2 * TIMES


def test_reading_waits_for_no_writer(house: House) -> None:
    with house.records.writing(DOER) as books:
        books.series.next("race")
        assert last_numbers(house.records) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lot_states SET mass_g = -1",
        "UPDATE lot_states SET embodied_g = -1",
        "UPDATE lot_states SET units = -1 WHERE units IS NOT NULL",
        "UPDATE lot_contents SET remaining_g = -1",
        "UPDATE lot_contents SET remaining_g = made_g + 1",
        "UPDATE lot_states SET site_code = 'MC', customer_code = 'TRUCK-M'",
        "UPDATE transformations SET loss_g = loss_g + 1",
        "INSERT INTO certificate_lines SELECT certificate_id, 1, lot_id, true FROM certificate_lines",
        "INSERT INTO movements SELECT deed_id, lot_id, origin_id, 1 FROM movements",
        "INSERT INTO movements SELECT deed_id + 1000, lot_id, origin_id, 0 FROM movements",
    ],
)
def test_the_database_itself_refuses_books_that_cannot_be(house: House, statement: str) -> None:
    three_bodies(house)
    certificate(house, delivered(house, "D-1", "T"))
    with pytest.raises(DBAPIError), house.records.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_a_moment_without_a_zone_is_never_stored(house: House) -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(DOER.now.replace(tzinfo=None), house.records.engine.dialect)


def test_sqlite_is_durable_and_keeps_its_references(tmp_path: Path) -> None:
    records = Records(f"sqlite:///{tmp_path / 'ledger.db'}")
    with records.reading() as books:
        pragmas = ["journal_mode", "synchronous", "foreign_keys"]
        found = [books.connection.execute(text(f"PRAGMA {name}")).scalar() for name in pragmas]
    records.dispose()
    assert found == ["wal", 2, 1]
