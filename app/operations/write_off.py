"""Ask for metal to be written off: it stays in the books, and goes no further, until another person has agreed."""

from dataclasses import dataclass
from datetime import datetime

from app.ledger.grams import kilograms_text
from app.ledger.lots import Amount, require_existed, require_here, take
from app.operations.again import tried_again
from app.operations.numbering import WRITE_OFF_PREFIX, deed_number, require_free
from app.operations.references import References
from app.records.deeds import DeedKind, Doer
from app.records.unit import Books, Records

WRITE_OFF = "write_off"


@dataclass(frozen=True, slots=True)
class WriteOff:
    """Metal of a lot that is not there any more; ``at`` None: as of now."""

    number: str | None
    lot: str
    amount: Amount
    at: datetime | None
    reason: str


@tried_again
def request_write_off(records: Records, doer: Doer, wanted: WriteOff) -> str:
    """Record a write-off that waits for a second person; returns its number. Raises Invalid, Refused."""
    with records.writing(doer) as books:
        number = _request(books, wanted)
        books.commit()
    return number


def _request(books: Books, wanted: WriteOff) -> str:
    references = References(books)
    require_free(wanted.number, WRITE_OFF, books.write_offs.numbers_taken)
    at = wanted.at or books.doer.now
    references.not_in_future(at, books.doer.now, ("written_off_at",))
    held = books.lots.hold([wanted.lot]).get(wanted.lot)
    if held is None:
        references.problems.add(("lot",), "unknown_lot", value=wanted.lot)
    references.problems.raise_any()
    assert held is not None
    require_here(held.lot)
    require_existed(held.lot, at)
    gone = take(held.lot, wanted.amount)  # refused now rather than when somebody accepts it
    taken = books.write_offs.numbers_taken
    number = deed_number(books, wanted.number, WRITE_OFF_PREFIX, at, WRITE_OFF, taken)
    deed_id = books.deeds.add(DeedKind.WRITE_OFF, at)
    books.write_offs.add(
        deed_id=deed_id,
        number=number,
        lot_id=held.id,
        asked_g=wanted.amount.mass_g,
        asked_units=wanted.amount.units,
        reason=wanted.reason,
        written_off_at=at,
    )
    told = {"number": number, "kg": kilograms_text(gone.metal.mass_g), "reason": wanted.reason}
    flag = {"deed_id": deed_id, "lot_id": held.id, "rule": WRITE_OFF, "detail": told, "raised_at": books.doer.now}
    books.flags.add_all([flag])
    books.audit.add("request", WRITE_OFF, number, told | {"lot": wanted.lot})
    return number
