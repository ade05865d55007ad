"""Returns: a whole delivered lot that came back from a customer to a site."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, CustomerCode, DeedKey, Id, Number, SiteCode
from app.records.connection import Connection
from app.records.lot_tables import LotRow


class ReturnRow(Base):
    __tablename__ = "returns"
    deed_id: Mapped[DeedKey]
    number: Mapped[Number]
    lot_id: Mapped[int] = mapped_column(Id, ForeignKey("lots.id"), index=True)
    from_customer: Mapped[CustomerCode]
    to_site: Mapped[SiteCode]
    returned_at: Mapped[datetime]
    reason: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Return:
    """A return as recorded."""

    deed_id: int
    number: str
    lot_id: int
    from_customer: str
    to_site: str
    returned_at: datetime
    reason: str | None
    lot: str


class Returns:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, **values: object) -> None:
        """Write a return, column by column as the table has them."""
        self._connection.execute(insert(ReturnRow).values(**values))

    def numbers_taken(self, numbers: Sequence[str]) -> set[str]:
        """Which of these numbers a return already has."""
        query = select(ReturnRow.number).where(ReturnRow.number.in_(list(numbers)))
        return set(self._connection.execute(query).scalars())

    def find(self, number: str) -> Return | None:
        """A return by its number, or None."""
        query = select(ReturnRow.__table__, LotRow.number.label("lot")).join(LotRow, LotRow.id == ReturnRow.lot_id)
        row = self._connection.execute(query.where(ReturnRow.number == number)).mappings().first()
        return Return(**row) if row else None
