"""Deliver what waits: each event is tried at once, then after pauses that double, and given up after 72 hours.

At least once: an event whose arrival could not be written down is sent again, under the same id (PACT 3.0, "it SHOULD
abandon sending the event after 72 hours").
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.operations.again import tried_again
from app.operations.exchange.host_system import TOKEN_PATH, HostSystems, NotTaken
from app.operations.exchange.sealing import CannotOpen, Seal
from app.operations.footprints.periods import written
from app.records.deeds import Doer
from app.records.exchange_clients import ExchangeClient
from app.records.exchange_events import EventType, ExchangeEvent
from app.records.unit import Records, Shelves

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=12)
ABANDONED_AFTER = timedelta(hours=72)
IN_HAND = timedelta(minutes=5)  # longer than any try takes: a worker that died half-way leaves the event to the next


@dataclass(frozen=True, slots=True)
class Outbound:
    """What delivery needs besides the books: the way to other systems, our secrets there, and our own address."""

    systems: HostSystems
    seal: Seal
    public_url: str


@dataclass(slots=True)
class Delivered:
    """What came of a round: how many arrived, will be tried again, and were given up."""

    arrived: int = 0
    waiting: int = 0
    given_up: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an event did not arrive, and whether it ever could."""

    why: str
    for_good: bool = False


def deliver_due(records: Records, outbound: Outbound, person: str, clock: Callable[[], datetime]) -> Delivered:
    """Send every event that is due now. Raises Unavailable.

    Where one system does not take an event, its others wait for the next round, so that nobody waits behind it.
    """
    done, failing = Delivered(), set[int]()
    while event := _claim(records, Doer(person, clock()), failing):
        failure = _send(records, outbound, event, clock())
        outcome = _settle(records, Doer(person, clock()), event, failure)
        setattr(done, outcome, getattr(done, outcome) + 1)
        failing |= {event.client_id} if failure else set()
    return done


@tried_again
def _claim(records: Records, doer: Doer, failing: set[int]) -> ExchangeEvent | None:
    with records.writing(doer) as books:
        event = books.exchange_events.claim(doer.now, doer.now + IN_HAND, failing)
        if event is not None:
            books.audit.add("send", "exchange_event", event.uuid, {"try": event.tries})
            books.commit()
    return event


def _send(records: Records, outbound: Outbound, event: ExchangeEvent, now: datetime) -> Failure | None:
    """Send an event; None where it arrived. No transaction is open meanwhile."""
    with records.reading() as books:
        client = books.exchange_clients.by_id(event.client_id)
        body = _body(books, outbound.public_url, event, client)
    if client.callback_url is None or not client.in_force(now):
        return Failure("the client has ended", for_good=True)
    try:
        secret = outbound.seal.open(client.callback_secret or "")
        token_url = client.callback_token_url or client.callback_url + TOKEN_PATH
        token = outbound.systems.token(token_url, client.callback_client_id or "", secret)
        outbound.systems.send(client.callback_url, token, body)
    except (NotTaken, CannotOpen) as error:
        return Failure(str(error))
    except Exception as error:  # noqa: BLE001 - told in the books and to administrators, and given up in time as others
        return Failure(f"{type(error).__name__}: {error}"[:300])
    return None


@tried_again
def _settle(records: Records, doer: Doer, event: ExchangeEvent, failure: Failure | None) -> str:
    """Write down what came of a try."""
    again = next_try(event, doer.now) if failure and not failure.for_good else None
    with records.writing(doer) as books:
        if failure is None:
            books.exchange_events.arrived(event.id, doer.now)
        else:
            books.exchange_events.failed(event.id, failure.why, again)
        outcome = "arrived" if failure is None else "waiting" if again else "given_up"
        books.audit.add(outcome, "exchange_event", event.uuid, {"why": failure.why} if failure else None)
        books.commit()
    return outcome


def next_try(event: ExchangeEvent, now: datetime) -> datetime | None:
    """When an event that was not taken is tried again; None where that would be past the 72 hours."""
    pause = min(FIRST_PAUSE * 2 ** min(event.tries - 1, 20), LONGEST_PAUSE)
    return now + pause if now + pause <= event.created_at + ABANDONED_AFTER else None


def _body(books: Shelves, public_url: str, event: ExchangeEvent, client: ExchangeClient) -> dict[str, Any]:
    """The CloudEvent in structured mode; footprints as they stand now."""
    return {
        "type": event.type,
        "specversion": "1.0",
        "id": event.uuid,
        "source": public_url,
        "time": written(event.created_at),
        "data": _data(books, event, client),
    }


def _data(books: Shelves, event: ExchangeEvent, client: ExchangeClient) -> dict[str, Any]:
    match event.type:
        case EventType.PUBLISHED:
            return {"pfIds": event.footprint_ids}
        case EventType.REQUEST_REJECTED:
            return {"requestEventId": event.answers, "error": json.loads(event.error or "{}")}
    found = (books.footprints.one(client.customer_code, uuid) for uuid in event.footprint_ids)
    return {"requestEventId": event.answers, "pfs": [each.written() for each in found if each]}
