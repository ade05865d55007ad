"""What a database's errors mean to whoever asked: come again, or a fault of ours."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.records.deeds import Doer
from app.records.unit import Collided, Records, Unavailable
from tests.house import NOW, House

DOER = Doer("tester", NOW)


@pytest.mark.parametrize("wrong", ["SELECT no_such_column FROM lots", "SELEKT 1", "SELECT 1 FROM no_such_table"])
def test_a_wrong_statement_is_a_fault_and_no_reason_to_come_again(house: House, wrong: str) -> None:
    with pytest.raises(DBAPIError), house.records.reading() as books:
        books.connection.execute(text(wrong))


def test_a_database_whose_folder_is_gone_is_unavailable(tmp_path: Path) -> None:
    folder = tmp_path / "books"
    records = Records(f"sqlite:///{folder / 'ledger.db'}")
    folder.rmdir()
    with pytest.raises(Unavailable), records.reading():
        pass


def told(records: Records, *statements: str) -> None:
    with records.reading() as books:
        for statement in statements:
            books.connection.execute(text(statement))


def begin_a_deed(records: Records) -> None:
    with records.writing(DOER) as books:
        books.series.next("waiting")


def test_a_database_that_another_program_writes_to_gave_us_up(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    records = Records(f"sqlite:///{file}")
    told(records, "PRAGMA busy_timeout = 0")  # nobody waits half a minute for this test
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Collided):
            begin_a_deed(records)


def test_a_disk_that_is_full_is_unavailable(tmp_path: Path) -> None:
    records = Records(f"sqlite:///{tmp_path / 'ledger.db'}")
    with pytest.raises(Unavailable):
        told(
            records,
            "CREATE TABLE t (x)",
            "PRAGMA max_page_count = 2",
            "INSERT INTO t VALUES (zeroblob(100000))",
        )
