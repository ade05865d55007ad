"""Send metal to a customer (出荷): each line becomes a delivered lot there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from app.ledger.lots import (
    LEAST_DELIVERY_G,
    Amount,
    Lot,
    Place,
    Taken,
    require_at_site,
    require_existed,
    require_movable,
    take,
)
from app.ledger.refusals import Code, Refused
from app.operations.again import tried_again
from app.operations.flagged import require_unflagged
from app.operations.numbering import DISPATCH_PREFIX, deed_number, require_free
from app.operations.problems import Path
from app.operations.references import References
from app.records.deeds import DeedKind, Doer
from app.records.lots import Held, NewLot
from app.records.movements import Moved
from app.records.unit import Books, Records


@dataclass(frozen=True, slots=True)
class DispatchLine:
    lot: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Dispatch:
    number: str | None
    customer: str
    site: str
    dispatched_at: datetime
    lines: tuple[DispatchLine, ...]


@dataclass(frozen=True, slots=True)
class Dispatched:
    """The delivery note's number and those of the delivered lots."""

    number: str
    deliveries: tuple[str, ...]


@tried_again
def dispatch(records: Records, doer: Doer, wanted: Dispatch) -> Dispatched:
    """Record a dispatch. Raises Invalid, Refused."""
    with records.writing(doer) as books:
        done = dispatch_within(books, wanted)
        books.commit()
    return done


def dispatch_within(books: Books, wanted: Dispatch, path: Path = ()) -> Dispatched:
    """Record a dispatch in an open unit of work; ``path`` is where it stands in what was entered."""
    references = References(books)
    require_free(wanted.number, "dispatch", books.dispatches.numbers_taken)
    references.require("customers", wanted.customer, ("customer",))
    references.require("sites", wanted.site, (*path, "site"))
    references.not_in_future(wanted.dispatched_at, books.doer.now, (*path, "dispatched_at"))
    held = books.lots.hold(line.lot for line in wanted.lines)
    for i, line in enumerate(wanted.lines):
        if line.lot not in held:
            references.problems.add((*path, "lines", i, "lot"), "unknown_lot", value=line.lot)
    references.problems.raise_any()
    require_unflagged(books, held.values())
    taken = _take(references, wanted, held, path)
    number = deed_number(
        books, wanted.number, DISPATCH_PREFIX, wanted.dispatched_at, "dispatch", partial(_numbers_taken, books, wanted)
    )
    for lot in books.lots.numbers_taken(_delivered_numbers(number, wanted)):
        raise Refused(Code.DUPLICATE_NUMBER, "lot", number=lot)
    return _write(books, wanted, held, taken, number)


def _delivered_numbers(number: str, wanted: Dispatch) -> list[str]:
    """What the delivered lots of a dispatch are called, line by line."""
    return [f"{number}-{i}" for i in range(1, len(wanted.lines) + 1)]


def _numbers_taken(books: Books, wanted: Dispatch, numbers: Sequence[str]) -> set[str]:
    """Numbers of dispatches, and those whose delivered lots would be called as a lot is that somebody numbered."""
    delivered = {lot: number for number in numbers for lot in _delivered_numbers(number, wanted)}
    return books.dispatches.numbers_taken(numbers) | {delivered[lot] for lot in books.lots.numbers_taken([*delivered])}


def _take(references: References, wanted: Dispatch, held: dict[str, Held], path: Path) -> list[Taken]:
    """Pour each line out, one after the other: a lot may stand in several lines."""
    standing: dict[str, Lot] = {number: each.lot for number, each in held.items()}
    taken = []
    for i, line in enumerate(wanted.lines):
        lot = standing[line.lot]
        require_movable(lot)
        require_at_site(lot, wanted.site)
        require_existed(lot, wanted.dispatched_at)
        taking = take(lot, line.amount)
        if taking.metal.mass_g < LEAST_DELIVERY_G:
            field = "units" if line.amount.units is not None else "kg"
            references.problems.add((*path, "lines", i, field), "under_one_kilogram")
        standing[line.lot] = taking.left
        taken.append(taking)
    references.problems.raise_any()
    return taken


def _write(books: Books, wanted: Dispatch, held: dict[str, Held], taken: Sequence[Taken], number: str) -> Dispatched:
    deed_id = books.deeds.add(DeedKind.DISPATCH, wanted.dispatched_at)
    ids = books.lots.new_ids(len(taken))
    sources = [held[line.lot] for line in wanted.lines]
    lots = [
        _delivered(wanted, source, taking, called, deed_id)
        for source, taking, called in zip(sources, taken, _delivered_numbers(number, wanted), strict=True)
    ]
    books.lots.add(list(zip(ids, lots, strict=True)))
    for source in held.values():
        last = [taking for each, taking in zip(sources, taken, strict=True) if each is source][-1]
        books.lots.write_left(source, last.left)
    for source, id_ in zip(sources, ids, strict=True):
        books.lots.connect(deed_id, [source.id], [id_])
    books.movements.add(
        deed_id,
        [Moved(source.id, taking.metal, -1) for source, taking in zip(sources, taken, strict=True)]
        + [Moved(id_, lot.metal, +1) for id_, lot in zip(ids, lots, strict=True)],
    )
    books.dispatches.add(_note(wanted, number, deed_id), _lines(deed_id, sources, ids, taken))
    told = [[line.lot, lot.number, lot.metal.mass_g] for line, lot in zip(wanted.lines, lots, strict=True)]
    books.audit.add("dispatch", "dispatch", number, {"customer": wanted.customer, "lines": told})
    return Dispatched(number, tuple(lot.number for lot in lots))


def _delivered(wanted: Dispatch, source: Held, taking: Taken, number: str, deed_id: int) -> NewLot:
    """The lot at the customer: same kind, alloy and item, and made when the lot it comes from was made."""
    return NewLot(
        number,
        source.lot.kind,
        source.alloy,
        taking.metal,
        Place(customer=wanted.customer),
        source.made_at,
        wanted.dispatched_at,
        deed_id,
        item=source.item,
        units=taking.units,
        source_lot_id=source.id,
    )


def _note(wanted: Dispatch, number: str, deed_id: int) -> dict[str, object]:
    return {
        "deed_id": deed_id,
        "number": number,
        "customer_code": wanted.customer,
        "site_code": wanted.site,
        "dispatched_at": wanted.dispatched_at,
    }


def _lines(
    deed_id: int, sources: Sequence[Held], ids: Sequence[int], taken: Sequence[Taken]
) -> list[dict[str, object]]:
    return [
        {
            "deed_id": deed_id,
            "position": position,
            "lot_id": source.id,
            "delivered_lot_id": id_,
            "mass_g": taking.metal.mass_g,
            "units": taking.units,
        }
        for position, (source, id_, taking) in enumerate(zip(sources, ids, taken, strict=True), start=1)
    ]
