"""A database connection inside one transaction, that remembers whether a statement of it failed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import count
from typing import Any, TypeVar

import sqlalchemy
from sqlalchemy import Executable, Select, text
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.records.among import PORTION, Among
from app.records.base import Base, table_of
from app.records.conflicts import refusal_for
from app.records.driver import driver_of
from app.records.inserting import insert_rows

Rows = CursorResult[*tuple[Any, ...]]
Query = Select[*tuple[Any, ...]]
Block = list[tuple[Any, ...]]
Done = TypeVar("Done")

BLOCK = 10_000
_cursors = count(1)


class FailedTransaction(RuntimeError):
    """Raised instead of committing a transaction in which a statement failed.

    PostgreSQL would answer such a COMMIT with a silent ROLLBACK, and the deed would be lost while seeming done.
    """


class Connection:
    """Executes statements; a broken constraint comes back as the ledger's own refusal."""

    def __init__(self, connection: sqlalchemy.Connection) -> None:
        self._connection = connection
        self._failed = False

    @property
    def postgresql(self) -> bool:
        return self._connection.dialect.name == "postgresql"

    def execute(self, statement: Executable, rows: Sequence[dict[str, Any]] | dict[str, Any] | None = None) -> Rows:
        """Execute a statement, once or, where ``rows`` are given, for each of them; one mapping fills its places."""
        return self._minded(
            lambda: self._connection.execute(statement, rows) if rows else self._connection.execute(statement)
        )

    def _minded(self, work: Callable[[], Done]) -> Done:
        """Do something with the database, and keep in mind that it failed where it did."""
        try:
            return work()
        except IntegrityError as error:
            self._failed = True
            refused = refusal_for(error)
            if refused is None:
                raise
            raise refused from error
        except DBAPIError:
            self._failed = True
            raise

    def execute_with(self, statement: Executable, **values: Any) -> Rows:
        """Execute a statement that was made once, with these values in its places."""
        return self.execute(statement, values)

    def execute_among(self, query: Among, values: Sequence[str], **others: Any) -> Iterator[Any]:
        """Rows of a query whose column is among these values, asked in portions."""
        for start in range(0, len(values), PORTION):
            place = query.place(self.postgresql, values[start : start + PORTION])
            yield from self.execute(query.statement(self.postgresql), place | others)

    def blocks(self, query: Query) -> Iterator[Block]:
        """Rows of a query without values from outside, streamed some thousand at a time, as the driver gives them."""
        said = str(query.compile(dialect=self._connection.dialect, compile_kwargs={"literal_binds": True}))
        # A cursor with a name is one of the server's: without, the whole answer would be in memory at once.
        named = [f"blocks_{next(_cursors)}"] if self.postgresql else []
        with driver_of(self._connection, said) as driver, closing(driver.cursor(*named)) as cursor:
            cursor.execute(said)
            while block := cursor.fetchmany(BLOCK):
                yield block

    def expect_long_queries(self) -> None:
        """Let PostgreSQL sort and sum a whole table in memory until this transaction ends; it would use files."""
        if self.postgresql:
            for setting in ("work_mem = '64MB'", "jit = off"):
                self.execute(text(f"SET LOCAL {setting}"))

    def execute_aside(self, statement: Executable) -> Any:
        """The one value a statement gives, executed in a transaction of its own that is committed at once.

        Not on SQLite: it has one writer at a time, and this connection is it.
        """
        with self._connection.engine.begin() as aside:
            return self._minded(lambda: aside.execute(statement).scalar_one())

    def execute_all(self, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        """Execute a statement for each of these rows; not at all where there are none."""
        if rows:
            self.execute(statement, rows)

    def insert_all(self, row: type[Base], rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows of a table, all with the same columns, in one go; none at all where there are none."""
        if rows:
            self._minded(lambda: insert_rows(self._connection, table_of(row), rows))

    def new_ids(self, row: type[Base], count: int = 1) -> list[int]:
        """Ids for new rows of a table, ascending."""
        return self.new_ids_of((row,), count)[0]

    def new_ids_of(self, rows: tuple[type[Base], ...], count: int = 1) -> list[list[int]]:
        """Ids for as many new rows of each of these tables, ascending, in one query.

        Made before the insert: an INSERT … RETURNING a row is several times slower. SQLite writers are alone
        (BEGIN IMMEDIATE), so the highest id there is theirs to count on from.
        """
        if self.postgresql:
            drawn = self._minded(lambda: self._connection.exec_driver_sql(_next_values(rows), (count,)).all())
            return [sorted(ids) for ids in zip(*drawn, strict=True)]
        highest = self._minded(lambda: self._connection.exec_driver_sql(_highest(rows)).one())
        return [list(range(last + 1, last + 1 + count)) for last in highest]

    def commit(self) -> None:
        if self._failed:
            raise FailedTransaction("a statement of this transaction failed; nothing of it is stored")
        self._connection.commit()

    def rollback(self) -> None:
        self._connection.rollback()


@lru_cache
def _next_values(rows: tuple[type[Base], ...]) -> str:
    drawn = ", ".join(f"nextval(pg_get_serial_sequence('{row.__tablename__}', 'id'))" for row in rows)
    return f"SELECT {drawn} FROM generate_series(1, %s)"


@lru_cache
def _highest(rows: tuple[type[Base], ...]) -> str:
    return "SELECT " + ", ".join(f"(SELECT coalesce(max(id), 0) FROM {row.__tablename__})" for row in rows)
