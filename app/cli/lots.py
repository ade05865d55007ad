"""lots import: a file of weighing slips, whole or not at all."""

import csv
import io
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import with_appcontext

from app.cli.shell import doer, held, locale, refusals, tell
from app.ledger.grams import kilograms_text
from app.ledger.refusals import Code
from app.lookups.master_data import called
from app.operations.import_slips import Imported, SlipsTaken, SlipsToImport, import_slips, try_import
from app.schemas.weighing_slips.header import Column
from app.schemas.weighing_slips.naming import names_of
from app.schemas.weighing_slips.reasons import Fault, NotATable, Reason
from app.schemas.weighing_slips.slips import Slip, read_slips
from app.wording.catalogue import marked, say
from app.wording.problems import refusal_sentence
from app.wording.slip_faults import fault_sentence, file_fault_sentence


@click.group()
def lots() -> None:
    """ロット Lots."""


@lots.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="取り込まずに結果だけを見る show what would happen, change nothing")
@with_appcontext
def lots_import(file: Path, dry_run: bool) -> None:
    """計量票を取り込む Import weighing slips (CSV or .xlsx), all of them or none."""
    with refusals():
        tell_imported(take_in(file, dry_run), dry_run)


def take_in(file: Path, dry_run: bool = False) -> Imported:
    """Read a file and import it; ends the command where the file has a fault."""
    try:
        read = read_slips(file.read_bytes(), names_of(called(held().records)))
    except NotATable as error:
        raise click.ClickException(
            f"{file.name}: {file_fault_sentence(locale(), error.reason.value, error.values)}"
        ) from error
    if read.faults:
        _print_faults([(f.row, f.column, f.reason.value, _sentence(f)) for f in read.faults])
    wanted = SlipsToImport(file.name, read.fingerprint, tuple(slip.command for slip in read.slips))
    try:
        return (try_import if dry_run else import_slips)(held().records, doer(), wanted)
    except SlipsTaken as error:
        _print_faults([_taken(read.slips[at]) for at in error.taken])


def _sentence(fault: Fault) -> str:
    return fault_sentence(locale(), fault.reason.value, fault.values)


def _taken(slip: Slip) -> tuple[int, str, str, str]:
    """A slip that a live lot already has is told as a doubled slip within the file is."""
    values = {"slip_number": slip.command.slip_number, "site": slip.command.site}
    sentence = refusal_sentence(locale(), Code.DUPLICATE_SLIP.value, "", values)
    return slip.row, Column.SLIP_NUMBER.value, Reason.DUPLICATE.value, sentence


def _print_faults(faults: list[tuple[int, str, str, str]]) -> NoReturn:
    """Every fault as a line of CSV: row, column, reason, sentence. Nothing was imported."""
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(faults)
    click.echo(lines.getvalue(), nl=False)
    raise click.ClickException(say(locale(), "{n} faults; nothing was imported.", n=len(faults)))


def tell_imported(done: Imported, dry_run: bool) -> None:
    """Say what an import did."""
    if done.before:
        file_name, at, count = done.before
        tell(
            "Nothing changed: these {n} slips were imported on {day} from {file}.",
            n=count,
            day=at.date(),
            file=file_name,
        )
        return
    for lot, rule in done.flags:
        tell("Flag on lot {lot}: {rule}", lot=lot, rule=rule)
    sentence = marked("{n} lots, {kg} kg would be imported.") if dry_run else marked("{n} lots, {kg} kg imported.")
    tell(sentence, n=len(done.lots), kg=f"{_thousands(kilograms_text(done.mass_g))}")


def _thousands(kilograms: str) -> str:
    whole, point, decimals = kilograms.partition(".")
    return f"{int(whole):,}{point}{decimals}"
