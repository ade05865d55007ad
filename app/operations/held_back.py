"""Metal held for quotes: it lapses by itself, and nobody takes what is still promised of a lot."""

from collections.abc import Iterable

from app.carbon.factors import japan_day
from app.records.lots import Held
from app.records.quotes import Hold
from app.records.unit import Books


def let_lapse(books: Books, held: Iterable[Held]) -> None:
    """Reservations of held lots whose last day has passed count no more. Most lots have none, and cost nothing."""
    ids = [each.id for each in held if each.reserved_g or each.reserved_units]
    if not ids:
        return
    today = japan_day(books.doer.now)
    for reservation in books.quotes.held_on(ids):
        if reservation.until < today:
            books.quotes.settle(reservation, Hold.LAPSED, books.doer.now)
            told = {"quote": reservation.quote, "lot": reservation.lot, "until": reservation.until}
            books.audit.add("lapse", "reservation", str(reservation.id), told)
