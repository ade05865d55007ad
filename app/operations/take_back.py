"""Goods come back from a customer: a whole delivered lot is at a site again, with its number and its content."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.ledger.lots import Place, require_existed
from app.ledger.refusals import Code, Refused
from app.operations.again import tried_again
from app.operations.numbering import RETURN_PREFIX, deed_number, require_free
from app.operations.references import References
from app.records.deeds import DeedKind, Doer
from app.records.lots import Held
from app.records.unit import Books, Records


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A delivered lot that comes back to a site; ``returned_at`` None: now."""

    number: str | None
    lot: str
    site: str
    returned_at: datetime | None
    reason: str | None = None


@tried_again
def take_back(records: Records, doer: Doer, wanted: TakeBack) -> str:
    """Record a return and give its number. Raises Invalid, Refused (already_certified, wrong_place …)."""
    with records.writing(doer) as books:
        number = _take_back(books, wanted)
        books.commit()
    return number


def _take_back(books: Books, wanted: TakeBack) -> str:
    references = References(books)
    require_free(wanted.number, "return", books.returns.numbers_taken)
    at = wanted.returned_at or books.doer.now
    references.require("sites", wanted.site, ("site",))
    references.not_in_future(at, books.doer.now, ("returned_at",))
    held = books.lots.hold([wanted.lot]).get(wanted.lot)
    if held is None:
        references.problems.add(("lot",), "unknown_lot", value=wanted.lot)
    references.problems.raise_any()
    assert held is not None
    _require_delivered_and_free(books, held, at)
    number = deed_number(books, wanted.number, RETURN_PREFIX, at, "return", books.returns.numbers_taken)
    _write(books, wanted, held, number, at)
    return number


def _require_delivered_and_free(books: Books, held: Held, at: datetime) -> None:
    if held.lot.place.customer is None or not held.lot.metal.mass_g:
        raise Refused(Code.WRONG_PLACE, "not_delivered", lot=held.lot.number, place=held.lot.place.code)
    for delivery, certificate in books.certificates.holding([held.id]):
        raise Refused(Code.ALREADY_CERTIFIED, lot=delivery, certificate=certificate)
    require_existed(held.lot, at)


def _write(books: Books, wanted: TakeBack, held: Held, number: str, at: datetime) -> None:
    customer = held.lot.place.customer
    deed_id = books.deeds.add(DeedKind.RETURN, at)
    books.lots.write_left(held, replace(held.lot, place=Place(site=wanted.site), since=at))
    books.returns.add(
        deed_id=deed_id,
        number=number,
        lot_id=held.id,
        from_customer=customer,
        to_site=wanted.site,
        returned_at=at,
        reason=wanted.reason,
    )
    told = {"lot": wanted.lot, "site": wanted.site, "reason": wanted.reason}
    books.audit.add("return", "lot", wanted.lot, told, {"customer": customer})
