"""Transfers: metal from one site to another, the whole lot or a part that becomes a new lot."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, DeedKey, Grams, Id, Number, SiteCode
from app.records.connection import Connection


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


class Transfers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, **values: object) -> None:
        """Write a transfer, column by column as the table has them."""
        self._connection.execute(insert(TransferRow).values(**values))

    def numbers_taken(self, numbers: Sequence[str]) -> set[str]:
        """Which of these numbers a transfer already has."""
        query = select(TransferRow.number).where(TransferRow.number.in_(list(numbers)))
        return set(self._connection.execute(query).scalars())
