"""Events to deliver to the host systems of data recipients: kept with the deed they tell of, sent until they arrive."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, Id, Key
from app.records.connection import Connection

LONGEST_ID = 200


class EventType(StrEnum):
    """The events of PACT 3.0, by the names they have on the wire."""

    REQUEST_CREATED = "org.wbcsd.pact.ProductFootprint.RequestCreatedEvent.3"
    REQUEST_FULFILLED = "org.wbcsd.pact.ProductFootprint.RequestFulfilledEvent.3"
    REQUEST_REJECTED = "org.wbcsd.pact.ProductFootprint.RequestRejectedEvent.3"
    PUBLISHED = "org.wbcsd.pact.ProductFootprint.PublishedEvent.3"


class ExchangeEventRow(Base):
    """``answers`` is the id of the request an event answers; ``next_try_at`` is empty once there is nothing left to
    try, with ``delivered_at`` where it arrived. ``footprints`` are UUIDs as JSON; a body is made when it is sent."""

    __tablename__ = "exchange_events"
    __table_args__ = (UniqueConstraint("client_id", "answers"),)  # a request that is sent again is answered once
    id: Mapped[Key]
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("exchange_clients.id"))
    type: Mapped[str] = mapped_column(String(80))
    answers: Mapped[str | None] = mapped_column(String(LONGEST_ID))
    footprints: Mapped[str] = mapped_column(Text())
    error: Mapped[str | None] = mapped_column(Text())
    created_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(Integer())
    next_try_at: Mapped[datetime | None] = mapped_column(index=True)
    delivered_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(500))


@dataclass(frozen=True, slots=True)
class ExchangeEvent:
    """An event that is to be sent."""

    id: int
    uuid: str
    client_id: int
    type: str
    answers: str | None
    footprints: str
    error: str | None
    created_at: datetime
    tries: int

    @property
    def footprint_ids(self) -> list[str]:
        """UUIDs of the footprints it tells of."""
        return list(json.loads(self.footprints))


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Events of a client that did not arrive: how many are still tried, how many were given up, and why the last."""

    waiting: int
    given_up: int
    last_error: str | None


_EVENTS = select(*(getattr(ExchangeEventRow, name) for name in ExchangeEvent.__slots__))


class ExchangeEvents:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        client_id: int,
        type_: EventType,
        now: datetime,
        footprints: Sequence[str] = (),
        answers: str | None = None,
        error: str | None = None,
    ) -> str | None:
        """Write an event to be sent at once; its UUID, or None where the same request was answered before."""
        uuid = str(uuid4())
        values: dict[str, Any] = {
            "uuid": uuid,
            "client_id": client_id,
            "type": type_.value,
            "answers": answers,
            "footprints": json.dumps(list(footprints)),
            "error": error,
            "created_at": now,
            "tries": 0,
            "next_try_at": now,
        }
        dialect = postgresql if self._connection.postgresql else sqlite
        statement = dialect.insert(ExchangeEventRow).values(**values).on_conflict_do_nothing()
        taken = self._connection.execute(statement.returning(ExchangeEventRow.id)).first()
        return uuid if taken else None

    def claim(self, now: datetime, until: datetime, but: Collection[int] = ()) -> ExchangeEvent | None:
        """Take the event that has waited longest; nobody else takes it before ``until``. None where none is due.

        ``but`` are clients whose events are left where they are.
        """
        due = _EVENTS.where(ExchangeEventRow.next_try_at <= now, ExchangeEventRow.client_id.not_in(but))
        due = due.order_by(ExchangeEventRow.next_try_at, ExchangeEventRow.id).limit(1)
        row = self._connection.execute(due.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        taken = update(ExchangeEventRow).where(ExchangeEventRow.id == row.id)
        self._connection.execute(taken.values(next_try_at=until, tries=row.tries + 1))
        return replace(ExchangeEvent(*row), tries=row.tries + 1)

    def arrived(self, id_: int, now: datetime) -> None:
        """An event was taken; it is not sent again."""
        self._settle(id_, next_try_at=None, delivered_at=now, last_error=None)

    def failed(self, id_: int, why: str, next_try_at: datetime | None) -> None:
        """An event was not taken; it is tried again, or given up where there is no time for that."""
        self._settle(id_, next_try_at=next_try_at, last_error=why[:500])

    def undelivered(self) -> dict[int, Undelivered]:
        """What did not arrive yet, or never will, by client."""
        row = ExchangeEventRow
        waits, failed = case((row.next_try_at.is_not(None), 1)), case((row.last_error.is_not(None), row.id))
        query = select(row.client_id, func.count(waits), func.count(), func.max(failed))
        found = self._connection.execute(query.where(row.delivered_at.is_(None)).group_by(row.client_id)).all()
        last = select(row.id, row.last_error).where(row.id.in_([each[3] for each in found if each[3]]))
        why: dict[int, str] = {each.id: each.last_error for each in self._connection.execute(last)}
        return {each[0]: Undelivered(each[1], each[2] - each[1], why.get(each[3])) for each in found}

    def _settle(self, id_: int, **values: object) -> None:
        # One that arrived meanwhile by somebody else's hand stays so.
        open_ = update(ExchangeEventRow).where(ExchangeEventRow.id == id_, ExchangeEventRow.next_try_at.is_not(None))
        self._connection.execute(open_.values(**values))
