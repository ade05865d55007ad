"""What came from what: walks over the edges between lots. Every walk is one query, however many steps deep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import aliased

from app.ledger.lots import Kind
from app.records.connection import Connection, Query
from app.records.deeds import DeedRow
from app.records.dispatches import DispatchRow
from app.records.entries import MetalEntryRow, ScrapEntryRow
from app.records.lot_tables import LotContentRow, LotEdgeRow, LotRow
from app.records.master_data import Item
from app.records.movements import MovementRow
from app.records.transfers import TransferRow
from app.records.transformations import TransformationRow

# Returns and heels go round for ever: a walk shows them where it meets them and goes no further back.
_GOING_ROUND = (Kind.RETURN.value, Kind.HEEL.value)


@dataclass(frozen=True, slots=True)
class Edge:
    """Metal of one lot went into another by a deed."""

    from_lot_id: int
    to_lot_id: int
    deed_id: int


@dataclass(frozen=True, slots=True)
class EdgeRead:
    """An edge in numbers a person knows."""

    from_lot: str
    to_lot: str
    deed_kind: str
    deed_number: str | None
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class StepRead:
    """A transformation on a way; masses in grams."""

    deed_id: int
    number: str
    kind: str
    site_code: str
    ended_at: datetime
    input_g: int
    output_g: int
    loss_g: int


@dataclass(frozen=True, slots=True)
class LotRead:
    """A lot on a way, as made."""

    id: int
    number: str
    kind: str
    alloy: str
    mass_g: int
    units: int | None
    deed_id: int


@dataclass(frozen=True, slots=True)
class OriginRead:
    """Where metal of a lot came from, and how much of it (as made, and what remains), grams."""

    id: int
    number: str
    kind: str
    entered_at: datetime
    entered_g: int
    made_g: int
    remaining_g: int
    customer: str | None
    scrap_class: str | None
    item: str | None
    item_ja: str | None
    item_en: str | None
    counter_ja: str | None
    units: int | None
    slip_number: str | None
    vehicle: str | None
    kg_per_kg: str | None
    document: str | None
    issuer: str | None
    valid_until: date | None


# Made once: building a statement takes longer than asking it.
_ORIGINS = (
    select(
        LotContentRow.lot_id,
        LotRow.id,
        LotRow.number,
        LotRow.kind,
        LotRow.made_at,
        LotRow.mass_g,
        LotContentRow.made_g,
        LotContentRow.remaining_g,
        ScrapEntryRow.customer_code,
        ScrapEntryRow.scrap_class,
        ScrapEntryRow.item,
        Item.name_ja,
        Item.name_en,
        Item.counter_ja,
        ScrapEntryRow.units,
        ScrapEntryRow.slip_number,
        ScrapEntryRow.vehicle,
        MetalEntryRow.kg_per_kg,
        MetalEntryRow.document,
        MetalEntryRow.issuer,
        MetalEntryRow.valid_until,
    )
    .join(LotRow, LotRow.id == LotContentRow.origin_id)
    .outerjoin(ScrapEntryRow, ScrapEntryRow.lot_id == LotRow.id)
    .outerjoin(Item, Item.code == ScrapEntryRow.item)
    .outerjoin(MetalEntryRow, MetalEntryRow.lot_id == LotRow.id)
    .where(LotContentRow.lot_id.in_(bindparam("ids", expanding=True)))
    .order_by(LotContentRow.lot_id, LotContentRow.origin_id)
)


class Lineage:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def origins(self, lot_ids: Sequence[int]) -> dict[int, list[OriginRead]]:
        """The content of lots with what is known of each origin, in the order origins were registered: one query."""
        found: dict[int, list[OriginRead]] = {}
        for lot_id, *origin in self._connection.execute_with(_ORIGINS, ids=list(lot_ids)):
            found.setdefault(lot_id, []).append(OriginRead(*origin))
        return found

    def way_back(self, lot_ids: Sequence[int]) -> list[Edge]:
        """All edges on the way to these lots, back to what entered, went round or came bought."""
        return [Edge(*row) for row in self._connection.execute_with(_WAY_BACK, ids=list(lot_ids))]

    def upstream(self, lot_id: int) -> list[EdgeRead]:
        """The edges of ``way_back``, in numbers."""
        return [EdgeRead(*row) for row in self._connection.execute_with(_UPSTREAM, ids=[lot_id])]

    def steps(self, deed_ids: Sequence[int]) -> list[StepRead]:
        """The transformations among some deeds, in the order they ended."""
        columns = (getattr(TransformationRow, name) for name in StepRead.__slots__)
        query = select(*columns).where(TransformationRow.deed_id.in_(list(deed_ids)))
        query = query.order_by(TransformationRow.ended_at, TransformationRow.deed_id)
        return [StepRead(*row) for row in self._connection.execute(query)]

    def lots(self, lot_ids: Sequence[int]) -> dict[int, LotRead]:
        """Lots by id, as made."""
        columns = (getattr(LotRow, name) for name in LotRead.__slots__)
        rows = self._connection.execute(select(*columns).where(LotRow.id.in_(list(lot_ids))))
        return {row.id: LotRead(*row) for row in rows}

    def outputs(self, deed_ids: Sequence[int]) -> list[LotRead]:
        """The lots some deeds made."""
        columns = (getattr(LotRow, name) for name in LotRead.__slots__)
        rows = self._connection.execute(select(*columns).where(LotRow.deed_id.in_(list(deed_ids))).order_by(LotRow.id))
        return [LotRead(*row) for row in rows]

    def movements(self, deed_ids: Sequence[int]) -> list[tuple[int, int, int, int]]:
        """(deed, lot, origin, grams) of some deeds."""
        query = select(MovementRow.deed_id, MovementRow.lot_id, MovementRow.origin_id, MovementRow.mass_g)
        rows = self._connection.execute(query.where(MovementRow.deed_id.in_(list(deed_ids))))
        return [tuple(row) for row in rows]

    def origin_groups(self, lot_ids: Sequence[int]) -> dict[int, tuple[str, str | None, str | None]]:
        """(kind, scrap class, source customer) of origins, by id."""
        query = select(LotRow.id, LotRow.kind, ScrapEntryRow.scrap_class, ScrapEntryRow.customer_code)
        query = query.outerjoin(ScrapEntryRow, ScrapEntryRow.lot_id == LotRow.id).where(LotRow.id.in_(list(lot_ids)))
        return {row[0]: (row[1], row[2], row[3]) for row in self._connection.execute(query)}


def _on_the_way_to(query: Query) -> Query:
    """Limit a query over edges to those on the way back from some lots (``ids``)."""
    start: Any = bindparam("ids", expanding=True)
    back = select(LotRow.id).where(LotRow.id.in_(start)).cte("back", recursive=True)
    reached = aliased(LotRow)
    walked = (
        select(LotEdgeRow.from_lot_id)
        .join(back, back.c.id == LotEdgeRow.to_lot_id)
        .join(reached, reached.id == back.c.id)
        .where(or_(reached.kind.not_in(_GOING_ROUND), reached.id.in_(start)))
    )
    back = back.union(walked)
    made = aliased(LotRow)
    known = select(back.c.id).join(made, made.id == back.c.id)
    known = known.where(or_(made.kind.not_in(_GOING_ROUND), made.id.in_(start)))
    return query.where(LotEdgeRow.to_lot_id.in_(known))


def numbered(edges: Any) -> tuple[Any, ...]:
    """The columns of an ``EdgeRead`` for rows with from_lot_id, to_lot_id and deed_id.

    Each is looked up by its key. Joined, PostgreSQL would expect a walk to be long and read all lots and deeds for it:
    a hundred thousand of them for the one edge there is.
    """

    def found(column: Any, key: Any, wanted: Any) -> Any:
        return select(column).where(key == wanted).scalar_subquery()

    deed_id = edges.deed_id
    numbers = (found(row.number, row.deed_id, deed_id) for row in (TransformationRow, TransferRow, DispatchRow))
    source, target, deed = aliased(LotRow), aliased(LotRow), aliased(DeedRow)
    return (
        found(source.number, source.id, edges.from_lot_id),
        found(target.number, target.id, edges.to_lot_id),
        found(deed.kind, deed.id, deed_id),
        func.coalesce(*numbers),
        found(deed.happened_at, deed.id, deed_id),
    )


_WAY_BACK = _on_the_way_to(select(LotEdgeRow.from_lot_id, LotEdgeRow.to_lot_id, LotEdgeRow.deed_id))
_UPSTREAM = _on_the_way_to(select(*numbered(LotEdgeRow))).order_by(
    LotEdgeRow.deed_id, LotEdgeRow.from_lot_id, LotEdgeRow.to_lot_id
)
