"""Move metal to another site: the whole lot keeps its number, a part becomes a new lot; what is short is a loss."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.ledger.grams import kilograms_text
from app.ledger.lots import Amount, Lot, Place, Taken, require_at_site, require_existed, require_movable, take
from app.ledger.metal import Metal
from app.ledger.refusals import Code, Refused
from app.ledger.transformations import lose
from app.operations.again import tried_again
from app.operations.flagged import require_unflagged
from app.operations.numbering import TRANSFER_PREFIX, deed_number, lot_numbers, require_free
from app.operations.references import References
from app.operations.unlikely import transfer_flags
from app.records.base import NUMBER_LENGTH
from app.records.deeds import DeedKind, Doer
from app.records.lots import Held, NewLot
from app.records.movements import Moved
from app.records.unit import Books, Records


@dataclass(frozen=True, slots=True)
class Transfer:
    """``received_g`` None: all that was sent arrived. ``becomes`` is a wish for the number of a part."""

    number: str | None
    lot: str
    to: str
    amount: Amount
    sent_at: datetime
    received_at: datetime
    received_g: int | None
    becomes: str | None = None


@dataclass(frozen=True, slots=True)
class Transferred:
    """The transfer's number, the lot that is now at the other site, and grams sent and received."""

    number: str
    lot: str
    sent_g: int
    received_g: int
    units: int | None


@tried_again
def transfer(records: Records, doer: Doer, wanted: Transfer) -> Transferred:
    """Record a transfer. Raises Invalid, Refused."""
    with records.writing(doer) as books:
        done = _transfer(books, wanted)
        books.commit()
    return done


def _transfer(books: Books, wanted: Transfer) -> Transferred:
    references = References(books)
    require_free(wanted.number, "transfer", books.transfers.numbers_taken)
    _check(references, wanted, books.doer.now)
    held = books.lots.hold([wanted.lot]).get(wanted.lot)
    if held is None:
        references.problems.add(("lot",), "unknown_lot", value=wanted.lot)
    references.problems.raise_any()
    assert held is not None
    _require_ready(held.lot, wanted)
    require_unflagged(books, [held])
    taken = take(held.lot, wanted.amount)
    lost, arrived = _arrive(taken.metal, wanted)
    number = deed_number(
        books, wanted.number, TRANSFER_PREFIX, wanted.received_at, "transfer", books.transfers.numbers_taken
    )
    deed_id = books.deeds.add(DeedKind.TRANSFER, wanted.received_at)
    became_id, became = _move(books, wanted, held, taken, arrived, lost, deed_id)
    books.movements.add_loss(deed_id, lost)
    done = Transferred(number, became, taken.metal.mass_g, arrived.mass_g, taken.units)
    _write(books, references, wanted, held, deed_id, became_id, done)
    return done


def _check(references: References, wanted: Transfer, now: datetime) -> None:
    references.require("sites", wanted.to, ("to",))
    references.not_in_future(wanted.received_at, now, ("received_at",))
    if wanted.received_at < wanted.sent_at:
        references.problems.add(("received_at",), "before_sent")


def _require_ready(lot: Lot, wanted: Transfer) -> None:
    require_movable(lot)
    if lot.place.customer is not None:
        require_at_site(lot, wanted.to)
    if lot.place.site == wanted.to:
        raise Refused(Code.WRONG_PLACE, "already_there", lot=lot.number, site=wanted.to)
    require_existed(lot, wanted.sent_at)


def _arrive(sent: Metal, wanted: Transfer) -> tuple[Metal, Metal]:
    """(lost, arrived). Raises Refused where more arrives than was sent."""
    received_g = sent.mass_g if wanted.received_g is None else wanted.received_g
    if received_g > sent.mass_g:
        raise Refused(Code.MORE_OUT_THAN_IN, "transfer", in_g=sent.mass_g, out_g=received_g)
    return lose(sent, sent.mass_g - received_g)


def _move(
    books: Books, wanted: Transfer, held: Held, taken: Taken, arrived: Metal, lost: Metal, deed_id: int
) -> tuple[int, str]:
    """Write the lot that is now at the other site; returns its id and number."""
    there = Place(site=wanted.to)
    if not taken.left.metal.mass_g:
        left = replace(taken.left, place=there, since=wanted.received_at, metal=arrived, units=taken.units)
        books.lots.write_left(held, left)
        # Only the loss moves: the metal stays in the lot, and the lot is now elsewhere.
        books.movements.add(deed_id, [Moved(held.id, lost, -1)] if lost.mass_g else [])
        return held.id, held.lot.number
    number = _part_number(books, held, wanted.becomes)
    [part_id] = books.lots.new_ids(1)
    part = NewLot(
        number,
        held.lot.kind,
        held.alloy,
        arrived,
        there,
        held.made_at,
        wanted.received_at,
        deed_id,
        item=held.item,
        units=taken.units,
        source_lot_id=held.id,
    )
    books.lots.write_left(held, taken.left)
    books.lots.add([(part_id, part)])
    books.lots.connect(deed_id, [held.id], [part_id])
    books.movements.add(deed_id, [Moved(held.id, taken.metal, -1), Moved(part_id, arrived, +1)])
    return part_id, number


def _part_number(books: Books, held: Held, wanted: str | None) -> str:
    """The number wished for, or the lot's own with the first free -2, -3 …; where that grows too long, a new one."""
    number = held.lot.number
    if wanted is not None:
        if books.lots.numbers_taken([wanted]):
            raise Refused(Code.DUPLICATE_NUMBER, "lot", number=wanted)
        return wanted
    n = 2
    while books.lots.numbers_taken([f"{number}-{n}"]):
        n += 1
    if len(f"{number}-{n}") <= NUMBER_LENGTH:
        return f"{number}-{n}"
    [next_of_series] = lot_numbers(books, [(None, held.lot.kind, held.made_at)])
    return next_of_series


def _write(
    books: Books,
    references: References,
    wanted: Transfer,
    held: Held,
    deed_id: int,
    became_id: int,
    done: Transferred,
) -> None:
    books.transfers.add(
        deed_id=deed_id,
        number=done.number,
        lot_id=held.id,
        became_lot_id=became_id,
        from_site=held.lot.place.site,
        to_site=wanted.to,
        sent_at=wanted.sent_at,
        received_at=wanted.received_at,
        sent_g=done.sent_g,
        received_g=done.received_g,
        units=done.units,
    )
    flags = transfer_flags(references, done.sent_g, done.received_g)
    shared = {"deed_id": deed_id, "lot_id": became_id, "raised_at": books.doer.now}
    books.flags.add_all([shared | {"rule": rule, "detail": detail} for rule, detail in flags])
    told = {"lot": wanted.lot, "became": done.lot, "to": wanted.to, "kg": kilograms_text(done.received_g)}
    books.audit.add("transfer", "transfer", done.number, told)
