"""Write-offs: metal that is not there any more. Asked for by one person, poured out once another has accepted it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Integer, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, DeedKey, Grams, Id, Number
from app.records.connection import Connection
from app.records.lot_tables import LotRow


class WriteOffRow(Base):
    """What was asked for, and (``written_off``) what left the lot: both stay empty until the flag is accepted."""

    __tablename__ = "write_offs"
    __table_args__ = (
        CheckConstraint("(asked_g IS NULL) <> (asked_units IS NULL)", name="asked"),
        CheckConstraint("(mass_g IS NULL) = (embodied_g IS NULL)", name="whole"),
        CheckConstraint("mass_g > 0 AND embodied_g >= 0", name="positive"),
    )
    deed_id: Mapped[DeedKey]
    number: Mapped[Number]
    lot_id: Mapped[int] = mapped_column(Id, ForeignKey("lots.id"), index=True)
    asked_g: Mapped[Grams | None]
    asked_units: Mapped[int | None] = mapped_column(Integer())
    reason: Mapped[str]
    written_off_at: Mapped[datetime]
    mass_g: Mapped[Grams | None]
    embodied_g: Mapped[Grams | None]


@dataclass(frozen=True, slots=True)
class WriteOff:
    """A write-off as recorded; ``mass_g`` and ``embodied_g`` are None until another person has accepted it."""

    deed_id: int
    number: str
    lot_id: int
    asked_g: int | None
    asked_units: int | None
    reason: str
    written_off_at: datetime
    mass_g: int | None
    embodied_g: int | None
    lot: str


class WriteOffs:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, **values: object) -> None:
        """Write a write-off that waits for its acceptance, column by column as the table has them."""
        self._connection.execute(insert(WriteOffRow).values(mass_g=None, embodied_g=None, **values))

    def settle(self, deed_id: int, mass_g: int, embodied_g: int) -> None:
        """Write what left the lot."""
        row = update(WriteOffRow).where(WriteOffRow.deed_id == deed_id)
        self._connection.execute(row.values(mass_g=mass_g, embodied_g=embodied_g))

    def numbers_taken(self, numbers: Sequence[str]) -> set[str]:
        """Which of these numbers a write-off already has."""
        query = select(WriteOffRow.number).where(WriteOffRow.number.in_(list(numbers)))
        return set(self._connection.execute(query).scalars())

    def find(self, number: str) -> WriteOff | None:
        """A write-off by its number, or None."""
        return self._one(WriteOffRow.number == number)

    def of_deed(self, deed_id: int) -> WriteOff | None:
        """A write-off by the deed that asked for it, or None."""
        return self._one(WriteOffRow.deed_id == deed_id)

    def _one(self, condition: ColumnElement[bool]) -> WriteOff | None:
        query = select(WriteOffRow.__table__, LotRow.number.label("lot")).join(LotRow, LotRow.id == WriteOffRow.lot_id)
        row = self._connection.execute(query.where(condition)).mappings().first()
        return WriteOff(**row) if row else None
