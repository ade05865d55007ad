"""Rows of the table that read: the page behind the QR, the origins of a lot, where a scrap lot went."""

import itertools
from collections.abc import Callable

from sqlalchemy import text

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
FORWARD = text(
    "WITH RECURSIVE onward (id) AS (SELECT id FROM lots WHERE number = :number UNION"
    " SELECT e.to_lot_id FROM lot_edges e JOIN onward ON onward.id = e.from_lot_id)"
    " SELECT f.number, t.number, e.deed_id, d.kind, d.happened_at, c.number, c.status FROM lot_edges e"
    " JOIN lots f ON f.id = e.from_lot_id JOIN lots t ON t.id = e.to_lot_id JOIN deeds d ON d.id = e.deed_id"
    " LEFT JOIN certificate_lines cl ON cl.lot_id = e.to_lot_id LEFT JOIN certificates c ON c.id = cl.certificate_id"
    " WHERE e.from_lot_id IN (SELECT id FROM onward)"
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
            [lot_id] = books.lots.ids([next(following)])
            assert books.lineage.downstream(lot_id)
            assert books.lineage.certificates_onward(lot_id) or ledger.rounds > 1

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
