"""Quotes of the model: what may be promised of a lot, and what becomes of a promise."""

from datetime import date, timedelta

from app.ledger.lots import Amount
from app.operations.dispatch import Dispatch, DispatchLine
from app.operations.order_quote import Order
from app.operations.quotes import MakeQuote
from tests.soak.model.books import Books, Promise, Quote, Reasons, take
from tests.soak.model.moving import dispatch

LONGEST = timedelta(days=366)


def make(books: Books, words: MakeQuote) -> Reasons:
    [line] = words.lines
    reasons = _bad_day(books, words.valid_until)
    if words.number in books.quotes:
        reasons.add("duplicate_number")
    if not reasons:
        number = words.number or ""
        books.quotes[number] = Quote(number, words.customer, line.kind, line.item)
    return reasons


def _bad_day(books: Books, until: date) -> Reasons:
    return set() if books.today <= until <= books.today + LONGEST else {"malformed"}


def _closed(quote: Quote) -> Reasons:
    return set() if quote.state == "open" else {"already_ordered"}


def reserve(books: Books, quote: Quote, number: str, amount: Amount, until: date) -> Reasons:
    """Fitting metal, of which that much is left beside everything that was promised of it before."""
    reasons = _closed(quote) | _bad_day(books, until)
    lot = books.lots.get(number)
    if lot is None:
        return reasons | {"malformed"}
    if lot.place[0] == "customer":
        reasons.add("wrong_place")
    if (lot.kind, lot.item) != (quote.kind, quote.item):
        reasons.add("kind_not_allowed")
    if books.flagged(number):
        reasons.add("flag_open")
    standing = lot
    for each in [*(promise.amount for _, promise in books.held_on(number)), amount]:
        taken = take(standing, each)
        reasons |= taken.reasons
        standing = taken.left or standing
    if not reasons:
        quote.promises.append(Promise(books.promises_made(), number, amount, until))
    return reasons


def release(books: Books, quote: Quote, promise: Promise) -> Reasons:
    reasons = _closed(quote) | _gone(books, quote, promise)
    if not reasons:
        promise.settled = True
    return reasons


def renew(books: Books, quote: Quote, promise: Promise, until: date) -> Reasons:
    reasons = _closed(quote) | _gone(books, quote, promise) | _bad_day(books, until)
    if not reasons:
        promise.until = until
    return reasons


def _gone(books: Books, quote: Quote, promise: Promise) -> Reasons:
    return set() if promise in books.counting(quote) else {"not_found"}


def withdraw(quote: Quote) -> Reasons:
    reasons = _closed(quote)
    if not reasons:
        quote.state = "withdrawn"
        _settle(quote.promises)
    return reasons


def order(books: Books, quote: Quote, words: Order) -> Reasons:
    """A dispatch of all that is held, for which what was held for it does not stand in the way."""
    reasons = _closed(quote)
    held = books.counting(quote)
    if reasons or not held:
        return reasons | ({"malformed"} if not held else set())
    lines = tuple(DispatchLine(each.lot, each.amount) for each in held)
    _settle(held)
    reasons = dispatch(books, Dispatch(words.number, quote.customer, words.site, words.dispatched_at, lines))
    _settle(held, not reasons)
    quote.state = "open" if reasons else "ordered"
    return reasons


def _settle(promises: list[Promise], settled: bool = True) -> None:
    for each in promises:
        each.settled = settled
