"""When a footprint holds: the days its figures are of, and the days it may be used on. All days are Japan's.

PACT 3.0 ends both periods before the moment named, so that a day ends at the midnight after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.carbon.factors import JAPAN, years_on
from certificates import content

LONGEST_YEARS = 3


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment on, and before another; in UTC."""

    start: datetime
    end: datetime


def reference_period(certificate: content.Certificate, line: content.Line) -> Period:
    """From the earliest step on the way to the end of the day the lot was made; that day alone where there was none."""
    first = min(_days(certificate, line))
    return Period(_midnight(first), _midnight(line.made_on + timedelta(days=1)))


def _days(certificate: content.Certificate, line: content.Line) -> Iterable[date]:
    yield line.made_on
    yield from (step.ended_on for step in certificate.steps)


def validity_period(certificate: content.Certificate, line: content.Line) -> Period:
    """The certificate's, as far as it lies in the three years after the reference period (PACT 3.0, "Validity Period").

    Metal that is certified later than that has a footprint which is not valid any more, and says so.
    """
    made_until = line.made_on + timedelta(days=1)
    latest = years_on(made_until, LONGEST_YEARS)
    start = max(certificate.issued_on, made_until)
    if start >= latest:
        return Period(_midnight(made_until), _midnight(latest))
    end = min(certificate.valid_until + timedelta(days=1), latest)
    return Period(_midnight(start), _midnight(max(start, end)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JAPAN).astimezone(UTC)


def written(moment: datetime) -> str:
    """A moment as it is exchanged: ISO 8601 in UTC, whole seconds."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
