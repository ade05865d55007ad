"""A customer's software at our door, without a network: it asks for a token and reads footprints with it."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from app.operations.exchange.clients import Callback, ClientMade, ClientWanted, create_client
from tests.campaign import bodies, certificate, delivered, scrap
from tests.exchange.published import ERROR, LIST, faults
from tests.house import PUBLIC_URL, House

EVENT = "application/cloudevents+json; charset=UTF-8"
SOURCE = "https://pact.example.com"
CALLBACK = Callback(SOURCE, "loop", "our secret there")


def client_of(house: House, customer: str = "TRUCK-M", callback: Callback | None = None, **more: Any) -> ClientMade:
    """A client of a customer."""
    wanted = ClientWanted(customer, callback, **more)
    return create_client(house.records, house.doer(), house.service.outbound.seal, wanted)


def request_created(data: Any, /, **more: Any) -> dict[str, Any]:
    """A RequestCreatedEvent."""
    return {
        "type": "org.wbcsd.pact.ProductFootprint.RequestCreatedEvent.3",
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": SOURCE,
        "time": "2026-11-20T03:00:00Z",
        "data": data,
        **more,
    }


@dataclass
class Partner:
    """A client with its token."""

    house: House
    made: ClientMade
    token: str = field(default="")

    def ask_token(self, secret: str | None = None, **options: Any) -> TestResponse:
        sent = {"auth": (self.made.client_id, secret or self.made.secret), "data": {"grant_type": "client_credentials"}}
        return self.house.client.post("/auth/token", **{"base_url": PUBLIC_URL, **sent, **options})

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        where = {"base_url": PUBLIC_URL} | options
        return self.house.client.open(path, method=method, headers=headers, **where)

    def get(self, path: str, expected: int = 200, **query: Any) -> Any:
        answer = self.send("GET", path, query_string=query)
        assert answer.status_code == expected, answer.text
        return answer.get_json()

    def footprints(self, **query: Any) -> list[dict[str, Any]]:
        """What a list gives, valid by the published schema."""
        found = self.get("/3/footprints", **query)
        assert faults(LIST, found) == []
        return list(found["data"])

    def event(self, body: Any, media: str = EVENT) -> TestResponse:
        """Send an event, or what is none."""
        data = body if isinstance(body, bytes) else json.dumps(body)
        return self.send("POST", "/3/events", data=data, headers={"Content-Type": media})


def partner(house: House, customer: str = "TRUCK-M", callback: Callback | None = None, **more: Any) -> Partner:
    """A customer's software that has come in."""
    come_in = Partner(house, client_of(house, customer, callback, **more))
    come_in.token = come_in.ask_token().get_json()["access_token"]
    return come_in


def six_bodies(house: House) -> None:
    """Six truck bodies of 700 kg, lot T."""
    scrap(house, "A", "4800", units=6)
    house.post("/transformations", HEAT)
    bodies(house, "T", "L", "4608", "4200", units=6, offcuts_kg="360")


HEAT = {
    "kind": "remelt",
    "site": "MC",
    "furnace": "F1",
    "ended_at": "2026-10-02T09:00:00+09:00",
    "inputs": [{"lot": "A", "kg": "4800"}],
    "outputs": [{"number": "L", "kind": "billet", "kg": "4608", "alloy": "A6N01"}],
}


def certified(house: House, number: str, customer: str = "TRUCK-M") -> Any:
    """A certificate of one body, delivered under a number."""
    return certificate(house, delivered(house, number, "T", customer=customer), customer)


def events(house: House) -> list[dict[str, Any]]:
    """What waits to be delivered, or was, in the order it came up."""
    with house.records.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM exchange_events ORDER BY id")
        return [dict(row) for row in rows.mappings()]


def refused(answer: TestResponse, status: int, code: str) -> None:
    """A refusal in the words of the specification."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/json"
    assert faults(ERROR, answer.get_json()) == []
    assert answer.get_json()["code"] == code
