"""API keys: only their hashes are stored."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, bindparam, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, Code, Key
from app.records.connection import Connection


class ApiKeyRow(Base):
    __tablename__ = "api_keys"
    id: Mapped[Key]
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Code]
    owner: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as stored: whose it is and what it may do."""

    role: str
    owner: str
    expires_at: datetime | None
    ended_at: datetime | None


_BY_HASH = select(ApiKeyRow.role, ApiKeyRow.owner, ApiKeyRow.expires_at, ApiKeyRow.ended_at)
_BY_HASH = _BY_HASH.where(ApiKeyRow.hash == bindparam("hash"))


class ApiKeys:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, hash_: str) -> ApiKey | None:
        """The key with this hash, or None."""
        row = self._connection.execute_with(_BY_HASH, hash=hash_).first()
        return ApiKey(*row) if row else None

    def add(self, **values: object) -> None:
        """Write a key, column by column as the table has them."""
        self._connection.execute(insert(ApiKeyRow).values(**values))
