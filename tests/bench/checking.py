"""The row of ``ledger check``: beside reading the same rows once."""

import sys
import time

from sqlalchemy import select

from app.lookups.ledger_check import check_ledger
from app.records.base import Base
from app.records.unit import Records
from tests.bench.ledger import Ledger
from tests.bench.measuring import Figure, in_a_process_of_its_own, peak_mb

LIMIT_MB = 300
TIMES = 3.0
TURNS = 3
JUDGED_FROM = 100_000  # movements
MANY_LOTS = 200_000  # where a minute is long enough to be judged by
READ = (
    "movements",
    "embodied_movements",
    "losses",
    "lot_contents",
    "lot_states",
    "lots",
    "deeds",
    "transformations",
    "transformation_inputs",
    "transfers",
    "dispatch_lines",
    "write_offs",
    "reversals",
    "certificates",
    "certificate_lines",
    "scrap_entries",
)


def ledger_check(ledger: Ledger) -> Figure:
    """Recompute everything in a process of its own; the floor streams every row of the same tables in another."""
    turns = 1 if ledger.brief or ledger.lots > MANY_LOTS else TURNS
    pairs = [(_said(ledger, "check"), _said(ledger, "read")) for _ in range(turns)]
    pairs.sort(key=lambda pair: pair[0][0] / pair[1][0])
    (took, peak, movements), (plain, _, _) = pairs[len(pairs) // 2]
    # Of a few thousand movements it is the making of the statements that takes the time, not the reading.
    kept = (took / plain <= TIMES or movements < JUDGED_FROM) and peak <= LIMIT_MB
    notes: dict[str, float | int | str] = {"MB": round(peak), "movements": int(movements)}
    return Figure("ledger check", took, plain, "s", f"<= {TIMES:g}x, <= {LIMIT_MB} MB", kept, notes)


def _said(ledger: Ledger, what: str) -> list[float]:
    said, _ = in_a_process_of_its_own("tests.bench.checking", what, ledger.url)
    return [float(part) for part in said.split()]


def main(what: str, url: str) -> None:
    """Prints seconds, peak memory (MB) and how many movements."""
    records = Records(url)
    start = time.perf_counter()
    if what == "check":
        checked = check_ledger(records)
        assert checked.differences == (), checked.differences[:3]
        count = checked.counted["movements"]
    else:
        count = _read(records)
    print(time.perf_counter() - start, peak_mb(), count)


def _read(records: Records) -> int:
    """Every row of the tables once, streamed: what any program on these libraries would do to read them."""
    count = 0
    with records.engine.connect() as connection:
        for name in READ:
            query = select(Base.metadata.tables[name]).execution_options(yield_per=10_000)
            for _ in connection.execute(query):
                count += 1
    return count


if __name__ == "__main__":
    main(*sys.argv[1:])
