"""POST /3/events: CloudEvents in structured mode (PACT 3.0, "Action Events")."""

from flask import Response, current_app, request

from app.current import doer, service
from app.exchange import background
from app.exchange.door import client, for_clients
from app.exchange.errors import BAD_REQUEST, Refusal
from app.operations.exchange.events import note_event, request_footprints
from app.records.exchange_events import EventType
from app.schemas.exchange.criteria import criteria_of_event
from app.schemas.exchange.events import event_of
from app.schemas.json_text import read_json

MEDIA_TYPE = "application/cloudevents+json"
DEEPEST = 40  # a footprint with extensions of others, inside an event


@for_clients("/3/events", "POST")
def take() -> Response:
    """An event is taken with an empty 200, or refused with a 4xx; an answer to a request follows by itself."""
    if request.mimetype != MEDIA_TYPE:
        raise Refusal(400, BAD_REQUEST, f"Content-Type: send {MEDIA_TYPE}.")
    event = event_of(read_json(request.get_data(cache=False), DEEPEST))
    records, received = service().records, event.received
    if received.type is not EventType.REQUEST_CREATED:
        note_event(records, doer(), received)
        return Response(status=200)
    request_footprints(records, doer(), client(), received, criteria_of_event(event.data))
    deliveries = current_app.extensions.get(background.EXTENSION)
    if deliveries is not None:
        deliveries.begin()
    return Response(status=200)
