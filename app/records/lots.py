"""Lots: what was made (never changed), how it stands now (a balance row), its content, and what came from what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    bindparam,
    delete,
    select,
    update,
)

from app.ledger.lots import Kind, Lot, Place
from app.ledger.metal import Metal
from app.ledger.refusals import Code, Refused
from app.records.among import PORTION, Among
from app.records.connection import Connection
from app.records.lot_tables import LotContentRow, LotEdgeRow, LotRow, LotStateRow


@dataclass(frozen=True, slots=True)
class NewLot:
    """A lot about to be written."""

    number: str
    kind: Kind
    alloy: str
    metal: Metal
    place: Place
    made_at: datetime
    since: datetime
    deed_id: int
    item: str | None = None
    units: int | None = None
    pieces: int | None = None
    furnace: str | None = None
    source_lot_id: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A lot of the books in hand: its id, what it is, and how it stands."""

    id: int
    lot: Lot
    alloy: str
    item: str | None
    made_at: datetime
    reserved_g: int = 0
    reserved_units: int = 0


_HELD = (
    LotRow.id,
    LotRow.number,
    LotRow.kind,
    LotRow.alloy,
    LotRow.item,
    LotRow.furnace,
    LotRow.made_at,
    LotStateRow.site_code,
    LotStateRow.customer_code,
    LotStateRow.since,
    LotStateRow.embodied_g,
    LotStateRow.units,
    LotStateRow.reserved_g,
    LotStateRow.reserved_units,
)


# Made once: a statement that is the same object is known again at once, one built anew is compared part by part.
_NUMBERS = Among(select(LotRow.number), LotRow.number)
_IDS_BY_NUMBER = Among(select(LotRow.id), LotRow.number)
_WANTED: Any = bindparam("ids", expanding=True)
_LOCK = select(LotStateRow.lot_id).where(LotStateRow.lot_id.in_(_WANTED)).order_by(LotStateRow.lot_id).with_for_update()
_STATES = select(*_HELD).join(LotStateRow, LotStateRow.lot_id == LotRow.id)
_STATES = _STATES.where(LotRow.id.in_(_WANTED)).order_by(LotRow.id)
_CONTENTS = select(LotContentRow.lot_id, LotContentRow.origin_id, LotContentRow.remaining_g)
_CONTENTS = _CONTENTS.where(LotContentRow.lot_id.in_(_WANTED), LotContentRow.remaining_g > 0)
_LEAVE_CONTENT = (
    update(LotContentRow)
    .where(LotContentRow.lot_id == bindparam("lot"), LotContentRow.origin_id == bindparam("origin"))
    .values(remaining_g=bindparam("grams"))
)
_LEAVE = (
    update(LotStateRow)
    .where(LotStateRow.lot_id == bindparam("lot"))
    .values(
        site_code=bindparam("site"),
        customer_code=bindparam("customer"),
        since=bindparam("at"),
        mass_g=bindparam("mass"),
        embodied_g=bindparam("embodied"),
        units=bindparam("count"),
    )
)


class Lots:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, numbers: Iterable[str]) -> dict[str, Held]:
        """Lock lots for this unit of work, in the order of their ids, and return those there are by number."""
        return self._held(sorted(row[0] for row in self._connection.execute_among(_IDS_BY_NUMBER, list(numbers))))

    def hold_ids(self, ids: Iterable[int]) -> dict[int, Held]:
        """Lock lots by their ids, in ascending order, and return them by id."""
        return {held.id: held for held in self._held(sorted(set(ids))).values()}

    def _held(self, ids: list[int]) -> dict[str, Held]:
        """In portions, ascending over all of them: a statement takes only so many values."""
        held: dict[str, Held] = {}
        for start in range(0, len(ids), PORTION):
            held |= self._portion_held(ids[start : start + PORTION])
        return held

    def _portion_held(self, ids: list[int]) -> dict[str, Held]:
        # Locked before it is read: under READ COMMITTED the second statement sees what the first waited for.
        self._connection.execute_with(_LOCK, ids=ids).all()
        contents = self._remaining(ids)
        held = {}
        for row in self._connection.execute_with(_STATES, ids=ids):
            metal = Metal.of(contents.get(row.id, {}), row.embodied_g)
            place = Place(row.site_code, row.customer_code)
            lot = Lot(row.number, Kind(row.kind), place, row.since, metal, row.units, row.furnace)
            held[row.number] = Held(row.id, lot, row.alloy, row.item, row.made_at, row.reserved_g, row.reserved_units)
        return held

    def _remaining(self, ids: list[int]) -> dict[int, dict[int, int]]:
        contents: dict[int, dict[int, int]] = {}
        for lot_id, origin_id, remaining_g in self._connection.execute_with(_CONTENTS, ids=ids):
            contents.setdefault(lot_id, {})[origin_id] = remaining_g
        return contents

    def numbers_taken(self, numbers: Sequence[str]) -> set[str]:
        """Which of these numbers a lot already has."""
        return {row[0] for row in self._connection.execute_among(_NUMBERS, numbers)}

    def ids(self, numbers: Sequence[str]) -> list[int]:
        """The ids of lots by number, ascending."""
        return sorted(row[0] for row in self._connection.execute_among(_IDS_BY_NUMBER, numbers))

    def new_ids(self, count: int) -> list[int]:
        """Ids for lots about to be written; they are also the order in which origins were registered."""
        return self._connection.new_ids(LotRow, count)

    def add(self, lots: Sequence[tuple[int, NewLot]]) -> None:
        """Write lots under ids from ``new_ids``, with balance and content rows."""
        made = [_made(id_, lot) for id_, lot in lots]
        self._connection.insert_all(LotRow, made)
        self._connection.insert_all(LotStateRow, [_state(lot, row) for (_, lot), row in zip(lots, made, strict=True)])
        contents = [
            {"lot_id": id_, "origin_id": origin, "made_g": grams, "remaining_g": grams}
            for id_, lot in lots
            for origin, grams in lot.metal.content
        ]
        self._connection.insert_all(LotContentRow, contents)

    def connect(self, deed_id: int, from_ids: Iterable[int], to_ids: Sequence[int]) -> None:
        """Record that metal of each of these lots went into each of those."""
        edges = [{"from_lot_id": f, "to_lot_id": t, "deed_id": deed_id} for f in from_ids for t in to_ids]
        self._connection.insert_all(LotEdgeRow, edges)

    def disconnect(self, deed_id: int) -> None:
        """Take a reversed deed's edges out of the walks; its movements tell for ever what it was."""
        self._connection.execute(delete(LotEdgeRow).where(LotEdgeRow.deed_id == deed_id))

    def write_left(self, held: Held, left: Lot) -> None:
        """Bring the balance and content rows of a held lot to what is left of it, or is in it again."""
        if held.reserved_g or held.reserved_units:
            self._require_unreserved(held, left)
        before, after = dict(held.lot.metal.content), dict(left.metal.content)
        changed = [
            {"lot": held.id, "origin": origin, "grams": after.get(origin, 0)}
            for origin in sorted(before.keys() | after.keys())
            if before.get(origin, 0) != after.get(origin, 0)
        ]
        self._connection.execute_all(_LEAVE_CONTENT, changed)
        self._connection.execute_with(
            _LEAVE,
            lot=held.id,
            site=left.place.site,
            customer=left.place.customer,
            at=left.since,
            mass=left.metal.mass_g,
            embodied=left.metal.embodied_g,
            count=left.units,
        )

    def _require_unreserved(self, held: Held, left: Lot) -> None:
        """Refuse to take what is held for a quote (not_enough_metal). The table refuses it too, without the numbers."""
        reserved = select(LotStateRow.reserved_g, LotStateRow.reserved_units).where(LotStateRow.lot_id == held.id)
        reserved_g, reserved_units = self._connection.execute(reserved).one()
        if left.metal.mass_g < reserved_g:
            raise Refused(
                Code.NOT_ENOUGH_METAL,
                "reserved",
                lot=held.lot.number,
                remaining_g=held.lot.metal.mass_g,
                reserved_g=reserved_g,
            )
        if (left.units or 0) < reserved_units:
            reserved_of = {"remaining": held.lot.units, "reserved": reserved_units}
            raise Refused(Code.NOT_ENOUGH_METAL, "reserved_units", lot=held.lot.number, **reserved_of)


def _made(id_: int, lot: NewLot) -> dict[str, object]:
    return {
        "id": id_,
        "number": lot.number,
        "kind": lot.kind.value,
        "alloy": lot.alloy,
        "item": lot.item,
        "mass_g": lot.metal.mass_g,
        "embodied_g": lot.metal.embodied_g,
        "units": lot.units,
        "pieces": lot.pieces,
        "furnace": lot.furnace,
        "made_at": lot.made_at,
        "deed_id": lot.deed_id,
        "source_lot_id": lot.source_lot_id,
    }


def _state(lot: NewLot, made: dict[str, object]) -> dict[str, object]:
    """A lot begins as it was made."""
    return {
        "lot_id": made["id"],
        "site_code": lot.place.site,
        "customer_code": lot.place.customer,
        "since": lot.since,
        "mass_g": made["mass_g"],
        "embodied_g": made["embodied_g"],
        "units": made["units"],
    }
