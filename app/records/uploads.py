"""Files of weighing slips between their preview and the word to take them in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, Id, Key
from app.records.connection import Connection


class UploadRow(Base):
    """The file's bytes go once it is taken in or given up; that it was here stays."""

    __tablename__ = "uploads"
    id: Mapped[Key]
    file_name: Mapped[str] = mapped_column(String(200))
    data: Mapped[bytes | None] = mapped_column(LargeBinary())
    person: Mapped[str] = mapped_column(String(200))
    uploaded_at: Mapped[datetime]
    import_id: Mapped[int | None] = mapped_column(Id, ForeignKey("imports.id"))


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file; ``import_id`` once it was taken in."""

    id: int
    file_name: str
    data: bytes | None
    person: str
    uploaded_at: datetime
    import_id: int | None


class Uploads:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, file_name: str, data: bytes, person: str, now: datetime) -> int:
        """Keep a file and return its id."""
        [id_] = self._connection.new_ids(UploadRow)
        values = {"id": id_, "file_name": file_name, "data": data, "person": person, "uploaded_at": now}
        self._connection.execute(insert(UploadRow).values(**values))
        return id_

    def one(self, upload_id: int) -> Upload | None:
        """An upload by its id, or None."""
        columns = (getattr(UploadRow, name) for name in Upload.__slots__)
        row = self._connection.execute(select(*columns).where(UploadRow.id == upload_id)).first()
        return Upload(*row) if row else None

    def settle(self, upload_id: int, import_id: int | None) -> bool:
        """The file was taken in, or given up: its bytes need not be kept. False where that was said before."""
        settled = update(UploadRow).where(UploadRow.id == upload_id, UploadRow.data.is_not(None))
        return bool(self._connection.execute(settled.values(data=None, import_id=import_id)).rowcount)
