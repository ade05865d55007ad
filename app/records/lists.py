"""Lists and sums as people at work ask for them: newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.ledger.lots import CERTIFIABLE, Kind
from app.records.certificate_tables import CertificateLineRow
from app.records.connection import Connection
from app.records.deeds import DeedRow
from app.records.dispatches import DispatchLineRow, DispatchRow
from app.records.entries import ImportRow, ScrapEntryRow
from app.records.lot_tables import LotRow, LotStateRow
from app.records.reversals import undone
from app.records.transfers import TransferRow
from app.records.transformations import TransformationRow

Listed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sum:
    """So many lots with so many grams."""

    count: int
    mass_g: int


class Lists:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def steps(self, after: int, limit: int, site: str | None = None, kind: str | None = None) -> list[Listed]:
        """Steps; ``after`` is the deed of the last one seen, 0 for the start."""
        query = select(TransformationRow.__table__, undone(TransformationRow.deed_id).label("reversed"))
        query = query.where(TransformationRow.site_code == site) if site else query
        query = query.where(TransformationRow.kind == kind) if kind else query
        return self._page(query, TransformationRow.deed_id, after, limit)

    def transfers(self, after: int, limit: int) -> list[Listed]:
        """Transfers, with the numbers of the lots."""
        moved, became = aliased(LotRow), aliased(LotRow)
        query = (
            select(
                TransferRow.__table__,
                moved.number.label("from_lot"),
                became.number.label("lot"),
                undone(TransferRow.deed_id).label("reversed"),
            )
            .join(moved, moved.id == TransferRow.lot_id)
            .join(became, became.id == TransferRow.became_lot_id)
        )
        return self._page(query, TransferRow.deed_id, after, limit)

    def dispatches(self, after: int, limit: int, customer: str | None = None) -> list[Listed]:
        """Dispatches, with how much each carried."""
        carried = select(func.sum(DispatchLineRow.mass_g)).where(DispatchLineRow.deed_id == DispatchRow.deed_id)
        query = select(
            DispatchRow.__table__,
            carried.scalar_subquery().label("mass_g"),
            undone(DispatchRow.deed_id).label("reversed"),
        )
        query = query.where(DispatchRow.customer_code == customer) if customer else query
        return self._page(query, DispatchRow.deed_id, after, limit)

    def imports(self, after: int, limit: int) -> list[Listed]:
        """Imported files, with how many of their lots still stand."""
        standing = select(func.count()).where(ScrapEntryRow.import_id == ImportRow.id, ScrapEntryRow.live)
        query = select(ImportRow.__table__, standing.scalar_subquery().label("standing"))
        return self._page(query, ImportRow.id, after, limit)

    def one_import(self, import_id: int) -> Listed | None:
        """One imported file, or None."""
        standing = select(func.count()).where(ScrapEntryRow.import_id == ImportRow.id, ScrapEntryRow.live)
        query = select(ImportRow.__table__, standing.scalar_subquery().label("standing"))
        row = self._connection.execute(query.where(ImportRow.id == import_id)).mappings().first()
        return dict(row) if row else None

    def lots_of_import(self, import_id: int) -> list[Listed]:
        """The lots a file brought, in its order."""
        query = (
            select(LotRow.id, LotRow.number, LotRow.mass_g, LotRow.deed_id, ScrapEntryRow.__table__)
            .join(ScrapEntryRow, ScrapEntryRow.lot_id == LotRow.id)
            .where(ScrapEntryRow.import_id == import_id)
            .order_by(LotRow.id)
        )
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def uncertified(self, limit: int, customer: str | None = None) -> list[Listed]:
        """Delivered lots that may be certified and that no live certificate states, oldest first."""
        stated = select(CertificateLineRow.lot_id).where(CertificateLineRow.live)
        query = (
            select(
                LotRow.id,
                LotRow.number,
                LotRow.kind,
                LotRow.alloy,
                LotRow.item,
                LotStateRow.mass_g,
                LotStateRow.units,
                LotStateRow.customer_code,
                DispatchRow.number.label("dispatch"),
                DispatchRow.dispatched_at,
            )
            .join(LotStateRow, LotStateRow.lot_id == LotRow.id)
            .join(DispatchLineRow, DispatchLineRow.delivered_lot_id == LotRow.id)
            .join(DispatchRow, DispatchRow.deed_id == DispatchLineRow.deed_id)
            .where(LotStateRow.customer_code.is_not(None), LotStateRow.mass_g > 0, LotRow.id.not_in(stated))
            .where(LotRow.kind.in_([kind.value for kind in CERTIFIABLE]))
            .order_by(LotRow.id)
        )
        query = query.where(LotStateRow.customer_code == customer) if customer else query
        return self._all(query.limit(limit))

    def in_stock(self, site: str | None, kinds: Sequence[Kind], limit: int) -> list[Listed]:
        """Lots at a site (at any, where None is named) with metal left, oldest first."""
        query = (
            select(
                LotRow.id,
                LotRow.number,
                LotRow.kind,
                LotRow.alloy,
                LotRow.item,
                LotRow.furnace,
                LotStateRow.site_code,
                LotStateRow.mass_g,
                LotStateRow.units,
                ScrapEntryRow.customer_code.label("source_customer"),
                ScrapEntryRow.item.label("scrap_item"),
                ScrapEntryRow.units.label("scrap_units"),
                ScrapEntryRow.scrap_class,
            )
            .join(LotStateRow, LotStateRow.lot_id == LotRow.id)
            .outerjoin(ScrapEntryRow, ScrapEntryRow.lot_id == LotRow.id)
            .where(LotStateRow.mass_g > 0, LotRow.kind.in_([kind.value for kind in kinds]))
            .order_by(LotRow.id)
        )
        at = LotStateRow.site_code == site if site else LotStateRow.site_code.is_not(None)
        return self._all(query.where(at).limit(limit))

    def weighed_in(self, since: datetime, until: datetime, site: str | None) -> Sum:
        """How many scrap lots were weighed in, in a span of time, and how heavy they are together."""
        query = select(func.count(), func.coalesce(func.sum(LotRow.mass_g), 0))
        query = query.join(ScrapEntryRow, ScrapEntryRow.lot_id == LotRow.id).where(ScrapEntryRow.live)
        query = query.where(ScrapEntryRow.weighed_at >= since, ScrapEntryRow.weighed_at < until)
        query = query.where(ScrapEntryRow.site_code == site) if site else query
        count, mass_g = self._connection.execute(query).one()
        return Sum(int(count), int(mass_g))

    def last_entry_of(self, person: str) -> Listed | None:
        """The last scrap a person weighed in, for the defaults of the next."""
        query = select(ScrapEntryRow.__table__, LotRow.alloy).join(LotRow, LotRow.id == ScrapEntryRow.lot_id)
        query = query.join(DeedRow, DeedRow.id == LotRow.deed_id).where(DeedRow.person == person)
        row = self._connection.execute(query.order_by(LotRow.id.desc()).limit(1)).mappings().first()
        return dict(row) if row else None

    def last_of_vehicle(self, vehicle: str) -> Listed | None:
        """The last live entry of a vehicle: its tare is likely the same again."""
        query = select(ScrapEntryRow.__table__, LotRow.number).join(LotRow, LotRow.id == ScrapEntryRow.lot_id)
        query = query.where(ScrapEntryRow.live, ScrapEntryRow.vehicle == vehicle)
        row = self._connection.execute(query.order_by(ScrapEntryRow.weighed_at.desc()).limit(1)).mappings().first()
        return dict(row) if row else None

    def bays(self, site: str | None) -> list[str]:
        """Yard bays in use at a site."""
        query = select(ScrapEntryRow.bay).where(ScrapEntryRow.bay.is_not(None)).distinct().order_by(ScrapEntryRow.bay)
        query = query.where(ScrapEntryRow.site_code == site) if site else query
        return list(self._connection.execute(query.limit(100)).scalars())

    def _page(self, query: Any, key: Any, after: int, limit: int) -> list[Listed]:
        query = query.where(key < after) if after else query
        return self._all(query.order_by(key.desc()).limit(limit))

    def _all(self, query: Any) -> list[Listed]:
        return [dict(row) for row in self._connection.execute(query).mappings()]
