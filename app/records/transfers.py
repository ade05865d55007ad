"""Transfers: metal from one site to another, the whole lot or a part that becomes a new lot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, insert, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.records.base import Base, DeedKey, Grams, Id, Number, SiteCode
from app.records.connection import Connection
from app.records.lot_tables import LotRow


class TransferRow(Base):
    """``became_lot_id`` is the moved lot itself, or the new lot a part became."""

    __tablename__ = "transfers"
    __table_args__ = (
        CheckConstraint("received_g > 0 AND received_g <= sent_g", name="received"),
        CheckConstraint("received_at >= sent_at", name="order"),
    )
    deed_id: Mapped[DeedKey]
    number: Mapped[Number]
    lot_id: Mapped[int] = mapped_column(Id, ForeignKey("lots.id"), index=True)
    became_lot_id: Mapped[int] = mapped_column(Id, ForeignKey("lots.id"), index=True)
    from_site: Mapped[SiteCode]
    to_site: Mapped[SiteCode]
    sent_at: Mapped[datetime]
    received_at: Mapped[datetime]
    sent_g: Mapped[Grams]
    received_g: Mapped[Grams]
    units: Mapped[int | None] = mapped_column(Integer())


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer as recorded: ``lot`` is what is now at the other site, ``from_lot`` what was sent."""

    deed_id: int
    number: str
    lot_id: int
    became_lot_id: int
    from_site: str
    to_site: str
    sent_at: datetime
    received_at: datetime
    sent_g: int
    received_g: int
    units: int | None
    from_lot: str
    lot: str


class Transfers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, **values: object) -> None:
        """Write a transfer, column by column as the table has them."""
        self._connection.execute(insert(TransferRow).values(**values))

    def find(self, number: str) -> Transfer | None:
        """A transfer by its number, or None."""
        moved, became = aliased(LotRow), aliased(LotRow)
        query = (
            select(TransferRow.__table__, moved.number.label("from_lot"), became.number.label("lot"))
            .join(moved, moved.id == TransferRow.lot_id)
            .join(became, became.id == TransferRow.became_lot_id)
            .where(TransferRow.number == number)
        )
        row = self._connection.execute(query).mappings().first()
        return Transfer(**row) if row else None

    def numbers_taken(self, numbers: Sequence[str]) -> set[str]:
        """Which of these numbers a transfer already has."""
        query = select(TransferRow.number).where(TransferRow.number.in_(list(numbers)))
        return set(self._connection.execute(query).scalars())
