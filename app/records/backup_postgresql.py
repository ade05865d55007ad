"""Backups of PostgreSQL: dumps that its own programs make and read."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from app.records.backup_conditions import CannotBackUp, require_beginning, require_empty, require_known
from app.records.migrations import revision_of, upgrade
from app.records.unit import Records

MAGIC = b"PGDMP"
GUARDS = text(
    "SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger"
    " WHERE NOT tgisinternal AND tgrelid = ANY(CAST(:tables AS regclass[]))"
)

# The environment of a child process, with these variables in it.
Environment = Callable[[Mapping[str, str]], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Programs:
    """Where PostgreSQL's own programs are (None: on the PATH), and the environment they run in."""

    folder: Path | None
    environment: Environment

    def run(self, name: str, *options: str, password: str = "") -> str:
        """What a program prints. Raises CannotBackUp (no_program, failed).

        The password is in the program's environment alone: everybody at a machine can read command lines.
        """
        found = shutil.which(name, path=str(self.folder) if self.folder else None)
        if found is None:
            raise CannotBackUp("no_program", name)
        environment = self.environment({"PGPASSWORD": password} if password else {})
        ran = subprocess.run(
            [found, *options],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            text=True,
            errors="replace",
            check=False,
        )
        if ran.returncode:
            raise CannotBackUp("failed", ran.stderr.strip() or name)
        return ran.stdout


def copy_out(engine: Engine, half: Path, programs: Programs) -> None:
    """The database as it is at one moment, as one file. Raises CannotBackUp (no_program, failed)."""
    address, password = _address(engine)
    options = ("--format=custom", "--no-owner", "--no-privileges", "--no-password")
    programs.run("pg_dump", *options, f"--file={half}", f"--dbname={address}", password=password)
    programs.run("pg_restore", f"--file={os.devnull}", str(half))  # it can be read to its end


def bring_in(records: Records, file: Path, programs: Programs) -> None:
    """Read the dump to its end, clear the empty tables away, and restore in one transaction.

    Raises CannotBackUp; a database that had empty tables has them again then.
    """
    require_beginning(file, MAGIC)
    _require_readable(file, programs)
    require_known(file, _revisions(file, programs))
    address, password = _address(records.engine)
    revision = _clear(records.engine)
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password")
    try:
        programs.run("pg_restore", *options, f"--dbname={address}", str(file), password=password)
    except BaseException:
        if revision is not None:
            upgrade(records.engine.url.render_as_string(hide_password=False), revision)
        raise


def _address(engine: Engine) -> tuple[str, str]:
    """How the service itself is connected, without the password, and the password."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        return driver.info.dsn, driver.info.password


def _clear(engine: Engine) -> str | None:
    """Drop the tables, none of which has a row; their revision. Nobody writes between the look and the drop.

    Those of the backup cannot give way to each other one by one: a newer version's refer to them.
    """
    with engine.begin() as connection:
        revision = revision_of(connection)
        tables = [f'"{name}"' for name in inspect(connection).get_table_names()]
        if tables:
            connection.execute(text(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE"))
        require_empty(connection)
        _drop(connection, tables)
        return revision


def _drop(connection: Connection, tables: list[str]) -> None:
    guards = connection.execute(GUARDS, {"tables": tables}).scalars().all()
    if tables:
        connection.execute(text(f"DROP TABLE {', '.join(tables)}"))
    for guard in guards:
        connection.execute(text(f"DROP FUNCTION {guard}"))


def _require_readable(file: Path, programs: Programs) -> None:
    try:
        programs.run("pg_restore", f"--file={os.devnull}", str(file))
    except CannotBackUp as error:
        raise CannotBackUp("damaged" if error.reason == "failed" else error.reason, error.detail) from error


def _revisions(file: Path, programs: Programs) -> list[str]:
    """The rows of alembic_version in a dump: they stand as text between COPY and its end."""
    said = programs.run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file))
    return said.partition("COPY ")[2].partition("\n\\.")[0].splitlines()[1:]
