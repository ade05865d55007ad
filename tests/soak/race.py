"""Racing operations of many processes on few lots: nothing over-drawn, nothing adrift, nothing unhandled."""

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from app.ledger.grams import GRAMS_PER_KG
from app.ledger.lots import Kind
from app.lookups.ledger_check import check_ledger
from app.operations.register_metal import register_metal
from app.operations.register_scrap import register_scrap
from app.records.unit import Records
from tests.soak.databases import Place, number, rows
from tests.soak.entries import bought, doer, slip
from tests.soak.figures import Figure, Tell
from tests.soak.processes import SPAWN, at_once
from tests.soak.racing import ALLOYING, BILLETS, INGOT, LETTERS, PRIMARY, SCRAP, Racer, Told

POOL_KG = 10_000_000
LONGEST_S = 5.0
TELL_EVERY_S = 30.0

NOT_UNDONE = "NOT EXISTS (SELECT 1 FROM reversals r WHERE r.reverses_id = d.id)"
SENT = f"""SELECT d.person, sum(l.mass_g) FROM dispatch_lines l JOIN deeds d ON d.id = l.deed_id
WHERE {NOT_UNDONE} GROUP BY d.person"""
ENTERED = f"""SELECT d.person, sum(l.mass_g) FROM lots l JOIN deeds d ON d.id = l.deed_id
WHERE d.kind = 'entry' AND {NOT_UNDONE} GROUP BY d.person"""
OVERDRAWN = """SELECT
(SELECT count(*) FROM lot_states WHERE mass_g < 0 OR embodied_g < 0 OR units < 0 OR reserved_g > mass_g)
+ (SELECT count(*) FROM lot_contents WHERE remaining_g < 0)
+ (SELECT count(*) FROM (SELECT 1 FROM movements GROUP BY lot_id, origin_id HAVING sum(mass_g) < 0) AS below)"""
AT_CUSTOMERS = "SELECT sum(mass_g) FROM lot_states WHERE customer_code IS NOT NULL"
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


@dataclass(frozen=True, slots=True)
class Sizes:
    operations: int
    processes: int = 8


def race(place: Place, sizes: Sizes, seed: int, tell: Tell) -> list[Figure]:
    """Race, then look at the books by raw SQL, by what the racers say they did, and by ``ledger check``."""
    url = place.fresh()
    _stock(url)
    published = SPAWN.RawArray("q", sizes.processes * len(LETTERS))
    start = SPAWN.Barrier(sizes.processes)
    each = sizes.operations // sizes.processes
    given = [(url, n, seed, each, published, start) for n in range(sizes.processes)]
    raced = at_once(_race, given, _progress(published, tell))
    lasted_s = max(done for _, _, done in raced) - min(began for _, began, _ in raced)
    told = [racer for racer, _, _ in raced]
    return [*_outcomes(told, lasted_s), *_books(place, url, told)]


def _race(url: str, n: int, seed: int, operations: int, published: Any, start: Any) -> tuple[Told, float, float]:
    racer = Racer(url, n, seed, published)
    start.wait(300)
    began = time.monotonic()
    return racer.run(operations), began, time.monotonic()


def _stock(url: str) -> None:
    records = Records(url)
    for lot in SCRAP:
        register_scrap(records, doer("stock"), slip(lot, POOL_KG, units=POOL_KG // 1000))
    register_metal(records, doer("stock"), bought(PRIMARY, Kind.PRIMARY, POOL_KG, "MC"))
    register_metal(records, doer("stock"), bought(INGOT, Kind.INGOT, POOL_KG, "KB"))
    register_metal(records, doer("stock"), bought(ALLOYING, Kind.ALLOYING, POOL_KG, "KB"))
    for lot in BILLETS:
        register_metal(records, doer("stock"), bought(lot, Kind.BILLET, POOL_KG, "NG"))
    records.dispose()


def _progress(published: Any, tell: Tell) -> Any:
    last = [time.monotonic()]

    def watch() -> None:
        if time.monotonic() - last[0] >= TELL_EVERY_S:
            last[0] = time.monotonic()
            tell(f"race: {sum(published):,} deeds done …")

    return watch


def _outcomes(told: list[Told], lasted_s: float) -> list[Figure]:
    outcomes = sum((racer.outcomes for racer in told), Counter())
    operations = sum(outcomes.values())
    refused = {name: count for name, count in sorted(outcomes.items()) if name.startswith("refused")}
    return [
        Figure("racing operations", operations),
        Figure("operations a second", operations / lasted_s),
        Figure("done", outcomes["done"]),
        *(Figure(name, count) for name, count in refused.items()),
        Figure("collided, given up after retries", outcomes["collided"], 0),
        Figure("unavailable, though the database answers", outcomes["unavailable"], 0),
        Figure("longest operation, seconds", max(racer.longest_s for racer in told), most=LONGEST_S),
    ]


def _books(place: Place, url: str, told: list[Told]) -> list[Figure]:
    records = Records(url)
    checked = check_ledger(records)
    records.dispose()
    undone = {number for racer in told for _, number in racer.undone}
    doubly = sum(len(racer.undone) for racer in told) - len({each for racer in told for each in racer.undone})
    sent_g = _said([racer.sent_g for racer in told], undone)
    entered_g = _said([racer.entered_g for racer in told], undone)
    figures = [
        Figure("balances below zero (raw SQL)", number(url, OVERDRAWN), 0),
        Figure("drift of what each sent, grams", _drift(sent_g, url, SENT), 0),
        Figure("drift of what each entered, grams", _drift(entered_g, url, ENTERED), 0),
        Figure("drift of what customers have, grams", number(url, AT_CUSTOMERS) - sum(sent_g.values()), 0),
        Figure("kilograms sent in all", sum(sent_g.values()) // GRAMS_PER_KG),
        Figure("undone twice", doubly, 0),
        Figure("movements checked", checked.counted["movements"]),
        Figure("differences found by ledger check", len(checked.differences), 0),
    ]
    if place.kind == "postgresql":
        figures.append(Figure("deadlocks that PostgreSQL broke up, each tried again", number(url, DEADLOCKS)))
    return figures


def _said(each: list[dict[str, int]], undone: set[str]) -> dict[str, int]:
    """Grams by racer of what stands."""
    return {
        f"racer-{n}": sum(grams for number, grams in said.items() if number not in undone)
        for n, said in enumerate(each)
    }


def _drift(said_g: dict[str, int], url: str, statement: str) -> int:
    kept_g = {str(person): int(str(grams)) for person, grams in rows(url, statement)}
    return sum(abs(grams - kept_g.get(racer, 0)) for racer, grams in said_g.items())
