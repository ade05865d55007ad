"""API keys: only their hashes are stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, bindparam, insert, select, update
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

    def listed(self) -> list[dict[str, Any]]:
        """Every key, without what could be used of it, newest first."""
        names = ("id", "role", "owner", "created_at", "expires_at", "ended_at")
        query = select(*(getattr(ApiKeyRow, name) for name in names)).order_by(ApiKeyRow.id.desc())
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def end(self, key_id: int, now: datetime) -> str | None:
        """End a key; its owner, or None where there is no such key in force."""
        ended = update(ApiKeyRow).where(ApiKeyRow.id == key_id, ApiKeyRow.ended_at.is_(None)).values(ended_at=now)
        if not self._connection.execute(ended).rowcount:
            return None
        return str(self._connection.execute(select(ApiKeyRow.owner).where(ApiKeyRow.id == key_id)).scalar_one())

    def add(self, **values: object) -> None:
        """Write a key, column by column as the table has them."""
        self._connection.execute(insert(ApiKeyRow).values(**values))
