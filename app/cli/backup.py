"""backup and restore: the whole database to a file, and an empty database from one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.shell import config, held, locale, refusals, tell, tell_differences
from app.lookups.ledger_check import check_ledger
from app.records.backup import back_up
from app.records.backup import restore as restore_from
from app.records.backup_conditions import CannotBackUp
from app.records.backup_postgresql import Programs
from app.wording.catalogue import marked, say
from config import child_environment

REASONS = {
    "exists": marked("{detail} is there already; nothing was written."),
    "no_tables": marked("The database has no tables yet; there is nothing to back up."),
    "in_use": marked("{detail} is a database in use, not a backup: a write-ahead log lies beside it."),
    "disk": marked("A file cannot be read or written: {detail}"),
    "no_program": marked("PostgreSQL's program {detail} was not found. Install it, or set POSTGRES_BIN to its folder."),
    "failed": marked("The database's own program refused: {detail}"),
    "not_empty": marked("The database is not empty. Restore into a new one; nothing was changed."),
    "not_a_backup": marked("This is no backup of this kind of database: {detail}"),
    "damaged": marked("The backup is damaged: {detail}"),
    "newer": marked("The backup was made by a newer version of the service ({detail})."),
}


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """バックアップする Write the whole database to a new FILE, while the service runs."""
    with refusals(), _told():
        back_up(held().records, file, _programs())
    tell("Backed up to {file}.", file=file)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """バックアップから戻す Fill an empty database from FILE and check every balance of it."""
    with refusals(), _told():
        restore_from(config().database_url, file, _programs())
        checked = check_ledger(held().records)
    tell_differences(checked.differences)
    counted = checked.counted
    tell(
        "Restored: {movements} movements, {certificates} certificates, {n} differences.",
        movements=counted["movements"],
        certificates=counted["certificates"],
        n=len(checked.differences),
    )
    if checked.differences:
        raise SystemExit(1)


def _programs() -> Programs:
    return Programs(config().postgres_bin, child_environment)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except CannotBackUp as error:
        raise click.ClickException(say(locale(), REASONS[error.reason], detail=error.detail)) from error
