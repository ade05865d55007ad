"""Rows into tables as the driver takes them: a statement is made once for a table, and a long list goes as one stream.

SQLAlchemy would build, look up and compare each statement anew; that cost more than the inserts themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

import sqlalchemy
from sqlalchemy import Table
from sqlalchemy.engine import Dialect

from app.records.driver import driver_of

Row = dict[str, Any]
Values = tuple[Any, ...]
Process = Callable[[Any], Any]

# From so many rows on PostgreSQL takes COPY: the same rows under the same constraints, in one stream.
WORTH_A_STREAM = 50
# Slips of a day share their moments, and every row of a deed shares one.
MOMENTS_KNOWN = 4096


@dataclass(frozen=True, slots=True)
class Insert:
    """The insert of some columns of a table: as a statement, as a COPY, and what makes each value the driver's."""

    statement: str
    copy: str
    pick: Callable[[Row], Values]
    processes: tuple[tuple[int, Process], ...]

    def values(self, row: Row) -> Values:
        """A row as the driver takes it. Raises KeyError where a column of the first row is missing in this one."""
        if not self.processes:
            return self.pick(row)
        values = list(self.pick(row))
        for at, process in self.processes:
            values[at] = process(values[at])
        return tuple(values)


@lru_cache(maxsize=1024)
def _insert(table: Table, names: tuple[str, ...], dialect: Dialect) -> Insert:
    quoted = ", ".join(dialect.identifier_preparer.quote(name) for name in names)
    mark = "%s" if dialect.name == "postgresql" else "?"
    marks = ", ".join([mark] * len(names))
    processes = tuple((at, process) for at, name in enumerate(names) if (process := _process(table, name, dialect)))
    statement = f"INSERT INTO {table.name} ({quoted}) VALUES ({marks})"
    return Insert(statement, f"COPY {table.name} ({quoted}) FROM STDIN", itemgetter(*names), processes)


def _process(table: Table, name: str, dialect: Dialect) -> Process | None:
    """What SQLAlchemy does to a value of this column, remembered for values that come again."""
    process: Process | None = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    return None if process is None else lru_cache(maxsize=MOMENTS_KNOWN)(process)


def insert_rows(connection: sqlalchemy.Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the columns of the first. Raises SQLAlchemy's own errors, as ``execute`` does."""
    insert = _insert(table, tuple(rows[0]), connection.dialect)
    if len(rows) == 1:
        connection.exec_driver_sql(insert.statement, insert.values(rows[0]))
    elif connection.dialect.name == "postgresql" and len(rows) >= WORTH_A_STREAM:
        _stream(connection, insert, map(insert.values, rows))
    else:
        connection.exec_driver_sql(insert.statement, [insert.values(row) for row in rows])


def _stream(connection: sqlalchemy.Connection, insert: Insert, rows: Iterator[Values]) -> None:
    if not connection.in_transaction():
        connection.begin()  # or its commit would be none
    with driver_of(connection, insert.copy) as driver, driver.cursor() as cursor, cursor.copy(insert.copy) as copy:
        for row in rows:
            copy.write_row(row)
