"""What this request holds: the records, the press, the clock, and who is asking."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app, g, request

from app.heartbeat import EXTENSION as HEARTBEAT
from app.operations.issue_certificate import Issuer
from app.operations.press import Press
from app.records.deeds import Doer
from app.records.unit import Records
from app.wording.catalogue import locale_from

EXTENSION = "loop-ledger"


@dataclass(frozen=True, slots=True)
class Service:
    """What the process holds for all requests."""

    records: Records
    press: Press
    issuer: Issuer
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking, and in which role: the word of ``access.Role``."""

    name: str
    role: str


def service() -> Service:
    """The service this application runs; within a request, with the records that its deed is part of."""
    if "service" in g:
        return cast(Service, g.service)
    return cast(Service, current_app.extensions[EXTENSION])


def now() -> datetime:
    """One reading of the clock per request: a deed happens at one moment."""
    if "now" not in g:
        g.now = service().clock()
    return cast(datetime, g.now)


def request_id() -> str:
    """An id of this request, to find it again in logs and audit rows."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    return cast(str, g.request_id)


def sign_in(person: Person) -> None:
    """From here on this request is that person's."""
    g.person = person


def person() -> Person:
    """Who is asking; only behind a route whose audience was checked."""
    return cast(Person, g.person)


def doer() -> Doer:
    """The person of this request, as the books record them."""
    return Doer(person().name, now(), request_id())


def heartbeat() -> Callable[[], object]:
    """What tells the server that this request is still at work; nothing where no server is waiting for it."""
    return cast(Callable[[], object], current_app.extensions.get(HEARTBEAT, lambda: None))


def locale() -> str:
    """The reader's language: ``?lang=``, else what the browser asks for, else Japanese."""
    return locale_from(request.args.get("lang"), request.accept_languages.best_match(["ja", "en"]))
