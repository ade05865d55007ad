"""The audit log: who did what and when, in the same transaction as the deed. Rows are only ever added."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Index, String, and_, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, Code, Key
from app.records.connection import Connection
from app.records.deeds import Doer

PORTION = 5_000
Subject = tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]


class AuditRow(Base):
    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "subject_kind", "subject"),)
    id: Mapped[Key]
    at: Mapped[datetime]
    person: Mapped[str] = mapped_column(String(200))
    action: Mapped[Code]
    subject_kind: Mapped[Code]
    subject: Mapped[str] = mapped_column(String(200))
    before: Mapped[str | None]
    after: Mapped[str | None]
    request_id: Mapped[str | None] = mapped_column(String(80))


class Audit:
    """Writes the log, and knows whether anything was written: a unit of work without a row is not committed."""

    def __init__(self, connection: Connection, doer: Doer) -> None:
        self._connection = connection
        self._doer = doer
        self.written = 0

    def add(
        self,
        action: str,
        subject_kind: str,
        subject: str,
        after: Mapping[str, Any] | None = None,
        before: Mapping[str, Any] | None = None,
    ) -> None:
        """One row: what was done to what, with its words before and after."""
        self.add_all(action, subject_kind, [(subject, after, before)])

    def add_all(self, action: str, subject_kind: str, subjects: Iterable[Subject]) -> None:
        """A row for each (subject, after, before), written some thousand at a time."""
        doer = self._doer
        shared = {"at": doer.now, "person": doer.person, "action": action, "request_id": doer.request_id}
        rows = (
            {**shared, "subject_kind": subject_kind, "subject": name, "before": _text(before), "after": _text(after)}
            for name, after, before in subjects
        )
        while portion := list(islice(rows, PORTION)):
            self._connection.insert_all(AuditRow, portion)
            self.written += len(portion)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A row of the log; ``before`` and ``after`` are the JSON that was written."""

    id: int
    at: datetime
    person: str
    action: str
    subject_kind: str
    subject: str
    before: str | None
    after: str | None
    request_id: str | None


class AuditLog:
    """Reads the log."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, action: str, subject_kind: str, subject: str, since: datetime) -> int:
        """How often something was done to a subject since a moment."""
        query = select(func.count()).select_from(AuditRow).where(AuditRow.subject_kind == subject_kind)
        query = query.where(AuditRow.subject == subject, AuditRow.action == action, AuditRow.at > since)
        return int(self._connection.execute(query).scalar_one())

    def last(self, action: str, subject_kind: str, subject: str) -> datetime | None:
        """When something was last done to a subject."""
        query = select(func.max(AuditRow.at)).where(AuditRow.subject_kind == subject_kind)
        moment: datetime | None = self._connection.execute(
            query.where(AuditRow.subject == subject, AuditRow.action == action)
        ).scalar()
        return moment

    def about(self, subjects: list[tuple[str, str]]) -> list[AuditEntry]:
        """Every row about any of these (kind, subject), newest first."""
        columns = (getattr(AuditRow, name) for name in AuditEntry.__slots__)
        wanted = or_(*(and_(AuditRow.subject_kind == kind, AuditRow.subject == subject) for kind, subject in subjects))
        rows = self._connection.execute(select(*columns).where(wanted).order_by(AuditRow.id.desc()))
        return [AuditEntry(*row) for row in rows]

    def entries(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[AuditEntry]:
        """Rows from ``since`` on and before ``until``, oldest first, streamed: a long log needs no memory."""
        query = select(*(getattr(AuditRow, name) for name in AuditEntry.__slots__)).order_by(AuditRow.id)
        if since is not None:
            query = query.where(AuditRow.at >= since)
        if until is not None:
            query = query.where(AuditRow.at < until)
        streamed = query.execution_options(stream_results=True, yield_per=1_000)
        for row in self._connection.execute(streamed):
            yield AuditEntry(*row)


def _text(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
