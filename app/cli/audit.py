"""audit export: the audit log as CSV or JSON Lines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

import click
from flask.cli import with_appcontext

from app.cli.shell import held, refusals
from app.lookups.audit import audit_entries
from app.schemas.audit import Format, written


@click.group()
def audit() -> None:
    """監査ログ The audit log."""


@audit.command("export")
@click.option("--format", "wanted", type=click.Choice([f.value for f in Format]), default=Format.JSON_LINES.value)
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="最初の日 the first day, Japan time")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="最後の日（含む） the last day, inclusive")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="the file to write; printed otherwise")
@with_appcontext
def export(wanted: str, first: datetime | None, last: datetime | None, output: Path | None) -> None:
    """監査ログを書き出す Write the audit log out, oldest first."""
    with refusals(), _opened(output) as file:
        entries = audit_entries(held().records, first.date() if first else None, last.date() if last else None)
        file.writelines(written(entries, Format(wanted)))


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    """The file, never one that is there already, with the line ends as they are written."""
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("x", encoding="utf-8", newline="") as file:
            yield file
    except FileExistsError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from error
