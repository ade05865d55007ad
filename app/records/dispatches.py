"""Dispatches: metal that left for a customer under a delivery note; each line became a delivered lot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Integer, insert, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.records.base import Base, CustomerCode, DeedKey, Grams, Id, Number, SiteCode
from app.records.connection import Connection
from app.records.lot_tables import LotRow


class DispatchRow(Base):
    __tablename__ = "dispatches"
    deed_id: Mapped[DeedKey]
    number: Mapped[Number]
    customer_code: Mapped[CustomerCode]
    site_code: Mapped[SiteCode]
    dispatched_at: Mapped[datetime]


class DispatchLineRow(Base):
    __tablename__ = "dispatch_lines"
    deed_id: Mapped[int] = mapped_column(Id, ForeignKey("dispatches.deed_id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer(), primary_key=True)
    lot_id: Mapped[int] = mapped_column(Id, ForeignKey("lots.id"), index=True)
    delivered_lot_id: Mapped[int] = mapped_column(Id, ForeignKey("lots.id"), unique=True)
    mass_g: Mapped[Grams]
    units: Mapped[int | None] = mapped_column(Integer())


@dataclass(frozen=True, slots=True)
class DispatchLine:
    """One line: the delivered lot's number, the lot it was taken from, grams and units."""

    number: str
    lot: str
    mass_g: int
    units: int | None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A dispatch as recorded."""

    deed_id: int
    number: str
    customer_code: str
    site_code: str
    dispatched_at: datetime
    lines: tuple[DispatchLine, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a delivered lot left: from which lot, under which delivery note, from where and when."""

    lot: str
    dispatch: str
    site_code: str
    dispatched_at: datetime


class Dispatches:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, dispatch: dict[str, object], lines: list[dict[str, object]]) -> None:
        """Write a dispatch and its lines, column by column as the tables have them."""
        self._connection.execute(insert(DispatchRow).values(**dispatch))
        self._connection.insert_all(DispatchLineRow, lines)

    def numbers_taken(self, numbers: Sequence[str]) -> set[str]:
        """Which of these numbers a dispatch already has."""
        query = select(DispatchRow.number).where(DispatchRow.number.in_(list(numbers)))
        return set(self._connection.execute(query).scalars())

    def deliveries(self, lot_ids: Sequence[int]) -> dict[int, Delivery]:
        """How delivered lots were delivered, by id; the last time, where one came back and left again."""
        query = (
            select(
                DispatchLineRow.delivered_lot_id,
                LotRow.number,
                DispatchRow.number,
                DispatchRow.site_code,
                DispatchRow.dispatched_at,
            )
            .join(DispatchRow, DispatchRow.deed_id == DispatchLineRow.deed_id)
            .join(LotRow, LotRow.id == DispatchLineRow.lot_id)
            .where(DispatchLineRow.delivered_lot_id.in_(list(lot_ids)))
            .order_by(DispatchRow.deed_id)
        )
        return {row[0]: Delivery(*row[1:]) for row in self._connection.execute(query)}

    def find(self, number: str) -> Dispatch | None:
        """A dispatch by its number, or None."""
        table = DispatchRow.__table__
        row = self._connection.execute(select(table).where(DispatchRow.number == number)).mappings().first()
        return Dispatch(**row, lines=self._lines(row["deed_id"])) if row else None

    def _lines(self, deed_id: int) -> tuple[DispatchLine, ...]:
        delivered = aliased(LotRow)
        query = (
            select(delivered.number, LotRow.number, DispatchLineRow.mass_g, DispatchLineRow.units)
            .join(LotRow, LotRow.id == DispatchLineRow.lot_id)
            .join(delivered, delivered.id == DispatchLineRow.delivered_lot_id)
            .where(DispatchLineRow.deed_id == deed_id)
            .order_by(DispatchLineRow.position)
        )
        return tuple(DispatchLine(*row) for row in self._connection.execute(query))
