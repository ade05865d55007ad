"""The rows of a batch, issued in this process or in several, told as they are done.

A worker process has its share of the rows from the start and only tells: where whoever asked has died, telling fails
and the worker ends with the row it is at, so that nobody works on unseen.
"""

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from app.cli.shell import REFUSALS, refusal_said
from app.current import Service, service_of
from app.operations.issue_batch import BatchRow, issue_row
from app.records.deeds import Doer
from app.records.unit import Unavailable
from config import Config

REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a row: a Result or REFUSED, the certificate's number, and the sentence of a refusal."""

    row: BatchRow
    result: str
    certificate: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What a process needs to know: who issues, and the language its refusals are told in."""

    config: Config
    person: str
    locale: str


class WorkerGone(RuntimeError):
    """A worker ended before its rows did; what it had begun is finished when the batch is run again."""


def issued_here(service: Service, task: Task, rows: Sequence[BatchRow]) -> Iterator[Told]:
    """Issue the rows one after another. Raises Unavailable, which is no matter of one row."""
    for row in rows:
        doer = Doer(task.person, service.clock())
        try:
            result, number = issue_row(service.records, service.press, service.issuer, doer, row)
        except Unavailable:
            raise
        except REFUSALS as error:
            yield Told(row, REFUSED, sentence=refusal_said(task.locale, error).replace("\n", " "))
        else:
            yield Told(row, result.value, number)


def issued_by(workers: int, task: Task, rows: Sequence[BatchRow]) -> Iterator[Told]:
    """Issue the rows in so many processes at once. Raises Unavailable, WorkerGone."""
    context = multiprocessing.get_context("spawn")
    started: dict[Connection, SpawnProcess] = {}
    try:
        for n in range(workers):
            hears, tells = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(task, rows[n::workers], tells), daemon=True)
            process.start()
            tells.close()  # only the worker's own end is left, so that its death is heard
            started[hears] = process
        yield from _heard(list(started))
    finally:
        for process in started.values():
            process.kill()
            process.join()


def _heard(open_ends: list[Connection]) -> Iterator[Told]:
    while open_ends:
        for end in wait(open_ends):
            assert isinstance(end, Connection)
            try:
                told: Told | Exception | None = end.recv()
            except EOFError:
                raise WorkerGone() from None
            if told is None:
                open_ends.remove(end)
            elif isinstance(told, Exception):
                raise told
            else:
                yield told


def _work(task: Task, rows: Sequence[BatchRow], tells: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for whoever asked, whose end is heard of
    service = service_of(replace(task.config, recover_at_start=False))
    try:
        for told in issued_here(service, task, rows):
            tells.send(told)
        tells.send(None)
    except Unavailable as error:
        tells.send(Unavailable(str(error)))
    except BrokenPipeError:
        pass  # nobody listens any more: a later run finds what was done
    finally:
        service.records.dispose()
