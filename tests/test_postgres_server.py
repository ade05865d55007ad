"""The PostgreSQL that the other tests stand on."""

import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.postgres import PostgresServer, running

ROOT = Path(__file__).parents[1]


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    return postgres.create_database(f"server_{time.monotonic_ns()}")


def test_it_is_a_postgresql_that_the_service_supports(url: str):
    [(version,)] = ask(url, "SELECT current_setting('server_version_num')::int / 10000")
    assert isinstance(version, int)
    assert version >= 15


def test_it_takes_japanese_and_sorts_as_sqlite_does(url: str):
    ask(url, "CREATE TABLE words (word text)")
    ask(url, "INSERT INTO words VALUES ('b'), ('𠮷野'), ('B'), ('アルミ')")
    assert ask(url, "SELECT word FROM words ORDER BY word") == [("B",), ("b",), ("アルミ",), ("𠮷野",)]


def test_it_allows_functions_and_triggers_in_plpgsql(url: str):
    ask(url, "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'append only'; END $$")
    ask(url, "CREATE TABLE kept (a int)")
    ask(url, "CREATE TRIGGER kept BEFORE TRUNCATE ON kept FOR EACH STATEMENT EXECUTE FUNCTION no()")
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection, pytest.raises(Exception, match="append only"):
        connection.execute(text("TRUNCATE kept"))


def test_a_database_made_from_a_template_is_a_copy_of_its_own(postgres: PostgresServer):
    original = postgres.create_database("original")
    ask(original, "CREATE TABLE lots (mass_g bigint)")
    copy = postgres.create_database("copy", template="original")
    ask(copy, "INSERT INTO lots VALUES (5)")
    assert ask(copy, "SELECT mass_g FROM lots") == [(5,)]
    assert ask(original, "SELECT mass_g FROM lots") == []
    postgres.drop_database("copy")
    postgres.drop_database("original")


def test_a_dropped_database_is_gone_even_while_someone_is_connected(postgres: PostgresServer):
    engine = create_engine(postgres.create_database("dropped"))
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        postgres.drop_database("dropped")
        connection.invalidate()
    engine.dispose()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(host=str(postgres.home), port=5432, user="postgres", dbname="dropped")


def test_what_was_committed_survives_an_abrupt_stop_with_durable_settings():
    with running(durable=True) as server:
        url = server.create_database("books")
        assert ask(url, "SHOW fsync") == [("on",)]
        assert ask(url, "SHOW synchronous_commit") == [("on",)]
        ask(url, "CREATE TABLE deeds (id int)")
        for stop in range(3):
            ask(url, f"INSERT INTO deeds VALUES ({stop})")
            open_deed = psycopg.connect(host=str(server.home), port=5432, user="postgres", dbname="books")
            open_deed.execute("INSERT INTO deeds VALUES (-1)")
            server.kill()
            server.start()
            open_deed.close()
        assert ask(url, "SELECT id FROM deeds ORDER BY id") == [(0,), (1,), (2,)]


def test_nothing_is_left_behind_after_a_failure():
    homes: list[Path] = []
    with pytest.raises(RuntimeError, match="the test failed"):
        fail_with_a_server(homes)
    assert [home.exists() for home in homes] == [False]


def fail_with_a_server(homes: list[Path]) -> None:
    with running() as server:
        homes.append(server.home)
        raise RuntimeError("the test failed")


def test_nothing_is_left_behind_when_the_tests_are_killed():
    script = "import sys, tests.postgres as p\nwith p.running() as s: print(s.home, flush=True); sys.stdin.read()"
    tests = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert tests.stdout is not None
    home = Path(tests.stdout.readline().strip())
    with psycopg.connect(host=str(home), port=5432, user="postgres", dbname="postgres") as witness:
        tests.kill()
        tests.communicate()
        deadline = time.monotonic() + 30
        while home.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not home.exists()
        with pytest.raises(psycopg.OperationalError):
            witness.execute("SELECT 1")
