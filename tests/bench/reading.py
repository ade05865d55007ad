"""Rows of the table that read: the page behind the QR, the origins of a lot, where a scrap lot went."""

import itertools
from collections.abc import Callable

from sqlalchemy import text

from app.records.onward import onward
from tests.bench.ledger import Ledger
from tests.bench.measuring import Figure, side_by_side
from tests.bench.servers import serving
from tests.house import House

PAGE_SECONDS = 1.5
# So many codes are scanned again and again, whatever the size of the ledger: as many as the smallest of them has.
CROWDED = 5
PAGE_GROWTH = 1.3
ORIGINS_MS = 5.0
ORIGINS_GROWTH = 1.5

ORIGINS = text(
    "SELECT o.number, c.made_g, c.remaining_g FROM lots l JOIN lot_contents c ON c.lot_id = l.id"
    " JOIN lots o ON o.id = c.origin_id WHERE l.number = :number ORDER BY o.id"
)
# The same rows in the same order as the service answers, by the same walk; the numbers are looked up by key, which is
# the fastest there is on either database: joins make PostgreSQL's planner read whole tables.
FORWARD = text(
    "WITH RECURSIVE onward (id) AS (SELECT id FROM lots WHERE number = :number UNION"
    " SELECT e.to_lot_id FROM lot_edges e JOIN onward ON onward.id = e.from_lot_id)"
    " SELECT 1 AS what, e.deed_id AS deed_id, e.from_lot_id AS from_id, e.to_lot_id AS to_id,"
    " (SELECT number FROM lots WHERE id = e.from_lot_id) AS first,"
    " (SELECT number FROM lots WHERE id = e.to_lot_id) AS second,"
    " (SELECT kind FROM deeds WHERE id = e.deed_id) AS third,"
    " coalesce((SELECT number FROM transformations WHERE deed_id = e.deed_id),"
    " (SELECT number FROM transfers WHERE deed_id = e.deed_id),"
    " (SELECT number FROM dispatches WHERE deed_id = e.deed_id)),"
    " (SELECT happened_at FROM deeds WHERE id = e.deed_id)"
    " FROM lot_edges e WHERE e.from_lot_id IN (SELECT id FROM onward)"
    " UNION ALL SELECT 2, NULL, NULL, NULL, c.number, c.status, l.number, NULL, NULL FROM certificate_lines cl"
    " JOIN certificates c ON c.id = cl.certificate_id JOIN lots l ON l.id = cl.lot_id"
    " WHERE cl.lot_id IN (SELECT id FROM onward) AND c.status NOT IN ('reserved', 'void')"
    " ORDER BY what, deed_id, from_id, to_id, first, third"
)


def page(ledger: Ledger) -> Figure:
    """Requests a second of one gunicorn worker each, ours beside a bare view reading one row by its key."""
    codes = ledger.codes[:CROWDED]
    rates = []
    service = serving("wsgi:app", ledger.url, ledger.folder)
    bare = serving("tests.bench.floors:served()", ledger.url, ledger.folder)
    with service as ours, bare as floor:
        ours.per_second(_pages(codes), ledger.seconds(PAGE_SECONDS))
        for _ in range(ledger.times(5)):
            mine = ours.per_second(_pages(codes), ledger.seconds(PAGE_SECONDS))
            plain = floor.per_second([f"/row/{code}" for code in codes], ledger.seconds(PAGE_SECONDS))
            rates.append((mine, plain))
    rates.sort(key=lambda pair: pair[0] / pair[1])
    mine, plain = rates[len(rates) // 2]
    notes = _queries(ledger, lambda: ledger.house.client.get(_pages(codes)[0]))
    return Figure("page behind the QR", mine, plain, "requests/s", ">= 60 %", mine / plain >= 0.6, notes)


def page_growth(small: Ledger, grown: Ledger) -> Figure:
    """Milliseconds of the page over a grown ledger, beside those over a small one: both served at once, in turns."""
    with serving("wsgi:app", grown.url, grown.folder) as ours, serving("wsgi:app", small.url, small.folder) as before:
        pairs = []
        few = [_pages(each.codes[:CROWDED]) for each in (grown, small)]
        ours.per_second(few[0], grown.seconds(PAGE_SECONDS))
        before.per_second(few[1], grown.seconds(PAGE_SECONDS))
        for _ in range(grown.times(5)):
            seconds = grown.seconds(PAGE_SECONDS)
            mine = ours.per_second(few[0], seconds)
            pairs.append((1000 / mine, 1000 / before.per_second(few[1], seconds)))
    pairs.sort(key=lambda pair: pair[0] / pair[1])
    mine, plain = pairs[len(pairs) // 2]
    return Figure("page, growth", mine, plain, "ms", f"<= {PAGE_GROWTH}x", mine / plain <= PAGE_GROWTH, _grown(small))


def origins_growth(small: Ledger, grown: Ledger) -> Figure:
    """GET /lots/{number} over a grown ledger beside a small one."""
    ask, before = (_asking(each.house, "/lots/{}", each.some("T")) for each in (grown, small))
    mine, plain, ratio = side_by_side(ask, before, grown.times(100), grown.turns)
    kept = ratio <= ORIGINS_GROWTH
    return Figure("origins, growth", mine * 1000, plain * 1000, "ms", f"<= {ORIGINS_GROWTH}x", kept, _grown(small))


def _grown(small: Ledger) -> dict[str, float | int | str]:
    return {"beside lots": small.lots}


def _pages(codes: list[str]) -> list[str]:
    return [f"/c/{code.lower()}" for code in codes]


def _queries(ledger: Ledger, ask: Callable[[], object]) -> dict[str, float | int | str]:
    ask()
    with ledger.counting() as statements:
        ask()
    return {"queries": len(statements)}


def origins(ledger: Ledger) -> Figure:
    """GET /lots/{number} in the process, beside raw SQL of the same rows."""
    ask = _asking(ledger.house, "/lots/{}", ledger.some("T"))
    raw = _raw(ledger, ORIGINS, ledger.some("T"))
    mine, bare, _ = side_by_side(ask, raw, ledger.times(100), ledger.turns)
    limit, kept = f"<= {ORIGINS_MS} ms", mine * 1000 <= ORIGINS_MS
    return Figure("origins of a lot", mine * 1000, bare * 1000, "ms", limit, kept, _queries(ledger, ask))


def forward(ledger: Ledger) -> Figure:
    """Every edge onward from a scrap lot and every certificate that states its metal, beside a raw recursive CTE."""
    following = itertools.cycle(ledger.some("S0"))

    def ask() -> None:
        with ledger.house.records.reading() as books:
            went = onward(books.connection, next(following))
            assert went.edges
            assert went.certificates or ledger.rounds > 1

    raw = _raw(ledger, FORWARD, ledger.some("S0"))
    mine, bare, ratio = side_by_side(ask, raw, ledger.times(50), ledger.turns)
    notes = _queries(ledger, ask)
    return Figure("where a scrap lot went", mine * 1000, bare * 1000, "ms", "<= 2x", ratio <= 2, notes)


def _asking(house: House, path: str, numbers: list[str]) -> Callable[[], object]:
    following = itertools.cycle(numbers)
    return lambda: house.get(path.format(next(following)))


def _raw(ledger: Ledger, query: object, numbers: list[str]) -> Callable[[], object]:
    following = itertools.cycle(numbers)
    engine = ledger.house.records.engine

    def ask() -> object:
        with engine.connect() as connection:
            return connection.execute(query, {"number": next(following)}).all()  # type: ignore[call-overload]

    return ask
