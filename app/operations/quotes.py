"""Quotes (見積): what a customer asks for, and metal that exists held for it until a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.carbon.factors import japan_day
from app.ledger.grams import kilograms_text
from app.ledger.lots import CERTIFIABLE, Amount, Kind, require_here, take
from app.ledger.refusals import Code, Refused
from app.operations.again import tried_again
from app.operations.flagged import require_unflagged
from app.operations.numbering import QUOTE_PREFIX, deed_number, require_free
from app.operations.problems import NotFound, Problems
from app.operations.references import References
from app.records.deeds import Doer
from app.records.lots import Held
from app.records.quotes import Hold, Quote, QuoteState, Reservation
from app.records.unit import Books, Records

LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """What is asked for: lots of a kind, of an item (products) and an alloy where that matters."""

    kind: Kind
    item: str | None
    alloy: str | None
    amount: Amount


@dataclass(frozen=True, slots=True)
class MakeQuote:
    number: str | None
    customer: str
    valid_until: date
    lines: tuple[QuoteLine, ...]
    note: str | None = None


@tried_again
def make_quote(records: Records, doer: Doer, wanted: MakeQuote) -> str:
    """Write a quote down and return its number. Raises Invalid, Refused (duplicate_number)."""
    with records.writing(doer) as books:
        references = References(books)
        taken = books.quotes.numbers_taken
        require_free(wanted.number, "quote", taken)
        lines = _checked(references, wanted, japan_day(doer.now))
        number = deed_number(books, wanted.number, QUOTE_PREFIX, doer.now, "quote", taken)
        quote = {"number": number, "customer_code": wanted.customer, "valid_until": wanted.valid_until}
        books.quotes.add(quote | {"note": wanted.note, "made_at": doer.now, "person": doer.person}, lines)
        books.audit.add("quote", "quote", number, {"customer": wanted.customer, "lines": lines})
        books.commit()
    return number


def _checked(references: References, wanted: MakeQuote, today: date) -> list[dict[str, object]]:
    references.require("customers", wanted.customer, ("customer",))
    _check_day(references.problems, "valid_until", wanted.valid_until, today)
    lines = [_line(references, line, at) for at, line in enumerate(wanted.lines)]
    references.problems.raise_any()
    return lines


def _line(references: References, line: QuoteLine, at: int) -> dict[str, object]:
    problems = references.problems
    if line.kind not in CERTIFIABLE:
        problems.add(("lines", at, "kind"), "not_quoted")
    if line.kind is Kind.PRODUCT:
        references.require_item(line.item, ("lines", at, "item"))
    elif line.item is not None:
        problems.add(("lines", at, "item"), "only_for_products")
    counted = line.kind is Kind.PRODUCT and references.unit_factor(line.item) is not None
    if counted != (line.amount.units is not None):
        problems.add(("lines", at, "units"), "units_of_this_item" if counted else "no_units_of_this")
    alloy = references.alloy(line.alloy, ("lines", at, "alloy")) if line.alloy else None
    return {
        "kind": line.kind.value,
        "item": line.item,
        "alloy": alloy,
        "mass_g": line.amount.mass_g,
        "units": line.amount.units,
    }


def _check_day(problems: Problems, field: str, until: date, today: date) -> None:
    if until < today:
        problems.add((field,), "in_past", value=until)
    if (until - today).days > LONGEST_DAYS:
        problems.add((field,), "longer_than_a_year")


def open_quote(books: Books, number: str) -> Quote:
    """A quote that is held and still open. Raises NotFound, Refused (already_ordered)."""
    found = books.quotes.hold(number)
    if found is None:
        raise NotFound("quote", number)
    if found.state != QuoteState.OPEN:
        raise Refused(Code.ALREADY_ORDERED, number=number)
    return found


@tried_again
def reserve(records: Records, doer: Doer, number: str, position: int, lot: str, amount: Amount, until: date) -> int:
    """Hold metal of a lot for a line of a quote; returns the reservation's id.

    Raises NotFound, Invalid, Refused (not_enough_metal, flag_open, wrong_place, kind_not_allowed, already_ordered).
    """
    with records.writing(doer) as books:
        quote = open_quote(books, number)
        line = _line_of(quote, position)
        problems = Problems()
        _check_day(problems, "until", until, japan_day(doer.now))
        held = books.lots.hold([lot]).get(lot)
        if held is None:
            problems.add(("lot",), "unknown_lot", value=lot)
        problems.raise_any()
        assert held is not None
        _require_fitting(held, line)
        require_unflagged(books, [held])
        _require_unpromised(books, held, amount)
        id_ = books.quotes.reserve(
            quote_id=quote.id,
            position=position,
            lot_id=held.id,
            mass_g=amount.mass_g,
            units=amount.units,
            until=until,
            made_at=doer.now,
        )
        books.audit.add("reserve_metal", "quote", number, {"lot": lot, "until": until} | _told(amount))
        books.commit()
    return id_


def _line_of(quote: Quote, position: int) -> dict[str, object]:
    for line in quote.lines:
        if line["position"] == position:
            return line
    raise NotFound("quote_line", f"{quote.number} {position}")


def _require_fitting(held: Held, line: dict[str, object]) -> None:
    """What is promised is what was asked for: of the kind, the item and the alloy of the line, and still ours."""
    require_here(held.lot)
    fits = held.lot.kind == line["kind"] and held.item == line["item"] and line["alloy"] in (None, held.alloy)
    if not fits:
        raise Refused(Code.KIND_NOT_ALLOWED, "quote", lot=held.lot.number)


def _require_unpromised(books: Books, held: Held, amount: Amount) -> None:
    """What is asked for is there beside what other quotes were promised: as if all of it were taken now."""
    reserved = [each for each in books.quotes.held_on([held.id]) if each.state == Hold.HELD]
    standing = held.lot
    for each in reserved:
        standing = take(standing, Amount(each.mass_g, each.units)).left
    take(standing, amount)


def _told(amount: Amount) -> dict[str, object]:
    return {"units": amount.units} if amount.mass_g is None else {"kg": kilograms_text(amount.mass_g)}


@tried_again
def release(records: Records, doer: Doer, number: str, reservation_id: int) -> None:
    """Let held metal go. Raises NotFound, Refused (already_ordered)."""
    with records.writing(doer) as books:
        reservation = _reservation(books, open_quote(books, number), reservation_id)
        _settle(books, [reservation], Hold.RELEASED)
        books.audit.add("release_metal", "quote", number, {"lot": reservation.lot})
        books.commit()


@tried_again
def renew(records: Records, doer: Doer, number: str, reservation_id: int, until: date) -> None:
    """Hold metal until another day. Raises NotFound (lapsed too), Invalid, Refused (already_ordered)."""
    with records.writing(doer) as books:
        reservation = _reservation(books, open_quote(books, number), reservation_id)
        problems = Problems()
        _check_day(problems, "until", until, japan_day(doer.now))
        problems.raise_any()
        books.lots.hold_ids([reservation.lot_id])
        if not books.quotes.renew(reservation.id, until):
            raise NotFound("reservation", str(reservation_id))
        told = {"lot": reservation.lot, "until": until}
        books.audit.add("renew_reservation", "quote", number, told, {"until": reservation.until})
        books.commit()


def _reservation(books: Books, quote: Quote, reservation_id: int) -> Reservation:
    """A reservation of a quote that still counts."""
    for reservation in active(quote, japan_day(books.doer.now)):
        if reservation.id == reservation_id:
            return reservation
    raise NotFound("reservation", str(reservation_id))


def active(quote: Quote, today: date) -> list[Reservation]:
    """The reservations of a quote that count today."""
    return [each for each in quote.reservations if each.state == Hold.HELD and each.until >= today]


def _settle(books: Books, reservations: Sequence[Reservation], state: Hold) -> None:
    books.lots.hold_ids([each.lot_id for each in reservations])
    for each in reservations:
        books.quotes.settle(each, state, books.doer.now)


@tried_again
def withdraw_quote(records: Records, doer: Doer, number: str) -> None:
    """Take a quote back; what was held for it is free. Raises NotFound, Refused (already_ordered)."""
    with records.writing(doer) as books:
        quote = open_quote(books, number)
        _settle(books, [each for each in quote.reservations if each.state == Hold.HELD], Hold.RELEASED)
        books.quotes.withdraw(quote.id)
        books.audit.add("withdraw", "quote", number, {"state": "withdrawn"}, {"state": "open"})
        books.commit()
