"""What this request holds: the records, the press, the clock, and who is asking."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast

import structlog
from flask import current_app, g, request

from app.heartbeat import EXTENSION as HEARTBEAT
from app.operations.exchange.delivery import Outbound
from app.operations.exchange.host_system import HostSystems
from app.operations.exchange.sealing import Seal
from app.operations.issue_certificate import Issuer, finish_certificate
from app.operations.once import half_way
from app.operations.press import Press
from app.records.deeds import Doer
from app.records.unit import Records
from app.wording.catalogue import locale_from
from certificates.content import Certificate
from certificates.fonts import default_directory
from config import Config

EXTENSION = "loop-ledger"


@dataclass(frozen=True, slots=True)
class Service:
    """What the process holds for all requests."""

    records: Records
    press: Press
    issuer: Issuer
    clock: Callable[[], datetime]
    outbound: Outbound


def service_of(config: Config) -> Service:
    """What a process needs to do deeds, by its configuration."""
    issuer = Issuer(config.issuer_name_ja, config.issuer_name_en, config.public_url, config.verifier)
    press = Press(config.font_dir or default_directory())
    outbound = Outbound(HostSystems(config.exchange_ca_file), Seal(config.secret_key), config.public_url)
    return Service(Records(config.database_url), press, issuer, lambda: datetime.now(UTC), outbound)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking, and in which role: the word of ``access.Role``.

    ``name`` is what the books call them: a person's login, or a key's owner. ``called`` and ``site`` are a person's.
    """

    name: str
    role: str
    called: str = ""
    site: str | None = None


def service() -> Service:
    """The service this application runs; within a request, with the records that its deed is part of."""
    if "service" in g:
        return cast(Service, g.service)
    return cast(Service, current_app.extensions[EXTENSION])


@contextmanager
def acting_on(records: Records, half_done: str | None) -> Iterator[None]:
    """Within this, deeds are part of ``records``; ``half_done`` is what an earlier try of a deed in two parts made."""
    before = service()
    g.service, g.half_done = replace(before, records=records), half_done
    try:
        yield
    finally:
        g.service, g.half_done = before, None


def made_half_way(begin: Callable[[], str]) -> str:
    """Do the first of a deed's two transactions and return the number it made, or the one an earlier try made."""
    earlier: str | None = g.get("half_done")
    if earlier is not None:
        return earlier
    number = begin()
    half_way(service().records, number)
    return number


def certified(begin: Callable[[], Certificate]) -> str:
    """Issue the certificate that ``begin`` reserves, and return its number; an earlier try's is finished instead."""
    number = made_half_way(lambda: begin().number)
    finish_certificate(service().records, service().press, doer(), number)
    return number


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
    """From here on this request, and each line of the log about it, is that person's."""
    g.person = person
    structlog.contextvars.bind_contextvars(person=person.name)


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
    """The reader's language: ``?lang=``, else what they chose before, else what the browser asks for, else Japanese."""
    asked = request.accept_languages.best_match(["ja", "en"])
    return locale_from(request.args.get("lang"), g.get("language"), asked)
