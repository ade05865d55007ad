"""Flags: what is possible but unlikely, recorded where it happened, for another person to look at."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, and_, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, Code, DeedId, Id, Key
from app.records.connection import Connection
from app.records.deeds import DeedRow
from app.records.lots import LotRow


class FlagRow(Base):
    """A flag on one lot, raised by the deed that made it (or moved it). ``detail`` is the figures, as JSON."""

    __tablename__ = "flags"
    __table_args__ = (Index(None, "lot_id"), Index(None, "deed_id"))
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
        self._connection.insert_all(insert(FlagRow), rows)

    def rules_on(self, lot_ids: list[int]) -> list[tuple[str, str]]:
        """(lot, rule) of every flag on these lots."""
        query = select(LotRow.number, FlagRow.rule).join(FlagRow, FlagRow.lot_id == LotRow.id)
        return sorted((row[0], row[1]) for row in self._connection.execute_in(query, FlagRow.lot_id, lot_ids))

    def find(
        self, lot_ids: list[int] | None = None, open_only: bool = False, after: int = 0, limit: int = 10**9
    ) -> list[dict[str, Any]]:
        """Flags, oldest first, each with its lot's number and who recorded the deed."""
        query = (
            select(FlagRow.__table__, LotRow.number.label("lot"), DeedRow.person.label("recorded_by"))
            .join(LotRow, LotRow.id == FlagRow.lot_id)
            .join(DeedRow, DeedRow.id == FlagRow.deed_id)
            .where(and_(FlagRow.id > after, *([FlagRow.lot_id.in_(lot_ids)] if lot_ids is not None else [])))
            .order_by(FlagRow.id)
            .limit(limit)
        )
        if open_only:
            query = query.where(FlagRow.accepted_at.is_(None))
        rows = self._connection.execute(query).mappings()
        return [dict(row) | {"detail": json.loads(row["detail"])} for row in rows]
