"""Reversals: a mistake is undone by mirrored movements under a deed of its own. Rows are only ever added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, exists, func, insert, literal, select, union
from sqlalchemy.orm import Mapped, mapped_column

from app.ledger.transformations import FURNACE_STEPS
from app.records.base import Base, DeedKey, Id
from app.records.certificate_tables import CertificateLineRow, CertificateRow
from app.records.connection import Connection, Query
from app.records.deeds import DeedKind, DeedRow
from app.records.dispatches import DispatchRow
from app.records.lot_tables import LotRow
from app.records.movements import EmbodiedMovementRow, LossRow, MovementRow
from app.records.returns import ReturnRow
from app.records.transfers import TransferRow
from app.records.transformations import TransformationRow
from app.records.units import units_moved
from app.records.write_offs import WriteOffRow


class ReversalRow(Base):
    """A deed that undid another; the database itself lets a deed be undone once only."""

    __tablename__ = "reversals"
    deed_id: Mapped[DeedKey]
    reverses_id: Mapped[int] = mapped_column(Id, ForeignKey("deeds.id"), unique=True)
    reason: Mapped[str]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a deed moved into (+) or out of (-) one lot: grams by origin, CO2e and units."""

    grams: dict[int, int]
    co2_g: int
    units: int


@dataclass(frozen=True, slots=True)
class Reversal:
    """That a deed was undone: when, by whom and why."""

    reversed_at: datetime
    reversed_by: str
    reason: str


def undone(deed_id: Any) -> ColumnElement[bool]:
    """Whether a deed has been reversed, as a condition of a query."""
    return exists().where(ReversalRow.reverses_id == deed_id)


class Reversals:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, deed_id: int) -> Reversal | None:
        """How a deed was reversed, or None."""
        query = select(DeedRow.recorded_at, DeedRow.person, ReversalRow.reason)
        query = query.join(ReversalRow, ReversalRow.deed_id == DeedRow.id).where(ReversalRow.reverses_id == deed_id)
        row = self._connection.execute(query).first()
        return Reversal(*row) if row else None

    def moved(self, deed_id: int) -> dict[int, Moved]:
        """What a deed moved, by lot."""
        moved: dict[int, Moved] = {}
        units = dict(self._pairs(units_moved(deed_id)))
        co2 = select(EmbodiedMovementRow.lot_id, EmbodiedMovementRow.co2_g)
        for lot_id, co2_g in self._pairs(co2.where(EmbodiedMovementRow.deed_id == deed_id)):
            moved[lot_id] = Moved({}, co2_g, units.get(lot_id, 0))
        grams = select(MovementRow.lot_id, MovementRow.origin_id, MovementRow.mass_g)
        for lot_id, origin_id, mass_g in self._connection.execute(grams.where(MovementRow.deed_id == deed_id)):
            moved[lot_id].grams[origin_id] = mass_g
        return moved

    def made(self, deed_id: int) -> list[int]:
        """Ids of the lots that came to be by a deed."""
        return list(self._connection.execute(select(LotRow.id).where(LotRow.deed_id == deed_id)).scalars())

    def since(self, lot_id: int) -> datetime:
        """When a lot came to its place: by the last deed, not reversed, that made it or moved the whole of it."""
        made = select(LotRow.deed_id).where(LotRow.id == lot_id)
        moves = union(made, *_whole_moves([lot_id]))
        query = select(DeedRow.happened_at).where(DeedRow.id.in_(moves), ~undone(DeedRow.id))
        moment: datetime = self._connection.execute(query.order_by(DeedRow.id.desc()).limit(1)).scalar_one()
        return moment

    def after(self, deed_id: int, lot_ids: Sequence[int]) -> list[tuple[str, str]]:
        """(kind, number) of every record that stands and used, moved or states any of these lots after a deed."""
        touching = select(MovementRow.deed_id).where(MovementRow.lot_id.in_(lot_ids))
        write_offs = select(WriteOffRow.deed_id).where(WriteOffRow.lot_id.in_(lot_ids))
        standing = self._named(union(touching, write_offs, *_whole_moves(lot_ids)), deed_id)
        certificates = select(literal("certificate"), CertificateRow.number)
        certificates = certificates.join(CertificateLineRow, CertificateLineRow.certificate_id == CertificateRow.id)
        stating = certificates.where(CertificateLineRow.live, CertificateLineRow.lot_id.in_(lot_ids))
        return standing + self._pairs(stating.order_by(CertificateRow.id))

    def site_at(self, deed_id: int, lot_id: int) -> str | None:
        """Which site a lot was at when a deed took metal of it, where the whole lot was taken elsewhere since."""
        moved = select(TransferRow.from_site).where(
            TransferRow.deed_id > deed_id, TransferRow.deed_id.in_(_whole_moves([lot_id])[0])
        )
        first = moved.where(~undone(TransferRow.deed_id)).order_by(TransferRow.deed_id).limit(1)
        site: str | None = self._connection.execute(first).scalar()
        return site

    def moves_after(self, deed_id: int, lot_id: int) -> list[tuple[str, str]]:
        """(kind, number) of what took the whole of a lot elsewhere after a deed."""
        return self._named(union(*_whole_moves([lot_id])), deed_id)

    def heats_after(self, deed_id: int) -> list[tuple[str, str]]:
        """(kind, number) of the later heats, not reversed, of the furnace of a heat."""
        heat = select(TransformationRow.site_code, TransformationRow.furnace)
        site, furnace = self._connection.execute(heat.where(TransformationRow.deed_id == deed_id)).one()
        later = select(TransformationRow.deed_id).where(
            TransformationRow.site_code == site,
            TransformationRow.furnace.is_(None) if furnace is None else TransformationRow.furnace == furnace,
            TransformationRow.kind.in_(FURNACE_STEPS),
        )
        return self._named(later, deed_id)

    def write(self, deed_id: int, reverses_id: int, reason: str) -> None:
        """Write a reversal: the rows of the deed it undoes, with the signs turned."""
        self._connection.execute(insert(ReversalRow).values(deed_id=deed_id, reverses_id=reverses_id, reason=reason))
        self._mirror(deed_id, reverses_id)

    def _mirror(self, deed_id: int, reverses_id: int) -> None:
        new = literal(deed_id)
        grams = select(new, MovementRow.lot_id, MovementRow.origin_id, -MovementRow.mass_g)
        co2 = select(new, EmbodiedMovementRow.lot_id, -EmbodiedMovementRow.co2_g)
        losses = select(new, LossRow.origin_id, LossRow.reason, -LossRow.mass_g)
        for row, mirrored, columns in (
            (MovementRow, grams, ["deed_id", "lot_id", "origin_id", "mass_g"]),
            (EmbodiedMovementRow, co2, ["deed_id", "lot_id", "co2_g"]),
            (LossRow, losses, ["deed_id", "origin_id", "reason", "mass_g"]),
        ):
            source = mirrored.where(row.deed_id == reverses_id)
            self._connection.execute(insert(row).from_select(columns, source))

    def _named(self, deeds: Any, after: int) -> list[tuple[str, str]]:
        number = func.coalesce(
            TransformationRow.number, TransferRow.number, DispatchRow.number, ReturnRow.number, WriteOffRow.number
        )
        query = select(DeedRow.kind, number)
        for row in (TransformationRow, TransferRow, DispatchRow, ReturnRow, WriteOffRow):
            query = query.outerjoin(row, row.deed_id == DeedRow.id)
        query = query.where(DeedRow.id > after, DeedRow.id.in_(deeds))
        query = query.where(DeedRow.kind != DeedKind.REVERSAL.value, ~undone(DeedRow.id))
        return self._pairs(query.order_by(DeedRow.id))

    def _pairs(self, query: Query) -> list[tuple[Any, Any]]:
        return [(row[0], row[1]) for row in self._connection.execute(query)]


def _whole_moves(lot_ids: Sequence[int]) -> tuple[Any, Any]:
    """Deeds that took the whole of a lot elsewhere: it kept its number, and no gram need have moved."""
    transfers = select(TransferRow.deed_id).where(
        TransferRow.lot_id == TransferRow.became_lot_id, TransferRow.lot_id.in_(lot_ids)
    )
    return transfers, select(ReturnRow.deed_id).where(ReturnRow.lot_id.in_(lot_ids))
