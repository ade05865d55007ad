"""Outcomes: how a request with an idempotency key was answered the first time. Kept for good, given again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, String, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base
from app.records.connection import Connection


class OutcomeRow(Base):
    """``status`` is empty while a deed of two transactions (a certificate) stands between them: then ``subject``
    names what the first one made."""

    __tablename__ = "outcomes"
    owner: Mapped[str] = mapped_column(String(200), primary_key=True)
    route: Mapped[str] = mapped_column(String(200), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    claimed_at: Mapped[datetime]
    subject: Mapped[str | None] = mapped_column(String(60))
    status: Mapped[int | None] = mapped_column(Integer())
    media_type: Mapped[str | None]
    language: Mapped[str | None]
    body: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a key means one request: whose it is, which route it was sent to, and the key itself."""

    owner: str
    route: str
    key: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer, as it was and will be given."""

    status: int
    media_type: str
    language: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A key that was used before: for which words, and what came of it as far as is known."""

    fingerprint: str
    subject: str | None
    outcome: Outcome | None


class Outcomes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, scope: Scope) -> Claim | None:
        """What is known of a key, or None where it was never used."""
        query = select(
            OutcomeRow.fingerprint,
            OutcomeRow.subject,
            OutcomeRow.status,
            OutcomeRow.media_type,
            OutcomeRow.language,
            OutcomeRow.body,
        )
        row = self._connection.execute(query.where(*_at(scope))).first()
        if row is None:
            return None
        return Claim(row[0], row[1], None if row[2] is None else Outcome(*row[2:]))

    def claim(self, scope: Scope, fingerprint: str, now: datetime) -> Claim | None:
        """Take a key for this unit of work; what is known of it where somebody else has, None where it is ours.

        Taken before any lot is: of two requests with one key the second waits here for the first.
        """
        dialect = postgresql if self._connection.postgresql else sqlite
        statement = dialect.insert(OutcomeRow).values(
            owner=scope.owner, route=scope.route, key=scope.key, fingerprint=fingerprint, claimed_at=now
        )
        # Not by the row count: psycopg does not tell it of an insert that SQLAlchemy may read values back from.
        taken = self._connection.execute(statement.on_conflict_do_nothing().returning(OutcomeRow.key)).first()
        return None if taken else self.find(scope)

    def remember_subject(self, scope: Scope, subject: str) -> None:
        """What the first transaction of a deed made, so that a retry goes on from there."""
        self._connection.execute(update(OutcomeRow).where(*_at(scope)).values(subject=subject))

    def keep(self, scope: Scope, outcome: Outcome) -> None:
        """Write the answer, once: an answer that is there is never changed."""
        row = update(OutcomeRow).where(*_at(scope), OutcomeRow.status.is_(None))
        values = {name: getattr(outcome, name) for name in Outcome.__slots__}
        self._connection.execute(row.values(**values))


def _at(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return OutcomeRow.owner == scope.owner, OutcomeRow.route == scope.route, OutcomeRow.key == scope.key
