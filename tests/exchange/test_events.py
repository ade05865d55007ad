"""Events that come in: what is none is told so; a request is answered once, to the registered address alone."""

from typing import Any

import pytest

from app.records.exchange_events import EventType
from tests.exchange.partner import CALLBACK, certified, events, partner, refused, request_created, six_bodies
from tests.house import House

PUBLISHED, FULFILLED = EventType.PUBLISHED.value, EventType.REQUEST_FULFILLED.value
REJECTED = EventType.REQUEST_REJECTED.value
PF = {"productId": ["urn:pact:null"]}
WRONG: list[Any] = [
    b"", b"{", b"[]", b"null", b"1", b'{"a":1,"a":2}', b"[" * 100_000, b"1" * 100_000, b"NaN", b"\xff", b'"\\ud800"',
    {}, {"type": "x"}, request_created(PF, type=5), request_created(PF, specversion="0.3"), request_created(PF, id=""),
    request_created(PF, id="x" * 201), request_created(PF, id="\ud800"), request_created(PF, id=None),
    request_created(PF, source=""), request_created(PF, source=7), request_created(PF, time="now"),
    request_created(PF, data=None), request_created(PF, data=[]), request_created({}),
    request_created({"comment": "x"}),
    request_created({"productId": 1}), request_created({"productId": ["\0"]}),
    request_created({"productId": ["\ud800"]}),
    request_created({"productId": [["x"]]}), request_created({"pf": {"productIds": ["x"]}}),
    request_created({"validOn": "never"}), request_created({"status": {"x": 1}}),
    request_created({"pfIds": []}, type=PUBLISHED),
    request_created({"pfIds": ["urn:gtin:1"]}, type=PUBLISHED),
    request_created({"requestEventId": "1"}, type=FULFILLED),
    request_created({"requestEventId": 1, "pfs": [{}]}, type=FULFILLED),
    request_created({"requestEventId": "1", "error": {}}, type=REJECTED),
]  # fmt: skip


def test_events_that_are_none_are_told_so_and_change_nothing(house: House) -> None:
    come_in = partner(house, callback=CALLBACK)
    before = len(house.send("GET", "/audit", "auditor").text.splitlines())
    for body in WRONG:
        refused(come_in.event(body), 400, "BadRequest")
    for media in ("application/json", "text/plain", "application/cloudevents-batch+json", ""):
        refused(come_in.event(request_created(PF), media), 400, "BadRequest")
    assert len(house.send("GET", "/audit", "auditor").text.splitlines()) == before
    assert events(house) == []


@pytest.mark.parametrize(
    "source",
    [
        "https://evil.example", "https://pact.example.com:444", "http://pact.example.com", "pact.example.com",
        "https://pact.example.com.evil.example", "https://evil.example/https://pact.example.com", "//evil.example",
        "https://loop@pact.example.com",
        "https://[", "https://pact.example.com:x", "urn:uuid:1",
    ],
)  # fmt: skip
def test_an_answer_goes_to_no_address_but_the_registered_one(house: House, source: str) -> None:
    come_in = partner(house, callback=CALLBACK)
    refused(come_in.event(request_created(PF, source=source)), 403, "AccessDenied")
    assert events(house) == []


@pytest.mark.parametrize(
    "source", ["https://pact.example.com", "https://PACT.example.com:443/a/b", "//pact.example.com/3/events"]
)
def test_the_registered_address_is_known_however_it_is_written(house: House, source: str) -> None:
    come_in = partner(house, callback=CALLBACK)
    answer = come_in.event(request_created(PF, source=source))
    assert (answer.status_code, answer.data) == (200, b"")
    assert [each["type"].rpartition(".")[0].rpartition(".")[2] for each in events(house)] == ["RequestRejectedEvent"]


def test_a_client_without_an_address_cannot_be_answered(house: House) -> None:
    refused(partner(house).event(request_created(PF)), 403, "AccessDenied")


def test_the_same_request_sent_again_is_answered_once(house: House) -> None:
    six_bodies(house)
    certified(house, "D-1")
    come_in, other = partner(house, callback=CALLBACK), partner(house, callback=CALLBACK)
    asked = request_created({"geography": ["JP"]})
    for _ in range(3):
        assert come_in.event(asked).status_code == 200
    assert other.event(asked).status_code == 200
    assert [each["answers"] for each in events(house)] == [asked["id"]] * 2


def test_what_others_tell_us_is_noted_and_asks_nothing(house: House) -> None:
    come_in = partner(house)
    told = {
        PUBLISHED: {"pfIds": ["3a6c14a7-4deb-498a-b5ea-16ce2535b576"]},
        FULFILLED: {"requestEventId": "1", "pfs": [{"id": "x", "pcf": {"share": 0.5}}]},
        REJECTED: {"requestEventId": "1", "error": {"code": "NotFound", "message": "none"}},
    }
    for type_, data in told.items():
        answer = come_in.event(request_created(data, type=type_))
        assert (answer.status_code, answer.data) == (200, b"")
    assert house.send("GET", "/audit", "auditor").text.count('"receive"') == len(told)
    assert events(house) == []
