"""A quote is ordered: what was held for it leaves under a delivery note, in one deed, and is certified in the same."""

from dataclasses import dataclass
from datetime import date, datetime

from app.carbon.factors import japan_day
from app.ledger.lots import Amount
from app.operations.again import tried_again
from app.operations.dispatch import Dispatch, Dispatched, DispatchLine, dispatch_within
from app.operations.issue_certificate import IssueCertificate, Issuer, reserve_within
from app.operations.press import Press
from app.operations.problems import Invalid, Problem
from app.operations.quote_papers import note_attached
from app.operations.quotes import active, open_quote
from app.records.deeds import Doer
from app.records.quotes import Hold, Quote
from app.records.unit import Books, Records
from certificates import content


@dataclass(frozen=True, slots=True)
class Order:
    """How an ordered quote leaves: from which site, when, and under which number of a delivery note.

    ``certify``: whether a certificate is issued in the same deed, and ``valid_until`` which day (three years).
    """

    number: str | None
    site: str
    dispatched_at: datetime
    certify: bool = False
    valid_until: date | None = None


@tried_again
def order_quote(records: Records, doer: Doer, quote_number: str, wanted: Order) -> Dispatched:
    """Dispatch everything that is held for a quote. Raises NotFound, Invalid (nothing_held), Refused."""
    with records.writing(doer) as books:
        done = _order(books, open_quote(books, quote_number), wanted)
        books.commit()
    return done


@tried_again
def order_and_certify(
    records: Records, press: Press, issuer: Issuer, doer: Doer, quote_number: str, wanted: Order
) -> content.Certificate:
    """Dispatch what is held and reserve its certificate, attached to the quote: the first of two transactions.

    The second is that of every certificate. Raises what order_quote and reserve_certificate raise; then nothing left.
    """
    with records.writing(doer) as books:
        quote = open_quote(books, quote_number)
        done = _order(books, quote, wanted)
        certified = IssueCertificate(quote.customer_code, done.deliveries, None, wanted.valid_until, quote=quote_number)
        certificate = reserve_within(books, press, issuer, certified)
        stored = books.certificates.by_number(certificate.number)
        assert stored is not None
        note_attached(books, quote, stored)
        books.commit()
    return certificate


def _order(books: Books, quote: Quote, wanted: Order) -> Dispatched:
    """The reservations are settled and the metal is taken in one unit of work: in between nobody gets at it."""
    held = active(quote, japan_day(books.doer.now))
    if not held:
        raise Invalid([Problem((), "nothing_held")])
    books.lots.hold_ids([each.lot_id for each in held])
    for each in held:
        books.quotes.settle(each, Hold.USED, books.doer.now)
    lines = tuple(DispatchLine(each.lot, Amount(each.mass_g, each.units)) for each in held)
    note = Dispatch(wanted.number, quote.customer_code, wanted.site, wanted.dispatched_at, lines)
    done = dispatch_within(books, note)
    books.quotes.order(quote.id, done.number)
    books.audit.add("order", "quote", quote.number, {"dispatch": done.number}, {"state": "open"})
    return done
