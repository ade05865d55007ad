"""The tables are what the migrations make, on both databases, up and down."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from app.records.base import Base
from app.records.migrations import at_head, downgrade, upgrade
from app.records.unit import Records
from tests.conftest import DATABASES
from tests.postgres import PostgresServer

CATALOGUE = {
    "sqlite": """
        SELECT type, tbl_name, sql FROM sqlite_master
         WHERE name NOT LIKE 'sqlite%' AND type <> 'trigger' AND tbl_name <> 'alembic_version'""",
    "postgresql": """
        SELECT 'column', table_name, concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable)
          FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
        UNION ALL
        SELECT 'constraint', conrelid::regclass::text, concat_ws(' ', conname, pg_get_constraintdef(oid))
          FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
        UNION ALL
        SELECT 'index', tablename, indexdef FROM pg_indexes
         WHERE schemaname = 'public' AND tablename <> 'alembic_version'""",
}


@pytest.fixture(params=DATABASES)
def two_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Two empty databases of one kind, without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'one.db'}", f"sqlite:///{tmp_path / 'two.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    names = [f"bare_{uuid4().hex}" for _ in range(2)]
    one, two = (server.create_database(name) for name in names)
    yield one, two
    for name in names:
        server.drop_database(name)


def catalogue(engine: Engine) -> set[tuple[str, str, str]]:
    """Every column, constraint and index as the database itself tells them."""
    with engine.connect() as connection:
        rows = connection.execute(text(CATALOGUE[engine.dialect.name]))
        return {(row[0], row[1], " ".join(part.strip() for part in (row[2] or "").split())) for row in rows}


def lines(described: set[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """CREATE TABLE statements differ in the order of their lines; each line by itself must agree."""
    return {
        # A table that SQLite rebuilt has its name in quotes.
        (kind, table, part.strip(" (),").replace('"', ""))
        for kind, table, sql in described
        for part in sql.replace("(", "(\n", 1).replace(", ", ",\n").split("\n")
    }


def test_tables_equal_migrations(two_urls: tuple[str, str]) -> None:
    migrated, declared = two_urls
    upgrade(migrated)
    engines = [create_engine(url) for url in (migrated, declared)]
    Base.metadata.create_all(engines[1])
    made, wanted = (lines(catalogue(engine)) for engine in engines)
    for engine in engines:
        engine.dispose()
    assert made == wanted


def test_down_leaves_nothing_and_up_again_works(two_urls: tuple[str, str]) -> None:
    url, _ = two_urls
    upgrade(url)
    downgrade(url)
    engine = create_engine(url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    upgrade(url)
    records = Records(url)
    assert at_head(records)
    records.dispose()
