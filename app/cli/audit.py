"""audit export: the audit log as CSV or JSON Lines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from flask.cli import with_appcontext

from app.cli.shell import held, not_written, refusals
from app.lookups.audit import audit_entries
from app.records.whole_file import whole_file
from app.schemas.audit import Format, audit_asked, written


@click.group()
def audit() -> None:
    """監査ログ The audit log."""


@audit.command("export")
@click.option("--format", "wanted", type=click.Choice([f.value for f in Format]), default=Format.JSON_LINES.value)
@click.option("--from", "first", help="最初の日 the first day, Japan time, such as 2026-10-01")
@click.option("--to", "last", help="最後の日（含む） the last day, inclusive")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="新しいファイル（省略時は画面へ） a new file; printed otherwise",
)
@with_appcontext
def export(wanted: str, first: str | None, last: str | None, output: Path | None) -> None:
    """監査ログを書き出す Write the audit log out, oldest first."""
    words = {"format": wanted, "from": first, "to": last}
    with refusals():
        asked = audit_asked({name: word for name, word in words.items() if word is not None})
        entries = audit_entries(held().records, asked.first, asked.last)
        with _opened(output) as file:
            file.writelines(written(entries, asked.format))


@contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    """Bytes, for the log is UTF-8 whatever the terminal is; a file is there whole or not at all."""
    if output is None:
        yield sys.stdout.buffer
        return
    try:
        with whole_file(output) as half, half.open("wb") as file:
            yield file
    except OSError as error:
        raise not_written(output, error) from error
