"""Sign in and out. Every try is written down before the password is looked at, so that guessing is slowed for all."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from app.operations.again import tried_again
from app.operations.passwords import hashed, outdated, right
from app.operations.tries import SPAN, TooManyTries, count_try, forgive_try, queue_tries, require_patience_of
from app.records.deeds import Doer
from app.records.people import Account
from app.records.unit import Books, Records

TRIES_OF_ONE = 5  # of one login since it last came in, within the span
LASTS = timedelta(hours=12)  # a shift


class WrongPassword(Exception):
    """There is nobody who signs in so; whether login or password is wrong is not told."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose session it is, and its token, which only the browser keeps."""

    account: Account
    token: str


def token_hash(token: str) -> str:
    """What is kept of a session's token. It is random and long: a plain SHA-256 will do."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(records: Records, doer: Doer, login: str, password: str, address: str) -> SignedIn:
    """Begin a session. Raises WrongPassword, TooManyTries."""
    account = _allowed(records, doer, login, address)
    kept = account.password_hash if account and account.ended_at is None else None
    if not right(kept, password) or account is None:
        raise WrongPassword()
    return _begin(records, doer, account, password, address)


@tried_again
def _allowed(records: Records, doer: Doer, login: str, address: str) -> Account | None:
    """Count this try, with address and person held so that tries at once are counted one after the other."""
    with records.writing(doer) as books:
        queue_tries(books, address)
        account = books.people.hold(login)
        _require_patience(books, doer, login, address)
        count_try(books, "sign_in", login, address)
        books.commit()
    return account


@tried_again
def count_own_try(records: Records, doer: Doer, address: str) -> None:
    """Count a try of somebody's own password, of which they ask for another: a session may be in other hands.

    Before the deed and apart from it: a wrong password leaves nothing of the deed behind. Raises TooManyTries.
    """
    with records.writing(doer) as books:
        queue_tries(books, address)
        books.people.hold(doer.person)
        _require_patience(books, doer, doer.person, address, "own_password", "change")
        count_try(books, "own_password", doer.person, address)
        books.commit()


def _require_patience(
    books: Books, doer: Doer, login: str, address: str, noun: str = "sign_in", success: str = "sign_in"
) -> None:
    """Of one login so many tries since it last succeeded, and of one address so many in all."""
    require_patience_of(books, doer.now, address)
    since = doer.now - SPAN
    succeeded = books.audit_log.last(success, "person", login)
    of_one = books.audit_log.count("try", noun, login, max(since, succeeded) if succeeded else since)
    if of_one >= TRIES_OF_ONE:
        raise TooManyTries()


@tried_again
def _begin(records: Records, doer: Doer, account: Account, password: str, address: str) -> SignedIn:
    token = secrets.token_urlsafe(32)
    with records.writing(doer) as books:
        forgive_try(books, address)
        if outdated(account.password_hash):
            books.people.change(account.login, password_hash=hashed(password))
        books.people.begin_session(token_hash(token), account.id, doer.now, doer.now + LASTS)
        books.audit.add("sign_in", "person", account.login)
        books.commit()
    return SignedIn(account, token)


@tried_again
def sign_out(records: Records, doer: Doer, login: str, token: str) -> None:
    """End a session, wherever its cookie is."""
    with records.writing(doer) as books:
        if books.people.end_session(token_hash(token), doer.now):
            books.audit.add("sign_out", "person", login)
            books.commit()
