"""Weigh scrap in (入荷登録): returned truck bodies and Shinkansen cars become scrap lots."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.carbon.avoided import by_units
from app.carbon.footprint import embodied_at_entry, entry_footprint
from app.ledger.lots import Kind, Place
from app.ledger.metal import Metal
from app.ledger.refusals import Code, Refused
from app.operations.again import tried_again
from app.operations.numbering import lot_numbers, refuse_lot_numbers
from app.operations.references import References
from app.operations.unlikely import Flag, weigh_in_flags
from app.records.deeds import DeedKind, Doer
from app.records.entered import LotAnswer, as_entered
from app.records.lots import NewLot
from app.records.movements import Moved
from app.records.unit import Books, Records, Shelves

POST_CONSUMER = "post_consumer"
# A file of a hundred thousand slips needs the memory of so many at a time; it is one unit of work all the same.
PORTION = 5_000

Progress = Callable[[int], None]
Written = tuple[int, NewLot, dict[str, object]]  # the lot's id, the lot, its entry row


@dataclass(frozen=True, slots=True)
class RegisterScrap:
    """A weighing slip. Masses are grams; customer, item, scrap class, alloy and site are codes of the master data."""

    number: str | None
    slip_number: str
    customer: str
    item: str
    units: int
    scrap_class: str
    gross_g: int
    tare_g: int
    deduction_g: int
    alloy: str
    site: str
    bay: str | None
    vehicle: str | None
    weighed_at: datetime

    @property
    def net_g(self) -> int:
        return self.gross_g - self.tare_g - self.deduction_g


@dataclass(frozen=True, slots=True)
class Registered:
    """Lots in the order of their slips: the numbers, (position, rule) of each flag, and the last portion as written."""

    numbers: list[str]
    flags: list[tuple[int, str]]
    references: References
    written: list[Written]


@tried_again
def register_scrap(records: Records, doer: Doer, slip: RegisterScrap) -> LotAnswer:
    """Register one scrap lot and return it as it stands. Raises Invalid, Refused."""
    with records.writing(doer) as books:
        done = register_slips(books, [slip])
        [(id_, lot, entry)] = done.written
        flags = books.flags.find([id_]) if done.flags else []
        books.commit()
    return as_entered(id_, lot, entry, doer, done.references.sheet("items")[slip.item], flags)


def untold(_: int) -> None:
    """Nobody asks how far it is."""


def register_slips(
    books: Books, slips: Sequence[RegisterScrap], import_id: int | None = None, progress: Progress = untold
) -> Registered:
    """Register slips in an open unit of work, all or none, written in portions. Raises Invalid, Refused."""
    references, alloys, flags = _looked_at(books, slips, books.doer.now)
    numbers = lot_numbers(books, [(slip.number, Kind.SCRAP, slip.weighed_at) for slip in slips])
    written: list[Written] = []
    for start in range(0, len(slips), PORTION):
        part = range(start, min(start + PORTION, len(slips)))
        ids, deeds = books.new_lots_and_deeds(DeedKind.ENTRY, [slips[i].weighed_at for i in part])
        written = [
            _written(references, slips[i], numbers[i], alloys[i], id_, deed, import_id)
            for i, id_, deed in zip(part, ids, deeds, strict=True)
        ]
        _write(books, written, [flags.get(i, []) for i in part])
        progress(part.stop)
    books.audit.add_all("register", "lot", ((n, _told(slip), None) for n, slip in zip(numbers, slips, strict=True)))
    return Registered(numbers, [(i, rule) for i, raised in flags.items() for rule, _ in raised], references, written)


def check_slips(books: Shelves, slips: Sequence[RegisterScrap], now: datetime) -> list[tuple[int, str]]:
    """(position, rule) of what slips would be flagged for; nothing is written or locked. Raises Invalid, Refused.

    Everything is refused that registering them would refuse as the books stand.
    """
    references, _, flags = _looked_at(books, slips, now)
    refuse_lot_numbers(books, [slip.number for slip in slips if slip.number is not None])
    for item, scrap_class, at in {(slip.item, slip.scrap_class, slip.weighed_at): None for slip in slips}:
        entry_footprint(Kind.SCRAP, scrap_class, references.factors_at(at))
        if scrap_class == POST_CONSUMER:
            references.grams_per_unit(item, at)
    return [(i, rule) for i, raised in flags.items() for rule, _ in raised]


def _looked_at(
    books: Shelves, slips: Sequence[RegisterScrap], now: datetime
) -> tuple[References, list[str], dict[int, list[Flag]]]:
    """The master data, each slip's alloy, and what is unlikely of it, by position."""
    references = References(books)
    alloys = [_check(references, slip, now) for slip in slips]
    references.problems.raise_any()
    _refuse_classes(references, slips)
    _refuse_slips(books, slips)
    flags: dict[int, list[Flag]] = {}
    for i, rule, detail in weigh_in_flags(books, references, slips):
        flags.setdefault(i, []).append((rule, detail))
    return references, alloys, flags


def _write(books: Books, written: list[Written], flags: Sequence[Sequence[Flag]]) -> None:
    books.lots.add([(id_, lot) for id_, lot, _ in written])
    books.movements.add_all([(lot.deed_id, Moved(id_, lot.metal, +1)) for id_, lot, _ in written])
    books.entries.add_scrap([entry for _, _, entry in written])
    books.flags.add_all(
        [
            {"deed_id": lot.deed_id, "lot_id": id_, "rule": rule, "detail": detail, "raised_at": books.doer.now}
            for (id_, lot, _), raised in zip(written, flags, strict=True)
            for rule, detail in raised
        ]
    )


def _check(references: References, slip: RegisterScrap, now: datetime) -> str:
    references.require("customers", slip.customer, ("customer",))
    references.require("items", slip.item, ("item",))
    references.require("scrap_classes", slip.scrap_class, ("scrap_class",))
    references.require("sites", slip.site, ("site",))
    references.not_in_future(slip.weighed_at, now, ("weighed_at",))
    if slip.net_g <= 0:
        references.problems.add(("gross_kg",), "not_above_tare", gross_g=slip.gross_g, tare_g=slip.tare_g)
    return references.alloy(slip.alloy, ("alloy",))


def _refuse_classes(references: References, slips: Sequence[RegisterScrap]) -> None:
    for slip in slips:
        if slip.scrap_class not in references.sheet("items")[slip.item]["scrap_classes"].split():
            raise Refused(Code.KIND_NOT_ALLOWED, "scrap_class", item=slip.item, scrap_class=slip.scrap_class)


def _refuse_slips(books: Shelves, slips: Sequence[RegisterScrap]) -> None:
    seen: set[tuple[str, str]] = set()
    for site in sorted({slip.site for slip in slips}):
        numbers = [slip.slip_number for slip in slips if slip.site == site]
        seen |= {(site, number) for number in books.entries.live_slips(site, numbers)}
    for slip in slips:
        if (slip.site, slip.slip_number) in seen:
            raise Refused(Code.DUPLICATE_SLIP, slip_number=slip.slip_number, site=slip.site)
        seen.add((slip.site, slip.slip_number))


def _written(
    references: References, slip: RegisterScrap, number: str, alloy: str, id_: int, deed_id: int, import_id: int | None
) -> Written:
    lot = _lot(references, slip, number, alloy, id_, deed_id)
    return id_, lot, _entry(references, slip, id_, import_id)


def _lot(references: References, slip: RegisterScrap, number: str, alloy: str, id_: int, deed_id: int) -> NewLot:
    footprint = entry_footprint(Kind.SCRAP, slip.scrap_class, references.factors_at(slip.weighed_at))
    metal = Metal.of({id_: slip.net_g}, embodied_at_entry(slip.net_g, footprint))
    at = slip.weighed_at
    return NewLot(number, Kind.SCRAP, alloy, metal, Place(site=slip.site), at, at, deed_id)


def _potential_g(references: References, slip: RegisterScrap) -> int | None:
    """What staff may hope for, and nobody claims (domain.md, "Potential, at intake")."""
    per_unit = references.grams_per_unit(slip.item, slip.weighed_at) if slip.scrap_class == POST_CONSUMER else None
    return None if per_unit is None else by_units(slip.units, per_unit)


def _entry(references: References, slip: RegisterScrap, lot_id: int, import_id: int | None) -> dict[str, object]:
    return {
        "lot_id": lot_id,
        "live": True,
        "slip_number": slip.slip_number,
        "site_code": slip.site,
        "customer_code": slip.customer,
        "item": slip.item,
        "units": slip.units,
        "scrap_class": slip.scrap_class,
        "gross_g": slip.gross_g,
        "tare_g": slip.tare_g,
        "deduction_g": slip.deduction_g,
        "bay": slip.bay,
        "vehicle": slip.vehicle,
        "weighed_at": slip.weighed_at,
        "potential_g": _potential_g(references, slip),
        "import_id": import_id,
    }


def _told(slip: RegisterScrap) -> dict[str, object]:
    return {"slip_number": slip.slip_number, "customer": slip.customer, "net_g": slip.net_g, "site": slip.site}
