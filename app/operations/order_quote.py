"""A quote is ordered: what was held for it leaves under a delivery note, in one deed."""

from dataclasses import dataclass
from datetime import datetime

from app.carbon.factors import japan_day
from app.ledger.lots import Amount
from app.operations.again import tried_again
from app.operations.dispatch import Dispatch, Dispatched, DispatchLine, dispatch_within
from app.operations.problems import Invalid, Problem
from app.operations.quotes import active, open_quote
from app.records.deeds import Doer
from app.records.quotes import Hold
from app.records.unit import Records


@dataclass(frozen=True, slots=True)
class Order:
    """How an ordered quote leaves: from which site, when, and under which number of a delivery note."""

    number: str | None
    site: str
    dispatched_at: datetime


@tried_again
def order_quote(records: Records, doer: Doer, quote_number: str, wanted: Order) -> Dispatched:
    """Dispatch everything that is held for a quote. Raises NotFound, Invalid (nothing_held), Refused.

    The reservations are settled and the metal is taken in one unit of work: in between nobody else gets at it.
    """
    with records.writing(doer) as books:
        quote = open_quote(books, quote_number)
        held = active(quote, japan_day(doer.now))
        if not held:
            raise Invalid([Problem((), "nothing_held")])
        books.lots.hold_ids([each.lot_id for each in held])
        for each in held:
            books.quotes.settle(each, Hold.USED, doer.now)
        lines = tuple(DispatchLine(each.lot, Amount(each.mass_g, each.units)) for each in held)
        note = Dispatch(wanted.number, quote.customer_code, wanted.site, wanted.dispatched_at, lines)
        done = dispatch_within(books, note)
        books.quotes.order(quote.id, done.number)
        books.audit.add("order", "quote", quote_number, {"dispatch": done.number}, {"state": "open"})
        books.commit()
    return done
