"""People who sign in, and their sessions: a session is a row, so that signing out ends it wherever its cookie went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.records.among import Among
from app.records.base import Base, Code, Id, Key
from app.records.connection import Connection

ADMIN = "admin"  # the role without which nobody could be given one


class PersonRow(Base):
    """``login`` is what the books call a person; it is never given to another one."""

    __tablename__ = "people"
    id: Mapped[Key]
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Code]
    site_code: Mapped[str | None] = mapped_column(String(40), ForeignKey("sites.code"))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SessionRow(Base):
    """Only the hash of a session's token is kept."""

    __tablename__ = "sessions"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("people.id"), index=True)
    begun_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Account:
    """A person as kept."""

    id: int
    login: str
    name: str
    role: str
    site_code: str | None
    password_hash: str
    created_at: datetime
    ended_at: datetime | None


_ACCOUNTS = select(*(getattr(PersonRow, name) for name in Account.__slots__))
_BY_LOGIN = _ACCOUNTS.where(PersonRow.login == bindparam("login"))
_BY_TOKEN = (
    _ACCOUNTS.join(SessionRow, SessionRow.person_id == PersonRow.id)
    .where(SessionRow.token_hash == bindparam("token"), SessionRow.ended_at.is_(None))
    .where(SessionRow.expires_at > bindparam("now"), PersonRow.ended_at.is_(None))
)

_NAMES = Among(select(PersonRow.login, PersonRow.name), PersonRow.login)


class LoginTaken(Exception):
    """The database itself refuses a person: somebody of this login has just been written."""


class People:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_login(self, login: str) -> Account | None:
        """A person by login, whether or not they may still sign in."""
        row = self._connection.execute_with(_BY_LOGIN, login=login).first()
        return Account(*row) if row else None

    def hold(self, login: str) -> Account | None:
        """Lock a person for this unit of work."""
        self._connection.execute(select(PersonRow.id).where(PersonRow.login == login).with_for_update()).first()
        return self.by_login(login)

    def hold_admins(self) -> list[str]:
        """Lock whoever administrates now, in the order of everybody else who does; their logins."""
        query = select(PersonRow.login).where(PersonRow.role == ADMIN, PersonRow.ended_at.is_(None))
        return list(self._connection.execute(query.order_by(PersonRow.login).with_for_update()).scalars())

    def queue(self, name: str) -> None:
        """Units of work that say the same name come one after the other, as all of SQLite's do."""
        if self._connection.postgresql:
            self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))

    def of_session(self, token_hash: str, now: datetime) -> Account | None:
        """Whose live session this is: one query."""
        row = self._connection.execute_with(_BY_TOKEN, token=token_hash, now=now).first()
        return Account(*row) if row else None

    def listed(self) -> list[Account]:
        """Everybody, those who may sign in first."""
        query = _ACCOUNTS.order_by(PersonRow.ended_at.is_not(None), PersonRow.login)
        return [Account(*row) for row in self._connection.execute(query)]

    def names(self, logins: Sequence[str]) -> dict[str, str]:
        """What people are called, by login."""
        return {row[0]: row[1] for row in self._connection.execute_among(_NAMES, list(logins))}

    def add(self, **values: object) -> None:
        """Write a person, column by column as the table has them. Raises LoginTaken."""
        try:
            self._connection.execute(insert(PersonRow).values(**values))
        except IntegrityError as error:
            raise LoginTaken(str(error.orig)) from error

    def change(self, login: str, **values: object) -> None:
        """Change what a person is called, does, or signs in with."""
        self._connection.execute(update(PersonRow).where(PersonRow.login == login).values(**values))

    def begin_session(self, token_hash: str, person_id: int, now: datetime, expires_at: datetime) -> None:
        values = {"token_hash": token_hash, "person_id": person_id, "begun_at": now, "expires_at": expires_at}
        self._connection.execute(insert(SessionRow).values(**values))

    def end_session(self, token_hash: str, now: datetime) -> bool:
        """End one session; False where it had ended."""
        ended = update(SessionRow).where(SessionRow.token_hash == token_hash, SessionRow.ended_at.is_(None))
        return bool(self._connection.execute(ended.values(ended_at=now)).rowcount)

    def end_sessions_of(self, person_id: int, now: datetime, but: str = "") -> None:
        """End every session of a person, but for the one with this token hash."""
        ended = update(SessionRow).where(SessionRow.person_id == person_id, SessionRow.ended_at.is_(None))
        ended = ended.where(SessionRow.token_hash != but)
        self._connection.execute(ended.values(ended_at=now))
