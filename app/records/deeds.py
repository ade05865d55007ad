"""Deeds: one row for each thing done to the books; every movement names the deed it belongs to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped

from app.records.base import Base, Code, Key
from app.records.connection import Connection


class DeedKind(StrEnum):
    ENTRY = "entry"
    TRANSFORMATION = "transformation"
    TRANSFER = "transfer"
    DISPATCH = "dispatch"
    RETURN = "return"
    WRITE_OFF = "write_off"
    REVERSAL = "reversal"


class DeedRow(Base):
    __tablename__ = "deeds"
    id: Mapped[Key]
    kind: Mapped[Code]
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    person: Mapped[str]


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does a deed, when it is recorded, and by which request."""

    person: str
    now: datetime
    request_id: str | None = None


class Deeds:
    def __init__(self, connection: Connection, doer: Doer) -> None:
        self._connection = connection
        self._doer = doer

    def add(self, kind: DeedKind, happened_at: datetime) -> int:
        """Record a deed and return its id."""
        return self.add_all(kind, [happened_at])[0]

    def last(self) -> datetime | None:
        """When the last of what has happened happened; None where nothing has."""
        moment: datetime | None = self._connection.execute(select(func.max(DeedRow.happened_at))).scalar()
        return moment

    def add_all(self, kind: DeedKind, happened_at: list[datetime]) -> list[int]:
        """Record deeds of one kind, one for each moment; ids ascending in the order given."""
        ids = self._connection.new_ids(DeedRow, len(happened_at))
        self.write_all(kind, ids, happened_at)
        return ids

    def write_all(self, kind: DeedKind, ids: list[int], happened_at: list[datetime]) -> None:
        """Record deeds of one kind under ids that were made for them."""
        doer = self._doer
        self._connection.insert_all(
            DeedRow,
            [
                {"id": id_, "kind": kind.value, "happened_at": at, "recorded_at": doer.now, "person": doer.person}
                for id_, at in zip(ids, happened_at, strict=True)
            ],
        )
