"""The row of the batch: thousands of certificates by one command, and its memory after the first thousand."""

import csv
import itertools
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.ledger.lots import Amount, Kind
from app.ledger.transformations import StepKind
from app.operations.dispatch import Dispatch, DispatchLine, dispatch
from app.operations.record_transformation import RecordTransformation, StepInput, StepOutput, record_transformation
from app.operations.register_scrap import register_scrap
from tests.bench.campaign import SCRAP_LOTS, at, slip
from tests.bench.ledger import Ledger
from tests.bench.measuring import Figure

CERTIFICATES = 10_000
WARM = 1_000
GROWTH = 1.1
WORKERS = {"sqlite": 1, "postgresql": 2}
LINES = 250  # of a delivery note
BODY = 700_000
ROOT = Path(__file__).parents[2]

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Ran:
    """A run of the command: seconds, memory (MB, all its processes) by how many rows were done, and its last words."""

    seconds: float
    memory: dict[int, float]
    said: str


def batch(ledger: Ledger, certificates: int = CERTIFICATES) -> Figure:
    """Issue so many by the real command, then run it again: everything must be known."""
    _past_the_copies(ledger)
    file = _listed(ledger, certificates)
    first, again = run(ledger, file), run(ledger, file)
    assert f"{certificates} issued," in first.said, first.said
    assert f"{certificates} issued before" in again.said, again.said
    warm = min(WARM, certificates // 10)
    at_warm = next(mb for done, mb in sorted(first.memory.items()) if done >= warm)
    at_most = max(mb for done, mb in first.memory.items() if done >= warm)
    notes: dict[str, float | int | str] = {
        "workers": WORKERS[ledger.kind],
        f"MB at {warm}": round(at_warm),
        "MB at most after": round(at_most),
        "known again per s": round(certificates / again.seconds),
    }
    kept = at_most <= GROWTH * at_warm
    rate = certificates / first.seconds
    return Figure("batch of certificates", rate, None, "per s", f"memory <= {GROWTH:g}x", kept, notes)


def run(ledger: Ledger, file: Path) -> Ran:
    """The command in a process of its own; its memory is looked at whenever it tells how far it is."""
    folder = ledger.folder / "batch"
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "DATABASE_URL": ledger.url, "DATA_DIR": str(folder), "LC_ALL": "en"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "certificate", "issue-batch", str(file)]
    command += ["--workers", str(WORKERS[ledger.kind])]
    begin = time.perf_counter()
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        memory = dict(_sampled(process, process.stderr))
        said = process.stdout.read()
    return Ran(time.perf_counter() - begin, memory, said)


def _sampled(process: subprocess.Popen[str], lines: Iterator[str]) -> Iterator[tuple[int, float]]:
    for line in lines:
        progress = re.match(r"(\d+) of \d+ rows", line)
        if progress is None:
            raise RuntimeError(line + "".join(lines))
        megabytes = sum(_megabytes(pid) for pid in (process.pid, *_children(process.pid)))
        yield int(progress[1]), megabytes


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _megabytes(pid: int) -> float:
    """What a process holds now; 0 of one that has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def _listed(ledger: Ledger, certificates: int) -> Path:
    file = ledger.folder / f"batch-{next(_numbers)}.csv"
    with file.open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(("customer", "deliveries", "valid_until", "quote"))
        for n, delivery in enumerate(_delivered(ledger, certificates)):
            rows.writerow(("TRUCK-M", delivery, "", f"Q-{n}"))
    return file


def _past_the_copies(ledger: Ledger) -> None:
    """The certificates of copied rounds have numbers that no series gave: move it on beyond them."""
    with ledger.house.records.writing(ledger.house.doer()) as books:
        books.series.next("certificate 2026", ledger.rounds)
        books.commit_answer()


def _delivered(ledger: Ledger, bodies: int) -> Iterator[str]:
    """So many truck bodies of one large heat of ten scrap lots, each a delivered lot of its own."""
    records, doer, token = ledger.house.records, ledger.house.doer(), f"BATCH{next(_numbers)}-"
    units = -(-bodies * 8 // 7 // SCRAP_LOTS)
    charge = []
    for k in range(SCRAP_LOTS):
        wanted = slip(f"{token}S{k}", f"{token}S{k}", at(1))
        net_g = units * BODY
        register_scrap(records, doer, replace(wanted, units=units, gross_g=wanted.tare_g + net_g))
        charge.append((f"{token}S{k}", net_g))
    melted = sum(mass_g for _, mass_g in charge) * 97 // 100
    billet, product = f"{token}B", f"{token}T"
    made, back = bodies * BODY, melted * 99 // 100 - bodies * BODY
    steps = (
        ("H", StepKind.REMELT, charge, [StepOutput(billet, Kind.BILLET, melted, "A6N01")]),
        ("F", StepKind.FABRICATE, [(billet, melted)], [
            StepOutput(product, Kind.PRODUCT, made, "A6N01", "truck-body", bodies),
            StepOutput(f"{token}R", Kind.RETURN, back, "A6N01"),
        ]),
    )  # fmt: skip
    for name, kind, inputs, outputs in steps:
        taken = tuple(StepInput(lot, Amount(mass_g)) for lot, mass_g in inputs)
        step = RecordTransformation(token + name, kind, "MC", None, at(2), taken, tuple(outputs))
        record_transformation(records, doer, step)
    for n in range(0, bodies, LINES):
        lines = tuple(DispatchLine(product, Amount(units=1)) for _ in range(min(LINES, bodies - n)))
        yield from dispatch(records, doer, Dispatch(f"{token}D{n}", "TRUCK-M", "MC", at(3), lines)).deliveries
