"""Number series: the next number of a kind, where the person entering gives none."""

from sqlalchemy import text
from sqlalchemy.orm import Mapped

from app.records.base import Base, CodeKey
from app.records.connection import Connection

MANY = 200


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
        """The next ``count`` whole numbers of a series.

        A few are held by this unit of work until it ends. A file's are taken for good at once, for whoever weighs in
        meanwhile would wait for all of its rows: where the file is refused after all, they are left out.
        """
        take = _TAKE.bindparams(prefix=prefix, count=count)
        aside = count >= MANY and self._connection.postgresql
        last: int = self._connection.execute_aside(take) if aside else self._connection.execute(take).scalar_one()
        return range(last - count + 1, last + 1)
