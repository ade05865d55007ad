"""Backups: a copy of the whole database at one moment, and an empty database made from one."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from app.records.migrations import known_revisions, upgrade
from app.records.unit import Records, answering

SQLITE_MAGIC = b"SQLite format 3\x00"
POSTGRESQL_MAGIC = b"PGDMP"

# The environment of a child process, with these variables in it.
Environment = Callable[[Mapping[str, str]], dict[str, str]]


class CannotBackUp(RuntimeError):
    """A backup or restore that was not done: ``reason`` is a stable word, ``detail`` what a program said."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Programs:
    """Where PostgreSQL's own programs are (None: on the PATH), and the environment they run in."""

    folder: Path | None
    environment: Environment

    def find(self, name: str) -> str:
        """The path of a program. Raises CannotBackUp."""
        found = shutil.which(name, path=str(self.folder) if self.folder else None)
        if found is None:
            raise CannotBackUp("no_program", name)
        return found


def back_up(records: Records, file: Path, programs: Programs) -> None:
    """Write the whole database, as it is at one moment, to a new file readable by its owner alone.

    Raises CannotBackUp (exists, no_program, failed), Unavailable. What is half written is removed.
    """
    if file.exists():
        raise CannotBackUp("exists", str(file))
    half = file.with_name(file.name + ".half")
    os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        with answering():
            _dump(records.engine, half, programs)
        _sync(half)
        os.link(half, file)  # unlike a rename, a link never takes the place of a file that came meanwhile
    except FileExistsError as error:
        raise CannotBackUp("exists", str(file)) from error
    finally:
        half.unlink(missing_ok=True)


def restore(url: str, file: Path, programs: Programs) -> None:
    """Fill the empty database at ``url`` from a backup and bring it to the newest tables.

    Raises CannotBackUp (not_empty, not_a_backup, damaged, newer, no_program, failed), Unavailable. A restore that
    fails leaves the database as it was.
    """
    records = Records(url)
    try:
        with answering():
            if not _is_empty(records.engine):
                raise CannotBackUp("not_empty")
        records.dispose()  # nothing of ours stays open on a file that is about to be replaced
        _load(records.engine, file, programs)
    finally:
        records.dispose()
    upgrade(url)


def _is_empty(engine: Engine) -> bool:
    """No row in any table but what Alembic keeps for itself."""
    tables = [name for name in inspect(engine).get_table_names() if name != "alembic_version"]
    with engine.connect() as connection:
        return not any(connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first() for name in tables)


def _dump(engine: Engine, half: Path, programs: Programs) -> None:
    if engine.dialect.name == "postgresql":
        _run(engine, programs, "pg_dump", "--format=custom", "--no-owner", f"--file={half}")
        return
    source_path = str(engine.url.database)
    with closing(sqlite3.connect(source_path)) as source, closing(sqlite3.connect(half)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    _require_sound(half)


def _load(engine: Engine, file: Path, programs: Programs) -> None:
    magic = POSTGRESQL_MAGIC if engine.dialect.name == "postgresql" else SQLITE_MAGIC
    with file.open("rb") as opened:
        if not opened.read(len(magic)) == magic:
            raise CannotBackUp("not_a_backup", str(file))
    if engine.dialect.name == "postgresql":
        _require_known(_revisions_in_dump(file, programs))
        # In one transaction, empty tables of this version give way to those of the backup.
        options = ("--single-transaction", "--exit-on-error", "--no-owner", "--clean", "--if-exists")
        _run(engine, programs, "pg_restore", *options, str(file))
        return
    _load_sqlite(Path(str(engine.url.database)), file)


def _load_sqlite(target: Path, file: Path) -> None:
    """Copied beside the target, looked at there, and put in its place in one move."""
    half = target.with_name(target.name + ".half")
    try:
        shutil.copyfile(file, half)
        half.chmod(0o600)
        _require_sound(half)
        _require_known_tables(half)
        _sync(half)
        for left in ("-wal", "-shm"):
            target.with_name(target.name + left).unlink(missing_ok=True)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _require_sound(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as connection:
            [said] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise CannotBackUp("damaged", str(error)) from error
    if said != "ok":
        raise CannotBackUp("damaged", said)


def _require_known_tables(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as connection:
            rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.DatabaseError as error:
        raise CannotBackUp("not_a_backup", str(error)) from error
    _require_known({row[0] for row in rows})


def _revisions_in_dump(file: Path, programs: Programs) -> set[str]:
    """The rows of alembic_version in a dump: they stand as text between COPY and its end."""
    command = [programs.find("pg_restore"), "--data-only", "--table=alembic_version", "--file=-", str(file)]
    said = _said(command, programs.environment({}))
    if "COPY " not in said:
        raise CannotBackUp("not_a_backup", str(file))
    return set(said.partition("COPY ")[2].partition("\n\\.")[0].splitlines()[1:])


def _require_known(revisions: set[str]) -> None:
    if not revisions <= known_revisions():
        raise CannotBackUp("newer", ", ".join(sorted(revisions)))


def _run(engine: Engine, programs: Programs, name: str, *options: str) -> None:
    """Run one of PostgreSQL's programs on a database; the password is in its environment, where no list shows it."""
    url = engine.url.set(drivername="postgresql")
    secret = {"PGPASSWORD": url.password} if url.password else {}
    address = url._replace(password=None).render_as_string()
    command = [programs.find(name), *options[:-1], f"--dbname={address}", options[-1]]
    _said(command, programs.environment(secret))


def _said(command: list[str], environment: dict[str, str]) -> str:
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise CannotBackUp("failed", f"{Path(command[0]).name}: {ran.stderr.strip()}")
    return ran.stdout


def _sync(file: Path) -> None:
    """To the disk itself, the file and its place in the folder."""
    for path in (file, file.parent):
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
