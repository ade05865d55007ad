"""The audit log, as it is given to whoever audits."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from app.carbon.factors import JAPAN
from app.records.audit import AuditEntry
from app.records.unit import Records


def audit_entries(records: Records, first: date | None, last: date | None) -> Iterator[AuditEntry]:
    """Rows of the log by days in Japan time, both inclusive, oldest first; one state of the books, streamed."""
    since = _midnight(first) if first else None
    until = _midnight(last + timedelta(days=1)) if last else None
    with records.reading() as books:
        yield from books.audit_log.entries(since, until)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JAPAN)
