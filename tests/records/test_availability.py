"""What a database's errors mean to whoever asked: come again, or a fault of ours."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.records import writer_lock
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


def test_who_waits_too_long_for_another_writer_is_told_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = Records(f"sqlite:///{tmp_path / 'ledger.db'}")
    told(records, "CREATE TABLE number_series (prefix TEXT PRIMARY KEY, last INTEGER)")
    monkeypatch.setattr(writer_lock, "PATIENCE_S", 0.2)
    with records.alone(), pytest.raises(Unavailable, match="another deed"):
        begin_a_deed(records)
    monkeypatch.undo()
    begin_a_deed(records)  # the lock that came too late was let go


def test_who_waits_for_another_writer_goes_on_when_that_one_has_ended(tmp_path: Path) -> None:
    records = Records(f"sqlite:///{tmp_path / 'ledger.db'}")
    told(records, "CREATE TABLE number_series (prefix TEXT PRIMARY KEY, last INTEGER)")
    waiting = threading.Thread(target=begin_a_deed, args=(records,))
    with records.alone():
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
    waiting.join(5)
    assert not waiting.is_alive()
