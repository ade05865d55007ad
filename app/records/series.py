"""Number series: the next number of a kind, where the person entering gives none."""

from sqlalchemy import text
from sqlalchemy.orm import Mapped

from app.records.base import Base, CodeKey
from app.records.connection import Connection


class NumberSeriesRow(Base):
    __tablename__ = "number_series"
    prefix: Mapped[CodeKey]
    last: Mapped[int]


# One statement, so that two workers starting the same series at once both get their numbers.
_TAKE = text(
    "INSERT INTO number_series (prefix, last) VALUES (:prefix, :count)"
    " ON CONFLICT (prefix) DO UPDATE SET last = number_series.last + :count RETURNING last"
).bindparams(prefix="", count=1)


class NumberSeries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self, prefix: str, count: int = 1) -> range:
        """The next ``count`` whole numbers of a series, held by this unit of work until it ends."""
        last: int = self._connection.execute(_TAKE.bindparams(prefix=prefix, count=count)).scalar_one()
        return range(last - count + 1, last + 1)
