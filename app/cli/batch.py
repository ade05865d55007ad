"""certificate issue-batch: certificates by the thousand, from a CSV."""

import csv
import io
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn

import click
from flask.cli import with_appcontext

from app.cli.batch_workers import REFUSED, Task, Told, WorkerGone, issued_by, issued_here
from app.cli.shell import config, held, locale, not_written, person, refusals, tell
from app.operations.issue_batch import BatchRow, Result, RowProblem, unknown_in, with_ended
from app.records.whole_file import whole_file
from app.schemas.certificate_batches import Column, read_batch
from app.schemas.weighing_slips.reasons import NotATable
from app.wording.batch_faults import batch_file_sentence
from app.wording.catalogue import marked, say
from app.wording.problems import field_sentence

MOST_WORKERS = 64
SECONDS_BETWEEN = 1.0
HEADER = ("row", Column.CUSTOMER, Column.DELIVERIES, "result", "certificate", "sentence")


@click.command("issue-batch")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=1,
    help="作業プロセス数 processes at once; they gain on PostgreSQL",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="各行の結果を書く新しいCSV a new CSV of what became of each row",
)
@click.option("--again", is_flag=True, help="取消・差替後の行も改めて発行する issue anew what was revoked since")
@with_appcontext
def issue_batch(file: Path, workers: int, output: Path | None, again: bool) -> None:
    """証明書をまとめて発行する Issue the certificates of a CSV: customer, deliveries, valid_until, quote."""
    with refusals():
        rows = _read(file)
        if not again:
            rows = with_ended(held().records, rows)
        with _opened(output) as written:
            done = _issue(rows, min(workers, len(rows)), csv.writer(written, lineterminator="\n"))
    _tell_summary(done)
    if done[REFUSED]:
        raise SystemExit(1)


def _read(file: Path) -> list[BatchRow]:
    """The rows; ends the command where anything is wrong with any of them, before a certificate is issued."""
    try:
        read = read_batch(file.read_bytes())
    except NotATable as error:
        sentence = batch_file_sentence(locale(), error.reason.value, error.values)
        raise click.ClickException(f"{file.name}: {sentence}") from error
    problems = read.problems + unknown_in(held().records, read.named)
    if problems:
        _end_with(sorted(problems, key=lambda problem: problem.row))
    return read.rows


def _end_with(problems: list[RowProblem]) -> NoReturn:
    for p in problems:
        _print_line(p.row, p.column, field_sentence(locale(), p.reason, p.values))
    raise click.ClickException(say(locale(), "{n} faults; no certificate was issued.", n=len(problems)))


def _print_line(*cells: object) -> None:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    click.echo(line.getvalue())


def _issue(rows: list[BatchRow], workers: int, written: Any) -> Counter[str]:
    """Issue the rows, writing what became of each and telling how far it is; how many of each result."""
    done: Counter[str] = Counter()
    written.writerow(HEADER)
    next_at = time.monotonic() + SECONDS_BETWEEN
    try:
        for told in _told(rows, workers):
            done[told.result] += 1
            line = (told.row.row, told.row.wanted.customer, " ".join(told.row.wanted.deliveries))
            written.writerow((*line, told.result, told.certificate, told.sentence))
            if told.result == REFUSED:
                _print_line(*line, told.sentence)
            if time.monotonic() >= next_at or done.total() == len(rows):
                _tell_progress(done, len(rows))
                next_at = time.monotonic() + SECONDS_BETWEEN
    except WorkerGone as error:
        sentence = say(locale(), "A worker has ended. Run the same command again: it goes on where it was.")
        raise click.ClickException(sentence) from error
    return done


def _told(rows: list[BatchRow], workers: int) -> Iterator[Told]:
    task = Task(config(), person(), locale())
    return issued_by(workers, task, rows) if workers > 1 else issued_here(held(), task, rows)


def _tell_progress(done: Counter[str], rows: int) -> None:
    sentence = marked("{done} of {all} rows, {refused} refused")
    click.echo(say(locale(), sentence, done=done.total(), all=rows, refused=done[REFUSED]), err=True)


def _tell_summary(done: Counter[str]) -> None:
    tell(
        "{issued} issued, {finished} found half-way and finished, {before} issued before, {refused} refused.",
        issued=done[Result.ISSUED],
        finished=done[Result.FINISHED],
        before=done[Result.BEFORE],
        refused=done[REFUSED],
    )


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[str]]:
    """Where results go: a file that is there whole or not at all. It has a mark that spreadsheets know UTF-8 by."""
    if output is None:
        with Path(os.devnull).open("w") as nothing:
            yield nothing
        return
    try:
        with whole_file(output) as half, half.open("w", encoding="utf-8-sig", newline="") as file:
            yield file
    except OSError as error:
        raise not_written(output, error) from error
