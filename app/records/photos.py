"""Photos of scrap lots, as they were attached: small, without what the camera knew of the place."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, Id, Key
from app.records.connection import Connection


class PhotoRow(Base):
    __tablename__ = "photos"
    id: Mapped[Key]
    lot_id: Mapped[int] = mapped_column(Id, ForeignKey("lots.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int] = mapped_column(Integer())
    height: Mapped[int] = mapped_column(Integer())
    jpeg: Mapped[bytes] = mapped_column(LargeBinary())
    added_at: Mapped[datetime]
    person: Mapped[str] = mapped_column(String(200))


@dataclass(frozen=True, slots=True)
class PhotoRead:
    """What is said of a photo beside its picture."""

    id: int
    sha256: str
    width: int
    height: int
    added_at: datetime
    person: str


class Photos:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_lot(self, lot_id: int) -> list[PhotoRead]:
        """The photos of a lot, oldest first."""
        columns = (getattr(PhotoRow, name) for name in PhotoRead.__slots__)
        rows = self._connection.execute(select(*columns).where(PhotoRow.lot_id == lot_id).order_by(PhotoRow.id))
        return [PhotoRead(*row) for row in rows]

    def jpeg(self, photo_id: int) -> bytes | None:
        """One picture, or None."""
        picture: bytes | None = self._connection.execute(
            select(PhotoRow.jpeg).where(PhotoRow.id == photo_id)
        ).scalar_one_or_none()
        return picture

    def add_all(self, rows: list[dict[str, object]]) -> None:
        """Write photos, column by column as the table has them."""
        self._connection.insert_all(PhotoRow, rows)
