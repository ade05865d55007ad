"""Past SQLAlchemy to the driver itself, where its rows are enough; its errors are told as SQLAlchemy tells them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from sqlalchemy.exc import DBAPIError


@contextmanager
def driver_of(connection: sqlalchemy.Connection, statement: str) -> Iterator[Any]:
    """The driver's connection, for this statement. Raises SQLAlchemy's own errors."""
    dialect = connection.dialect
    driver: Any = connection.connection.driver_connection
    faults: Any = dialect.loaded_dbapi.Error
    try:
        yield driver
    except faults as error:
        lost = dialect.is_disconnect(error, driver, None)
        raise DBAPIError.instance(
            statement, None, error, faults, connection_invalidated=lost, dialect=dialect
        ) from error
