"""Undo a mistake (取り消す): mirrored movements under a new deed, while nothing downstream has used the metal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.ledger.lots import Kind, Place
from app.ledger.refusals import Code, Refused
from app.ledger.reversal import moved_back
from app.operations.again import tried_again
from app.operations.held_back import let_lapse
from app.operations.problems import NotFound
from app.records.deeds import DeedKind, Doer
from app.records.lots import Held
from app.records.reversals import Moved
from app.records.unit import Books, Records


@dataclass(frozen=True, slots=True)
class Mistake:
    """A deed to be undone.

    ``site`` is where the lots it took metal from were; ``furnace`` that of a heat that took a heel; ``whole_lot`` the
    lot that it took elsewhere as a whole, and ``came_from`` the place it was at before; ``waits_on`` the lot that a
    write-off takes metal from as soon as somebody accepts it.
    """

    noun: str
    number: str
    deed_id: int
    site: str | None = None
    furnace: tuple[str, str | None] | None = None
    whole_lot: int | None = None
    came_from: Place | None = None
    waits_on: int | None = None

    @property
    def whole_lots(self) -> list[int]:
        return [] if self.whole_lot is None else [self.whole_lot]

    @property
    def untouched(self) -> list[int]:
        """Lots it concerns though it may have moved nothing of them."""
        return [lot for lot in (self.whole_lot, self.waits_on) if lot is not None]


@tried_again
def reverse(records: Records, doer: Doer, noun: str, number: str, reason: str) -> None:
    """Reverse a lot's entry, a step, a transfer, a dispatch, a return or a write-off.

    ``noun`` is "lot", "transformation", "transfer", "dispatch", "return" or "write_off".
    Raises NotFound, Refused (already_reversed, downstream_exists, kind_not_allowed).
    """
    with records.writing(doer) as books:
        reverse_within(books, noun, number, reason)
        books.commit()


def reverse_within(books: Books, noun: str, number: str, reason: str) -> None:
    """Reverse a record in an open unit of work. Raises as ``reverse`` does."""
    mistake = _find(books, noun, number)
    if mistake.furnace:
        books.furnaces.hold(*mistake.furnace)
    held = books.lots.hold_ids([*books.reversals.moved(mistake.deed_id), *mistake.untouched])
    moved = books.reversals.moved(mistake.deed_id)  # as it stands now: a write-off may have been accepted meanwhile
    if books.reversals.of(mistake.deed_id):
        raise Refused(Code.ALREADY_REVERSED, noun, number=number)
    let_lapse(books, held.values())
    _require_nothing_after(books, mistake, moved, held)
    _write(books, mistake, moved, held, reason)


def _find(books: Books, noun: str, number: str) -> Mistake:
    found = {
        "lot": _entry,
        "transformation": _step,
        "transfer": _transfer,
        "dispatch": _dispatch,
        "return": _return,
        "write_off": _write_off,
    }[noun](books, number)
    if found is None:
        raise NotFound(noun, number)
    return found


def _entry(books: Books, number: str) -> Mistake | None:
    lot = books.stock.one(number)
    if lot is None:
        return None
    if lot.deed_kind != DeedKind.ENTRY:
        raise Refused(Code.KIND_NOT_ALLOWED, "not_entered", lot=number)
    return Mistake("lot", number, lot.deed_id)


def _step(books: Books, number: str) -> Mistake | None:
    step = books.transformations.find(number)
    if step is None:
        return None
    took_heel = any(kind == Kind.HEEL for _, kind, *_ in step.inputs)
    furnace = (step.site_code, step.furnace) if took_heel else None
    return Mistake("transformation", number, step.deed_id, step.site_code, furnace)


def _transfer(books: Books, number: str) -> Mistake | None:
    transfer = books.transfers.find(number)
    if transfer is None:
        return None
    if transfer.lot_id != transfer.became_lot_id:
        return Mistake("transfer", number, transfer.deed_id, transfer.from_site)
    was_at = Place(site=transfer.from_site)
    return Mistake("transfer", number, transfer.deed_id, whole_lot=transfer.lot_id, came_from=was_at)


def _dispatch(books: Books, number: str) -> Mistake | None:
    dispatch = books.dispatches.find(number)
    return Mistake("dispatch", number, dispatch.deed_id, dispatch.site_code) if dispatch else None


def _return(books: Books, number: str) -> Mistake | None:
    back = books.returns.find(number)
    if back is None:
        return None
    was_at = Place(customer=back.from_customer)
    return Mistake("return", number, back.deed_id, whole_lot=back.lot_id, came_from=was_at)


def _write_off(books: Books, number: str) -> Mistake | None:
    write_off = books.write_offs.find(number)
    if write_off is None:
        return None
    lot_id = write_off.lot_id
    books.lots.hold_ids([lot_id])  # before looking where the lot is and was
    site = books.reversals.site_at(write_off.deed_id, lot_id)
    return Mistake("write_off", number, write_off.deed_id, site, waits_on=lot_id)


def _require_nothing_after(
    books: Books, mistake: Mistake, moved: Mapping[int, Moved], held: Mapping[int, Held]
) -> None:
    """Refuse while something stands that used what the deed made, or that took elsewhere what it was made from."""
    made = books.reversals.made(mistake.deed_id)
    built_on = [*made, *mistake.whole_lots]
    blocking = books.reversals.after(mistake.deed_id, built_on) if built_on else []
    for lot_id in moved:
        if mistake.site and lot_id not in made and held[lot_id].lot.place.site != mistake.site:
            blocking += books.reversals.moves_after(mistake.deed_id, lot_id)
    if mistake.furnace:
        blocking += books.reversals.heats_after(mistake.deed_id)
    blocking += [("quote", each.quote) for each in books.quotes.held_on(built_on)] if built_on else []
    if blocking:
        raise Refused(
            Code.DOWNSTREAM_EXISTS,
            number=mistake.number,
            records=", ".join(dict.fromkeys(number for _, number in blocking)),
            blocking=tuple(dict.fromkeys(blocking)),
        )


def _write(books: Books, mistake: Mistake, moved: Mapping[int, Moved], held: Mapping[int, Held], reason: str) -> None:
    deed_id = books.deeds.add(DeedKind.REVERSAL, books.doer.now)
    books.reversals.write(deed_id, mistake.deed_id, reason)
    books.lots.disconnect(mistake.deed_id)
    for lot_id, lot in held.items():
        what = moved.get(lot_id, Moved({}, 0, 0))
        now = moved_back(lot.lot, what.grams, what.co2_g, what.units)
        if mistake.came_from and lot_id == mistake.whole_lot:
            now = replace(now, place=mistake.came_from, since=books.reversals.since(lot_id))
        books.lots.write_left(lot, now)
    if mistake.noun == "lot":
        books.entries.free_slip(next(iter(held)))
    before = [[lot.lot.number, lot.lot.metal.mass_g] for lot in held.values()]
    told = {"reason": reason, "reverses": mistake.deed_id}
    books.audit.add("reverse", mistake.noun, mistake.number, told, {"lots": before})
