"""Lots as people ask for them: one, or a filtered list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.records.connection import Connection
from app.records.deeds import DeedRow
from app.records.entries import MetalEntryRow, ScrapEntryRow
from app.records.lot_tables import LotRow, LotStateRow
from app.records.reversals import ReversalRow

_reversing = aliased(DeedRow)
_COLUMNS = (
    LotRow.id,
    LotRow.number,
    LotRow.kind,
    LotRow.alloy,
    LotRow.item,
    LotRow.mass_g,
    LotRow.embodied_g,
    LotRow.units,
    LotRow.pieces,
    LotRow.furnace,
    LotRow.made_at,
    LotRow.deed_id,
    LotStateRow.site_code,
    LotStateRow.customer_code,
    LotStateRow.since,
    LotStateRow.mass_g.label("remaining_g"),
    LotStateRow.embodied_g.label("remaining_embodied_g"),
    LotStateRow.units.label("remaining_units"),
    DeedRow.person,
    DeedRow.recorded_at,
    DeedRow.kind.label("deed_kind"),
    _reversing.recorded_at.label("reversed_at"),
    ReversalRow.reason.label("reversal_reason"),
    ScrapEntryRow.slip_number,
    ScrapEntryRow.customer_code.label("source_customer"),
    ScrapEntryRow.item.label("scrap_item"),
    ScrapEntryRow.units.label("scrap_units"),
    ScrapEntryRow.scrap_class,
    ScrapEntryRow.gross_g,
    ScrapEntryRow.tare_g,
    ScrapEntryRow.deduction_g,
    ScrapEntryRow.bay,
    ScrapEntryRow.vehicle,
    ScrapEntryRow.weighed_at,
    ScrapEntryRow.potential_g,
    MetalEntryRow.received_at,
    MetalEntryRow.kg_per_kg,
    MetalEntryRow.document,
    MetalEntryRow.issuer,
    MetalEntryRow.valid_until,
)
_LOTS = (
    select(*_COLUMNS)
    .join(LotStateRow, LotStateRow.lot_id == LotRow.id)
    .join(DeedRow, DeedRow.id == LotRow.deed_id)
    .outerjoin(ReversalRow, ReversalRow.reverses_id == LotRow.deed_id)
    .outerjoin(_reversing, _reversing.id == ReversalRow.deed_id)
    .outerjoin(ScrapEntryRow, ScrapEntryRow.lot_id == LotRow.id)
    .outerjoin(MetalEntryRow, MetalEntryRow.lot_id == LotRow.id)
)


_BY_NUMBER = _LOTS.where(LotRow.number == bindparam("number"))


@dataclass(frozen=True, slots=True)
class LotFilter:
    """What lots to list; ``q`` is part of a number, a slip or a vehicle, ``customer`` has or gave the metal.

    ``left`` shows those with metal left, ``since`` those made from a moment on.
    ``place_kinds`` is what the place may be the code of; where that is known to be one, an index gives the order.
    """

    kind: str | None = None
    place: str | None = None
    customer: str | None = None
    q: str | None = None
    left: bool = False
    since: datetime | None = None
    place_kinds: tuple[str, ...] = ("site", "customer")


@dataclass(frozen=True, slots=True)
class LotView:
    """A lot as made and as it stands, with its entry where it came from outside. Masses in grams."""

    values: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def place(self) -> str:
        site: str | None = self.values["site_code"]
        return site or self.values["customer_code"]


class Stock:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def one(self, number: str) -> LotView | None:
        """A lot by its number, or None."""
        row = self._connection.execute_with(_BY_NUMBER, number=number).mappings().first()
        return LotView(dict(row)) if row else None

    def made_by(self, deed_id: int) -> list[LotView]:
        """The lots a deed made, in the order they were given."""
        rows = self._connection.execute(_LOTS.where(LotRow.deed_id == deed_id).order_by(LotRow.id)).mappings()
        return [LotView(dict(row)) for row in rows]

    def any_lot(self) -> bool:
        """Whether there is any lot at all."""
        return self._connection.execute(select(LotRow.id).limit(1)).first() is not None

    def listed(self, wanted: LotFilter, after: int, limit: int) -> list[LotView]:
        """Lots, newest first; ``after`` is the id of the last one seen, 0 for the start."""
        # An index by place is in the order of the states' ids, which are the lots'.
        id_ = LotStateRow.lot_id if wanted.place else LotRow.id
        query = _LOTS.where(*_conditions(wanted)).order_by(id_.desc()).limit(limit)
        if wanted == LotFilter(customer=wanted.customer) and wanted.customer:
            query = _LOTS.where(LotRow.id.in_(_newest_of(wanted.customer, after, limit))).order_by(id_.desc())
            query = query.limit(limit)
        elif after:
            query = query.where(id_ < after)
        return [LotView(dict(row)) for row in self._connection.execute(query).mappings()]


def _newest_of(customer: str, after: int, limit: int) -> Any:
    """Ids of the newest lots a customer gave, and of the newest it has: either in the order of an index."""

    def newest(id_: Any, code: Any) -> Any:
        found = select(id_.label("id")).where(code == customer).order_by(id_.desc()).limit(limit)
        return select((found.where(id_ < after) if after else found).subquery().c.id)

    given = newest(ScrapEntryRow.lot_id, ScrapEntryRow.customer_code)
    return given.union(newest(LotStateRow.lot_id, LotStateRow.customer_code))


def _conditions(wanted: LotFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind:
        conditions.append(LotRow.kind == wanted.kind)
    if wanted.place:
        columns = [getattr(LotStateRow, f"{kind}_code") for kind in wanted.place_kinds]
        conditions.append(or_(*(column == wanted.place for column in columns)))
    if wanted.customer:
        conditions.append(
            or_(ScrapEntryRow.customer_code == wanted.customer, LotStateRow.customer_code == wanted.customer)
        )
    if wanted.left:
        conditions.append(LotStateRow.mass_g > 0)
    if wanted.since:
        conditions.append(LotRow.made_at >= wanted.since)
    if wanted.q:
        conditions.append(
            or_(
                LotRow.number.contains(wanted.q.upper(), autoescape=True),
                ScrapEntryRow.slip_number.contains(wanted.q.upper(), autoescape=True),
                ScrapEntryRow.vehicle.contains(wanted.q, autoescape=True),
            )
        )
    return conditions
