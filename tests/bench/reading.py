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
ORIGINS_MS = 5.0

ORIGINS = text(
    "SELECT o.number, c.made_g, c.remaining_g FROM lots l JOIN lot_contents c ON c.lot_id = l.id"
    " JOIN lots o ON o.id = c.origin_id WHERE l.number = :number ORDER BY o.id"
)
# The same rows in the same order as the service answers: the edges with the numbers of their deeds, the certificates.
FORWARD = text(
    "WITH RECURSIVE onward (id) AS (SELECT id FROM lots WHERE number = :number UNION"
    " SELECT e.to_lot_id FROM lot_edges e JOIN onward ON onward.id = e.from_lot_id)"
    " SELECT 1 AS what, e.deed_id AS deed_id, f.id AS from_id, t.id AS to_id, f.number AS first, t.number AS second,"
    " d.kind AS third, coalesce(s.number, m.number, o.number), d.happened_at FROM lot_edges e"
    " JOIN lots f ON f.id = e.from_lot_id JOIN lots t ON t.id = e.to_lot_id JOIN deeds d ON d.id = e.deed_id"
    " LEFT JOIN transformations s ON s.deed_id = d.id LEFT JOIN transfers m ON m.deed_id = d.id"
    " LEFT JOIN dispatches o ON o.deed_id = d.id WHERE e.from_lot_id IN (SELECT id FROM onward)"
    " UNION ALL SELECT 2, NULL, NULL, NULL, c.number, c.status, l.number, NULL, NULL FROM certificate_lines cl"
    " JOIN certificates c ON c.id = cl.certificate_id JOIN lots l ON l.id = cl.lot_id"
    " WHERE cl.lot_id IN (SELECT id FROM onward) AND c.status NOT IN ('reserved', 'void')"
    " ORDER BY what, deed_id, from_id, to_id, first, third"
)


def page(ledger: Ledger) -> Figure:
    """Requests a second of one gunicorn worker each, ours beside a bare view reading one row by its key."""
    codes = ledger.codes[:50]
    rates = []
    service = serving("wsgi:app", ledger.url, ledger.folder)
    bare = serving("tests.bench.floors:served()", ledger.url, ledger.folder)
    with service as ours, bare as floor:
        for _ in range(5):
            mine = ours.per_second([f"/c/{code.lower()}" for code in codes], PAGE_SECONDS)
            rates.append((mine, floor.per_second([f"/row/{code}" for code in codes], PAGE_SECONDS)))
    rates.sort(key=lambda pair: pair[0] / pair[1])
    mine, plain = rates[len(rates) // 2]
    return Figure("page behind the QR", mine, plain, "requests/s", ">= 60 %", mine / plain >= 0.6)


def origins(ledger: Ledger) -> Figure:
    """GET /lots/{number} in the process, beside raw SQL of the same rows."""
    ask = _asking(ledger.house, "/lots/{}", ledger.some("T"))
    mine, bare, _ = side_by_side(ask, _raw(ledger, ORIGINS, ledger.some("T")), 100)
    limit = f"<= {ORIGINS_MS} ms"
    return Figure("origins of a lot", mine * 1000, bare * 1000, "ms", limit, mine * 1000 <= ORIGINS_MS)


def forward(ledger: Ledger) -> Figure:
    """Every edge onward from a scrap lot and every certificate that states its metal, beside a raw recursive CTE."""
    following = itertools.cycle(ledger.some("S0"))

    def ask() -> None:
        with ledger.house.records.reading() as books:
            went = onward(books.connection, next(following))
            assert went.edges
            assert went.certificates or ledger.rounds > 1

    mine, bare, ratio = side_by_side(ask, _raw(ledger, FORWARD, ledger.some("S0")), 50)
    return Figure("where a scrap lot went", mine * 1000, bare * 1000, "ms", "<= 2x", ratio <= 2)


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
