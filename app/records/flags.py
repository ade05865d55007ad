"""Flags: what is possible but unlikely, recorded where it happened, for another person to look at."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, Code, DeedId, Id, Key
from app.records.connection import Connection
from app.records.deeds import DeedRow
from app.records.lot_tables import LotRow
from app.records.reversals import undone

_OPEN = text("accepted_at IS NULL")


class FlagRow(Base):
    """A flag on one lot, raised by the deed that made it (or moved it). ``detail`` is the figures, as JSON."""

    __tablename__ = "flags"
    __table_args__ = (
        Index(None, "lot_id"),
        Index(None, "deed_id"),
        Index("ix_flags_open", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: Mapped[Key]
    deed_id: Mapped[DeedId]
    lot_id: Mapped[int] = mapped_column(Id, ForeignKey("lots.id"))
    rule: Mapped[Code]
    detail: Mapped[str]
    raised_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[str | None] = mapped_column(String(200))
    acceptance_reason: Mapped[str | None]


class Flags:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_all(self, flags: list[dict[str, Any]]) -> None:
        """Write flags: deed_id, lot_id, rule, detail (a mapping) and raised_at of each."""
        rows = [flag | {"detail": json.dumps(flag["detail"], ensure_ascii=False, sort_keys=True)} for flag in flags]
        self._connection.insert_all(FlagRow, rows)

    def open_on(self, lot_ids: list[int]) -> list[tuple[str, str, int]]:
        """(lot, rule, flag) of every flag on these lots that nobody has accepted and whose deed still stands."""
        query = select(LotRow.number, FlagRow.rule, FlagRow.id).join(LotRow, LotRow.id == FlagRow.lot_id)
        query = query.where(FlagRow.lot_id.in_(lot_ids), *_STILL_OPEN).order_by(FlagRow.id)
        return [(row[0], row[1], row[2]) for row in self._connection.execute(query)]

    def one(self, flag_id: int) -> dict[str, Any] | None:
        """A flag by its id, or None."""
        row = self._connection.execute(_FLAGS.where(FlagRow.id == flag_id)).mappings().first()
        return _read(row) if row else None

    def beside(self, deed_id: int, rule: str) -> list[int]:
        """Ids of the lots that one deed flagged by one rule: what was unlikely was the deed, not one of its lots."""
        query = select(FlagRow.lot_id).where(FlagRow.deed_id == deed_id, FlagRow.rule == rule)
        return list(self._connection.execute(query).scalars())

    def accept(self, deed_id: int, rule: str, person: str, at: datetime, reason: str) -> None:
        """Write who accepted what a deed was flagged for."""
        flags = update(FlagRow).where(FlagRow.deed_id == deed_id, FlagRow.rule == rule, FlagRow.accepted_at.is_(None))
        self._connection.execute(flags.values(accepted_at=at, accepted_by=person, acceptance_reason=reason))

    def find(
        self, lot_ids: list[int] | None = None, open_only: bool = False, after: int = 0, limit: int = 10**9
    ) -> list[dict[str, Any]]:
        """Flags, oldest first, each with its lot's number and who recorded the deed."""
        conditions = [FlagRow.lot_id.in_(lot_ids)] if lot_ids is not None else []
        query = _FLAGS.where(FlagRow.id > after, *conditions, *(_STILL_OPEN if open_only else ()))
        return [_read(row) for row in self._connection.execute(query.order_by(FlagRow.id).limit(limit)).mappings()]


_FLAGS: Any = (
    select(
        FlagRow.__table__,
        LotRow.number.label("lot"),
        DeedRow.person.label("recorded_by"),
        undone(FlagRow.deed_id).label("reversed"),
    )
    .join(LotRow, LotRow.id == FlagRow.lot_id)
    .join(DeedRow, DeedRow.id == FlagRow.deed_id)
)
_STILL_OPEN = (FlagRow.accepted_at.is_(None), ~undone(FlagRow.deed_id))


def _read(row: Any) -> dict[str, Any]:
    return dict(row) | {"detail": json.loads(row["detail"])}
