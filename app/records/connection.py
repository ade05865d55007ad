"""A database connection inside one transaction, that remembers whether a statement of it failed."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy
from sqlalchemy import Executable, Select, Table, func, select, text
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.records.base import Base, table_of
from app.records.conflicts import refusal_for
from app.records.inserting import insert_rows

# SQLite takes 32,766 values in a statement, PostgreSQL 65,535.
MOST_VALUES = 10_000

Rows = CursorResult[*tuple[Any, ...]]
Query = Select[*tuple[Any, ...]]
Done = TypeVar("Done")


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

    def execute_in(self, query: Any, column: Any, values: Sequence[Any]) -> Iterator[Any]:
        """Rows of a query whose column is among many values, asked in portions that every database takes."""
        for start in range(0, len(values), MOST_VALUES):
            yield from self.execute(query.where(column.in_(values[start : start + MOST_VALUES])))

    def execute_all(self, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        """Execute a statement for each of these rows; not at all where there are none."""
        if rows:
            self.execute(statement, rows)

    def insert_all(self, row: type[Base], rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows of a table, all with the same columns, in one go; none at all where there are none."""
        if rows:
            self._minded(lambda: insert_rows(self._connection, table_of(row), rows))

    def new_ids(self, table: Table, count: int = 1) -> list[int]:
        """Ids for new rows, ascending, made before the insert: an INSERT … RETURNING a row is several times slower.

        SQLite writers are alone (BEGIN IMMEDIATE), so the highest id there is theirs to count on from.
        """
        if self.postgresql:
            sequence = f"SELECT nextval(pg_get_serial_sequence('{table.name}', 'id')) FROM generate_series(1, :count)"
            return sorted(self._connection.execute(text(sequence), {"count": count}).scalars())
        last = self._connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        return list(range(last + 1, last + 1 + count))

    def commit(self) -> None:
        if self._failed:
            raise FailedTransaction("a statement of this transaction failed; nothing of it is stored")
        self._connection.commit()

    def rollback(self) -> None:
        self._connection.rollback()
