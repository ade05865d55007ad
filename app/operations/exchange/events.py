"""Events that come in (PACT 3.0, "Action Events"): a request is answered by an event of ours, the rest is noted."""

import json
from dataclasses import dataclass

from app.operations.again import tried_again
from app.operations.exchange.addresses import origin
from app.operations.problems import Invalid, Problem
from app.records.deeds import Doer
from app.records.exchange_clients import ExchangeClient
from app.records.exchange_events import EventType
from app.records.footprints import Criteria
from app.records.unit import Records

MOST_IN_ANSWER = 500
NOT_FOUND = json.dumps({"code": "NotFound", "message": "No product footprint meets the criteria."})


class OtherSource(Exception):
    """The event names a source that is no registered address of this client: no answer would go there."""


@dataclass(frozen=True, slots=True)
class Received:
    """An event as received: its own id and type, and where it says it comes from."""

    id: str
    type: EventType
    source: str


@tried_again
def request_footprints(records: Records, doer: Doer, client: ExchangeClient, event: Received, wanted: Criteria) -> None:
    """Take a RequestCreatedEvent: its answer waits to be delivered. Raises OtherSource, Invalid (too_many_footprints).

    The same request sent again is answered once: CloudEvents are the same by source and id.
    """
    if client.callback_url is None or origin(event.source) != origin(client.callback_url):
        raise OtherSource()
    with records.writing(doer) as books:
        found = books.footprints.listed(client.customer_code, wanted, 0, MOST_IN_ANSWER + 1)
        if len(found) > MOST_IN_ANSWER:
            raise Invalid([Problem(("data",), "too_many_footprints", {"most": MOST_IN_ANSWER})])
        type_, error = (EventType.REQUEST_FULFILLED, None) if found else (EventType.REQUEST_REJECTED, NOT_FOUND)
        uuids = [each.uuid for each in found]
        added = books.exchange_events.add(client.id, type_, doer.now, uuids, event.id, error)
        if added:
            told = {"request": event.id, "type": type_.value, "footprints": len(found)}
            books.audit.add("request", "exchange_event", added, told)
            books.commit()


@tried_again
def note_event(records: Records, doer: Doer, event: Received) -> None:
    """Take an event that asks nothing of us: that it came is in the audit log; we asked for no footprint ourselves."""
    with records.writing(doer) as books:
        books.audit.add("receive", "exchange_event", event.id, {"type": event.type.value, "source": event.source})
        books.commit()
