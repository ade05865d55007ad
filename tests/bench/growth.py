"""The row of growth: generation after generation a quarter comes back, and ten new scrap lots join it.

An origin's share falls to a quarter with every round, and content is whole grams, so an origin is gone once its share
of every lot is under a gram: a lot has the origins of the last dozen generations, whatever came before.
"""

import itertools
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.ledger.lots import Amount, Kind
from app.ledger.transformations import StepKind
from app.operations.record_transformation import RecordTransformation, StepInput, StepOutput, record_transformation
from app.operations.register_scrap import register_scrap
from app.records.deeds import Doer
from app.records.unit import Records
from tests.bench.campaign import SCRAP_LOTS, TRUCK, at, slip
from tests.bench.ledger import Ledger
from tests.bench.measuring import Figure

GENERATIONS = 50
TOLD = 10  # every so many generations
LEVEL_AFTER = 20  # from here on neither rows nor time may grow any more
ROWS = 1.02
TIME = 1.3
KEPT_OF_CHARGE = (97, 100)  # dross
KEPT_OF_BILLET = (99, 100)  # chips
UNITS = 30

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Generation:
    """One round: rows of content of its product lot, and seconds of each of its two steps."""

    rows: int
    seconds: tuple[float, float]


def growth(ledger: Ledger, generations: int = GENERATIONS) -> Figure:
    """Rows of a lot every ten generations, and ms a step of the last ten beside those after which nothing may grow."""
    level = min(LEVEL_AFTER, generations - TOLD)
    found = list(played(ledger.house.records, ledger.house.doer(), generations))
    took, before = _milliseconds(found[-TOLD:]), _milliseconds(found[level - TOLD : level])
    rows = {f"rows at {n}": found[n - 1].rows for n in range(TOLD, generations + 1, TOLD)}
    times = {f"ms at {n}": round(_milliseconds(found[n - TOLD : n]), 1) for n in range(TOLD, generations + 1, TOLD)}
    kept = found[-1].rows <= ROWS * found[level - 1].rows and took <= TIME * before
    limit = f"<= {TIME:g}x, rows <= {ROWS:g}x, of {level}"
    return Figure("growth over generations", took, before, "ms a step", limit, kept, {**rows, **times})


def _milliseconds(generations: list[Generation]) -> float:
    return statistics.median(took for each in generations for took in each.seconds) * 1000


def played(records: Records, doer: Doer, generations: int) -> Iterator[Generation]:
    """Ten scrap lots and the returns of the round before are melted to billet; a quarter of that comes back."""
    token, begin = f"GROW{next(_numbers)}-", at(1)
    returned: list[tuple[str, int]] = []
    for n in range(1, generations + 1):
        charge = [*_weighed_in(records, doer, f"{token}S{n}-", begin), *returned]
        melted = sum(mass_g for _, mass_g in charge) * KEPT_OF_CHARGE[0] // KEPT_OF_CHARGE[1]
        back = melted // 4
        made = melted * KEPT_OF_BILLET[0] // KEPT_OF_BILLET[1] - back
        billet, product, offcuts = (f"{token}{kind}{n}" for kind in "BTR")
        ended = begin + timedelta(hours=n)
        melt = _step(f"{token}H{n}", StepKind.REMELT, ended, charge, [StepOutput(billet, Kind.BILLET, melted, "A6N01")])
        outputs = [
            StepOutput(product, Kind.PRODUCT, made, "A6N01", "truck-body", UNITS),
            StepOutput(offcuts, Kind.RETURN, back, "A6N01"),
        ]
        fabricate = _step(f"{token}F{n}", StepKind.FABRICATE, ended, [(billet, melted)], outputs)
        seconds = _timed(records, doer, melt), _timed(records, doer, fabricate)
        yield Generation(_rows(records, product), seconds)
        returned = [(offcuts, back)]


def _weighed_in(records: Records, doer: Doer, token: str, begin: datetime) -> Iterator[tuple[str, int]]:
    for k in range(SCRAP_LOTS):
        # No two lots weigh the same, so that no two have the same share.
        number, more = f"{token}{k}", 1_237 * k
        wanted = slip(number, number, begin)
        register_scrap(records, doer, replace(wanted, gross_g=wanted.gross_g + more))
        yield number, TRUCK + more


def _step(
    number: str, kind: StepKind, ended: datetime, inputs: list[tuple[str, int]], outputs: list[StepOutput]
) -> RecordTransformation:
    taken = tuple(StepInput(lot, Amount(mass_g)) for lot, mass_g in inputs)
    return RecordTransformation(number, kind, "MC", None, ended, taken, tuple(outputs))


def _timed(records: Records, doer: Doer, step: RecordTransformation) -> float:
    start = time.perf_counter()
    record_transformation(records, doer, step)
    return time.perf_counter() - start


def _rows(records: Records, number: str) -> int:
    with records.reading() as books:
        [id_] = books.lots.ids([number])
        return len(books.lineage.origins([id_])[id_])
