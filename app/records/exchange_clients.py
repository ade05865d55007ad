"""Clients of the data exchange: a customer's software, by a secret of which only the hash is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, bindparam, insert, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, CustomerCode, Key
from app.records.connection import Connection


class ExchangeClientRow(Base):
    """``callback_*`` is where that customer's own host system takes events from us, and what we sign in with there;
    the secret is sealed (``operations.exchange.sealing``), because it has to be said again, unlike our own."""

    __tablename__ = "exchange_clients"
    id: Mapped[Key]
    client_id: Mapped[str] = mapped_column(String(40), unique=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    customer_code: Mapped[CustomerCode] = mapped_column(index=True)
    callback_url: Mapped[str | None] = mapped_column(String(300))
    callback_token_url: Mapped[str | None] = mapped_column(String(300))
    callback_client_id: Mapped[str | None] = mapped_column(String(200))
    callback_secret: Mapped[str | None] = mapped_column(String(2000))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class ExchangeClient:
    """A client as kept."""

    id: int
    client_id: str
    secret_hash: str
    customer_code: str
    callback_url: str | None
    callback_token_url: str | None
    callback_client_id: str | None
    callback_secret: str | None
    created_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None

    def in_force(self, now: datetime) -> bool:
        """Whether it may still come in, and is still sent events."""
        return self.ended_at is None and (self.expires_at is None or now < self.expires_at)


_CLIENTS = select(*(getattr(ExchangeClientRow, name) for name in ExchangeClient.__slots__))
_BY_CLIENT_ID = _CLIENTS.where(ExchangeClientRow.client_id == bindparam("client_id"))
_BY_ID = _CLIENTS.where(ExchangeClientRow.id == bindparam("id"))
_NOTIFIED = (
    _CLIENTS.where(ExchangeClientRow.customer_code == bindparam("customer"))
    .where(ExchangeClientRow.callback_url.is_not(None), ExchangeClientRow.ended_at.is_(None))
    .where(or_(ExchangeClientRow.expires_at.is_(None), ExchangeClientRow.expires_at > bindparam("now")))
    .order_by(ExchangeClientRow.id)
)


class ExchangeClients:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, client_id: str) -> ExchangeClient | None:
        """A client by the name it comes in with, in force or not."""
        row = self._connection.execute_with(_BY_CLIENT_ID, client_id=client_id).first()
        return ExchangeClient(*row) if row else None

    def by_id(self, id_: int) -> ExchangeClient:
        """A client that something of ours belongs to."""
        return ExchangeClient(*self._connection.execute_with(_BY_ID, id=id_).one())

    def notified(self, customer: str, now: datetime) -> list[ExchangeClient]:
        """Clients in force of a customer that are sent events."""
        return [ExchangeClient(*row) for row in self._connection.execute_with(_NOTIFIED, customer=customer, now=now)]

    def listed(self) -> list[dict[str, Any]]:
        """Every client, without what could be used of it, newest first."""
        names = ("id", "client_id", "customer_code", "callback_url", "created_at", "expires_at", "ended_at")
        query = select(*(getattr(ExchangeClientRow, name) for name in names)).order_by(ExchangeClientRow.id.desc())
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def add(self, **values: object) -> None:
        """Write a client, column by column as the table has them."""
        self._connection.execute(insert(ExchangeClientRow).values(**values))

    def end(self, id_: int, now: datetime) -> str | None:
        """End a client; its name, or None where there is no such client in force."""
        ended = update(ExchangeClientRow).where(ExchangeClientRow.id == id_, ExchangeClientRow.ended_at.is_(None))
        if not self._connection.execute(ended.values(ended_at=now)).rowcount:
            return None
        return self.by_id(id_).client_id
