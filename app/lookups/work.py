"""What the start page shows: today's incoming, and what waits for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from app.carbon.factors import JAPAN, japan_day
from app.ledger.lots import Kind
from app.records.entered import Flag
from app.records.lists import Sum
from app.records.stock import LotFilter, LotView
from app.records.unit import Records

MOST = 100


@dataclass(frozen=True, slots=True)
class Today:
    """Today's scrap at a site, or at all; the newest lots of it."""

    total: Sum
    lots: Sequence[LotView]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody has to look at. A list of ``MOST`` may be longer."""

    flags: Sequence[Flag]
    half_way: Sequence[str]
    uncertified: Sequence[dict[str, Any]]
    heels: Sequence[dict[str, Any]]
    troubled: Sequence[str]
    short: Sequence[tuple[str, str]]


def start_of_day(now: datetime) -> datetime:
    """Midnight in Japan."""
    return datetime.combine(japan_day(now), time(), JAPAN)


def today(records: Records, now: datetime, site: str | None, shown: int = 5) -> Today:
    """What came in today."""
    since = start_of_day(now)
    with records.reading() as books:
        total = books.lists.weighed_in(since, since + timedelta(days=1), site)
        wanted = LotFilter(kind=Kind.SCRAP.value, place=site, since=since)
        lots = [lot for lot in books.stock.listed(wanted, 0, shown) if lot.reversed_at is None]
    return Today(total, lots)


def waiting(records: Records, now: datetime, site: str | None) -> Waiting:
    """What waits for somebody: flags, certificates half-way, deliveries without a certificate, heels in furnaces.

    Of quotes: those by which somebody has a certificate that ended, and (number, customer) of those for which too
    little is held.
    """
    with records.reading() as books:
        return Waiting(
            books.flags.find(None, open_only=True, limit=MOST),
            [stored.number for stored in books.certificates.half_way()],
            books.lists.uncertified(MOST),
            books.lists.in_stock(site, [Kind.HEEL], MOST),
            list(books.quote_papers.troubled().values()),
            books.quotes.short(japan_day(now), MOST),
        )
