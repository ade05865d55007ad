"""database upgrade, reference load, key create, ledger check."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.access import Role
from app.carbon.factors import JAPAN
from app.cli.shell import config, doer, held, locale, refusals, tell, tell_differences
from app.lookups.ledger_check import check_ledger
from app.operations.create_key import create_key
from app.operations.load_reference import load_reference
from app.records.migrations import upgrade
from app.schemas.reference_files import BadReferenceFile, decoded, own_files, read_sheets
from app.wording.catalogue import say
from app.wording.names import LAWS
from app.wording.reference_faults import reference_fault_sentence


@click.group()
def database() -> None:
    """データベース The database."""


@database.command("upgrade")
@with_appcontext
def database_upgrade() -> None:
    """最新の表にする Bring the tables to the newest version."""
    upgrade(config().database_url)
    tell("The database is up to date.")


@click.group()
def reference() -> None:
    """基準データ Master data: customers, sites, items, factors."""


@reference.command("load")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def reference_load(files: tuple[Path, ...]) -> None:
    """基準データを読み込む Load CSV files named after their sheets; the product's own where none is named."""
    load(files)


def load(files: tuple[Path, ...] = ()) -> None:
    """Load master data and tell what changed."""
    try:
        sheets = read_sheets([(file.stem, decoded(file.stem, file.read_bytes())) for file in files] or own_files())
    except BadReferenceFile as error:
        sentence = reference_fault_sentence(locale(), error.reason, error.values)
        raise click.ClickException(f"{error.sheet}: {sentence}") from error
    with refusals():
        changed = load_reference(held().records, doer(), sheets)
    for sheet, count in sorted(changed.items()):
        click.echo(f"{sheet}: {count}")
    if not changed:
        tell("The master data is as it was.")


@click.group()
def key() -> None:
    """APIキー API keys."""


@key.command("create")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option(
    "--owner", default="", help="キーの持ち主（省略時は役割名） whose key it is; the role's name where left out"
)
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    help="使えなくなる最初の日 the first day on which it no longer works",
)
@with_appcontext
def key_create(role: str, owner: str, expires: datetime | None) -> None:
    """APIキーを作る Create a key and print it, once, on the last line."""
    until = expires.replace(tzinfo=JAPAN) if expires else None
    with refusals():
        click.echo(create_key(held().records, doer(), role, owner or role, until))


@click.group()
def ledger() -> None:
    """台帳 The books."""


@ledger.command("check")
@with_appcontext
def ledger_check() -> None:
    """台帳を検算する Recompute every balance from the movements; ends with 1 where anything is off."""
    with refusals():
        checked = check_ledger(held().records, lambda law: click.echo(f"… {_called(law)}", err=True))
    for law, count in checked.counted.items():
        word = "" if locale() == "en" else f"{_called(law)} "  # the name that programs look for stands beside it
        click.echo(f"{word}{law}: {count}")
    tell_differences(checked.differences)
    tell("{n} differences", n=len(checked.differences))
    if checked.differences:
        raise SystemExit(1)


def _called(law: str) -> str:
    return say(locale(), LAWS[law])
