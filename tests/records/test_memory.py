"""Master data is remembered, and never after it was changed: by this process, by another, by hand, or half-way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from app.records.memory import Memory, Sheets
from app.records.unit import Records
from tests.house import House
from tests.lookups.test_query_counts import counted

RENAME = text("UPDATE customers SET name_en = :name WHERE code = 'TRUCK-M'")


def name(records: Records) -> str:
    with records.reading() as books:
        return str(books.master_data.sheet("customers")["TRUCK-M"]["name_en"])


@contextmanager
def another(house: House) -> Iterator[Records]:
    records = Records(house.records.engine.url.render_as_string(hide_password=False))
    yield records
    records.dispose()


def test_sheets_that_nobody_changed_are_not_read_again(house: House) -> None:
    before = name(house.records)
    with counted(house) as statements:
        assert name(house.records) == before
    assert len(statements) == 1, statements


def test_what_another_process_changed_is_seen_by_the_next_unit_of_work(house: House) -> None:
    name(house.records)
    with another(house) as other, other.engine.execution_options(writing=True).begin() as connection:
        connection.execute(RENAME, {"name": "Renamed"})
    assert name(house.records) == "Renamed"


def test_a_change_that_was_undone_is_not_remembered(house: House) -> None:
    before = name(house.records)
    with house.records.writing(house.doer()) as books:
        row = dict(books.master_data.sheet("customers")["TRUCK-M"]) | {"name_en": "Never"}
        assert books.master_data.put("customers", row)
        assert books.master_data.sheet("customers")["TRUCK-M"]["name_en"] == "Never"
    assert name(house.records) == before
    with another(house) as other, other.engine.execution_options(writing=True).begin() as connection:
        connection.execute(RENAME, {"name": "Kept"})
    assert name(house.records) == "Kept"


@pytest.mark.parametrize(
    "words",
    [
        "INSERT INTO customers (code, name_ja, name_en, name_public) VALUES ('NEW', 'n', 'n', false)",
        "DELETE FROM alloys WHERE code = 'A6N01'",
        "UPDATE factors SET valid_to = '2999-12-31' WHERE valid_to IS NULL",
        "UPDATE items SET note = 'n'",
        "UPDATE step_rules SET note = 'n'",
        "UPDATE flag_rules SET note = 'n'",
        "UPDATE alloys SET note = 'n'",
        "UPDATE sites SET name_en = 'n'",
        "UPDATE scrap_classes SET name_en = 'n'",
    ],
)
def test_the_database_marks_every_kind_of_change_to_every_sheet(house: House, words: str) -> None:
    mark = text("SELECT mark FROM master_data_state")
    with house.records.engine.connect() as connection:
        before = connection.execute(mark).scalar_one()
        connection.execute(text(words))
        assert connection.execute(mark).scalar_one() != before


def test_sheets_whose_mark_changed_while_they_were_read_are_given_and_not_remembered() -> None:
    memory = Memory()
    reads: list[str | None] = []

    def read(after: str | None) -> Callable[[], tuple[Sheets, str | None]]:
        def reading() -> tuple[Sheets, str | None]:
            reads.append(after)
            return Sheets({}, ()), after

        return reading

    memory.sheets_at("one", read("two"))
    memory.sheets_at("one", read("one"))
    memory.sheets_at("one", read("one"))
    memory.sheets_at(None, read(None))
    memory.sheets_at(None, read(None))
    assert reads == ["two", "one", None, None]
