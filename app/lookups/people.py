"""Who is signed in, and who there is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.records.people import Account
from app.records.unit import Records


def person_of_session(records: Records, token_hash: str, now: datetime) -> Account | None:
    """Whose live session this is."""
    with records.reading() as books:
        return books.people.of_session(token_hash, now)


def everybody(records: Records) -> list[Account]:
    """All people, those who may sign in first."""
    with records.reading() as books:
        return books.people.listed()


def one_person(records: Records, login: str) -> Account | None:
    """A person by login, or None."""
    with records.reading() as books:
        return books.people.by_login(login)


def people_called(records: Records, logins: Iterable[str | None]) -> dict[str, str]:
    """What people are called, by login; the owner of a key who is nobody's login is not among them."""
    with records.reading() as books:
        return books.people.names(sorted({login for login in logins if login}))


def all_keys(records: Records) -> list[dict[str, Any]]:
    """Every API key, without what could be used of it."""
    with records.reading() as books:
        return books.api_keys.listed()
