"""A pooled connection that the server cut is found out where it rested, and told of where it did not."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from app.records.pinging import REST_S
from app.records.unit import Records, Shelves, Unavailable
from tests.postgres import PostgresServer


@pytest.fixture
def records(postgres: PostgresServer) -> Iterator[Records]:
    """Of PostgreSQL alone: SQLite has no server that could cut a connection."""
    opened = Records(postgres.create_database(f"pinging_{time.monotonic_ns()}"))
    yield opened
    opened.dispose()


def backend(records: Records) -> int:
    with records.glancing() as books:
        return int(books.connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def cut(records: Records, pid: int) -> None:
    other = create_engine(records.engine.url)
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    other.dispose()


def test_a_connection_cut_while_it_rested_makes_way_for_a_new_one(records: Records) -> None:
    first = backend(records)
    assert backend(records) == first
    cut(records, first)
    time.sleep(REST_S + 0.1)
    assert backend(records) != first


def test_a_connection_cut_a_moment_ago_is_told_and_replaced(records: Records) -> None:
    first = backend(records)
    cut(records, first)
    with pytest.raises(Unavailable):
        backend(records)
    assert backend(records) != first


def opened_at(books: Shelves) -> object:
    """When the transaction began, asked twice with time between: within one it stays the same."""
    return books.connection.execute(text("SELECT now()")).scalar_one()


def test_a_glance_opens_no_transaction_and_reading_does(records: Records) -> None:
    with records.glancing() as books:
        assert opened_at(books) != opened_at(books)
    with records.reading() as books:
        assert opened_at(books) == opened_at(books)
