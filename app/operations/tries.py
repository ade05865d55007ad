"""Guessing is slowed: how often an address may be wrong within a span, for people and for programs alike.

The audit log is the counter: it is there anyway, it is the same for every worker, and nobody can reset it.
"""

from datetime import datetime, timedelta

from app.records.unit import Books

SPAN = timedelta(minutes=15)
TRIES_FROM_ONE = 30  # from one address


class TooManyTries(Exception):
    """Too many tries of this name, or from this address; after a while it may be tried again."""


def queue_tries(books: Books, address: str) -> None:
    """Tries at once from one address are counted one after the other."""
    books.people.queue(f"try from {address}")


def require_patience_of(books: Books, now: datetime, address: str) -> None:
    """Raises TooManyTries where an address has been wrong too often in this span: a whole shift may share one."""
    tries, right = (books.audit_log.count(action, "address", address, now - SPAN) for action in ("try", "let_in"))
    if tries - right >= TRIES_FROM_ONE:
        raise TooManyTries()


def count_try(books: Books, noun: str, name: str, address: str) -> None:
    """Write a try down: of which name (a login, a client), and from where."""
    books.audit.add("try", noun, name)
    books.audit.add("try", "address", address)


def forgive_try(books: Books, address: str) -> None:
    """A try from an address was right, and counts no more."""
    books.audit.add("let_in", "address", address)
