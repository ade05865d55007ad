"""The hand of somebody who has the database's own password: the guards are taken away, and then anything goes."""

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from tests.house import House

GUARDS = ("append_only_", "kept_", "settled_", "replaced_")
NAMES = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
}


def unguard(connection: Connection) -> None:
    """Drop every trigger that refuses a change; those that keep count of master data stay."""
    kind = connection.dialect.name
    for name, table in connection.exec_driver_sql(NAMES[kind]).all():
        if name.startswith(GUARDS):
            connection.exec_driver_sql(
                f"DROP TRIGGER {name}" if kind == "sqlite" else f"DROP TRIGGER {name} ON {table}"
            )


def tampered(connection: Connection, statement: str) -> None:
    """Change a record in spite of its guards."""
    unguard(connection)
    connection.exec_driver_sql(statement)


def refused(house: House, statement: str) -> None:
    """See that the database itself does not do it."""
    with pytest.raises(DBAPIError, match="append-only"), house.records.engine.begin() as connection:
        connection.exec_driver_sql(statement)
