"""`make bench`: every row beside its floor, on SQLite and on PostgreSQL, compared with the last committed result."""

import argparse
import cProfile
import json
import pstats
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.batching import batch
from tests.bench.checking import ledger_check
from tests.bench.growth import growth
from tests.bench.ledger import Ledger, ledger
from tests.bench.measuring import Figure
from tests.bench.printing import certificate
from tests.bench.reading import forward, origins, origins_growth, page, page_growth
from tests.bench.starting import start
from tests.bench.writing import import_slips, weigh_in

ROWS: dict[str, Callable[[Ledger], Figure]] = {
    "page": page,
    "origins": origins,
    "forward": forward,
    "weigh-in": weigh_in,
    "certificate": certificate,
    "check": ledger_check,
    "start": start,
    "growth": growth,
    "batch": batch,
    "import": import_slips,
}
# Rows that show what a thousand times more lots cost, beside a ledger of so many.
GROWTH: dict[str, Callable[[Ledger, Ledger], Figure]] = {"page-growth": page_growth, "origins-growth": origins_growth}
SMALL = 1_000
RESULTS = Path(__file__).with_name("results.json")
DATABASES = ("sqlite", "postgresql")
Results = dict[str, dict[str, dict[str, float]]]


def main() -> int:
    """Measure what was asked for; ends with 1 where a row is beyond its limit."""
    wanted = _arguments()
    found: Results = {}
    beyond = 0
    for kind in [wanted.database] if wanted.database else DATABASES:
        for size in wanted.sizes:
            with ledger(kind, size, _progress) as built:
                print(f"\n{kind}, {built.lots:,} lots")
                for figure in _figures(wanted, built):
                    _tell(figure, _before(kind, size, figure.row))
                    beyond += not figure.kept
                    found.setdefault(f"{kind} {size}", {})[figure.row] = _written(figure)
    if wanted.write:
        _write(found)
    return 1 if beyond else 0


def _progress(said: str) -> None:
    print(f"  … {said}", file=sys.stderr)


def _figures(wanted: argparse.Namespace, built: Ledger) -> Iterator[Figure]:
    """The rows asked for: what is measured beside a small ledger first, before anything is written into the large."""
    names = wanted.only or [*GROWTH, *ROWS]
    growing = [name for name in names if name in GROWTH and built.lots > SMALL]
    if growing:
        with ledger(built.kind, SMALL, _progress) as small:
            for name in growing:
                yield GROWTH[name](small, built)
    for name in names:
        if name in ROWS:
            yield _measured(name, built, wanted.profile)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000], help="lots in the ledger")
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument("--only", nargs="+", choices=[*GROWTH, *ROWS])
    parser.add_argument("--profile", action="store_true", help="where the time of each row goes")
    parser.add_argument("--write", action="store_true", help="write tests/bench/results.json")
    return parser.parse_args()


def _measured(name: str, built: Ledger, profiled: bool) -> Figure:
    if not profiled:
        return ROWS[name](built)
    profile = cProfile.Profile()
    figure: Figure = profile.runcall(ROWS[name], built)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    return figure


def _tell(figure: Figure, before: float | None) -> None:
    ratio = "" if figure.ratio is None else f"{figure.ratio:6.2f}x"
    floor = "" if figure.floor is None else f"{figure.floor:10.2f}"
    since = "" if before is None or figure.ratio is None else f"(was {before:.2f}x)"
    notes = ", ".join(f"{name} {value}" for name, value in figure.notes.items())
    mark = "ok    " if figure.kept else "BEYOND"
    line = f"{mark} {figure.row:24} {figure.ours:10.2f} {floor:>10} {figure.unit:11} {ratio:>8} {figure.limit:22}"
    print(line, notes, since, flush=True)


def _written(figure: Figure) -> dict[str, float]:
    values = {"ours": round(figure.ours, 3), "kept": figure.kept}
    if figure.floor is not None and figure.ratio is not None:
        values |= {"floor": round(figure.floor, 3), "ratio": round(figure.ratio, 3)}
    return values | {name: value for name, value in figure.notes.items() if not isinstance(value, str)}


def _before(kind: str, size: int, row: str) -> float | None:
    """The ratio of the last committed result."""
    if not RESULTS.exists():
        return None
    results: Results = json.loads(RESULTS.read_text())
    return results.get(f"{kind} {size}", {}).get(row, {}).get("ratio")


def _write(found: Results) -> None:
    kept: Results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for name, rows in found.items():
        kept.setdefault(name, {}).update(rows)
    RESULTS.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
