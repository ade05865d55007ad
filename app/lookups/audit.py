"""The audit log, as it is given to whoever audits."""

from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta

from app.carbon.factors import JAPAN
from app.records.audit import AuditEntry
from app.records.unit import Records


def audit_entries(records: Records, first: date | None, last: date | None) -> Iterator[AuditEntry]:
    """Rows of the log by days in Japan time, both inclusive, oldest first; one state of the books, streamed.

    The first row is read before this returns, so that a database that does not answer is known by then. Raises
    Unavailable.
    """
    since = _midnight(first) if first else None
    until = _midnight(last + timedelta(days=1)) if last else None
    rows = _rows(records, since, until)
    return _continued(next(rows, None), rows)


def _rows(records: Records, since: datetime | None, until: datetime | None) -> Generator[AuditEntry, None, None]:
    with records.reading() as books:
        yield from books.audit_log.entries(since, until)


def _continued(begun: AuditEntry | None, rows: Generator[AuditEntry, None, None]) -> Iterator[AuditEntry]:
    with closing(rows):
        if begun is not None:
            yield begun
            yield from rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JAPAN)
