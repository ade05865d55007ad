"""Lists: pages, each filter of the specification, and what is no query."""

import re
from typing import Any

import pytest

from tests.exchange.partner import certified, partner, refused, six_bodies
from tests.house import PUBLIC_URL, House

ELSEWHERE = "https://other.example:8443"
NEXT = re.compile(rf'<{ELSEWHERE}(/3/footprints\?[^>]+)>; rel="next"')


def test_pages_lead_on_at_the_host_that_was_asked_until_there_is_no_more(house: House) -> None:
    six_bodies(house)
    for n in range(3):
        certified(house, f"D-{n}")
    come_in = partner(house)
    everything = [each["id"] for each in come_in.footprints()]
    for limit in ("1", "2", "3"):
        seen, path = [], f"/3/footprints?status=Active&limit={limit}"
        while path:
            answer = come_in.send("GET", path, base_url=ELSEWHERE)
            page = answer.get_json()["data"]
            assert len(page) <= int(limit)
            seen += [each["id"] for each in page]
            link = answer.headers.get("Link")
            assert link is None or (
                link.startswith("<https://other.example:8443/3/") and link.endswith('>; rel="next"')
            )
            path = link[1:].partition(">")[0].removeprefix("https://other.example:8443") if link else ""
        assert seen == everything
    none = come_in.send("GET", "/3/footprints?limit=0")
    assert none.get_json() == {"data": []}
    assert none.headers["Link"]
    assert "Link" not in come_in.send("GET", "/3/footprints").headers
    assert come_in.send("GET", "/3/footprints?limit=999999999").status_code == 200


def test_each_filter_finds_and_passes_over(house: House) -> None:
    six_bodies(house)
    certified(house, "D-1")
    come_in = partner(house)
    [found] = come_in.footprints()
    start, end = found["validityPeriodStart"], found["validityPeriodEnd"]
    meets: dict[str, list[Any]] = {
        "productId": [found["productIds"][0], found["productIds"][0].upper(), ["urn:x:y", found["productIds"][0]], ""],
        "companyId": found["companyIds"],
        "geography": ["JP", "jp", ["DE", "JP"]],
        "classification": found["productClassifications"],
        "status": ["Active", "ACTIVE", ["Deprecated", "Active"]],
        "validOn": [start, end, "2027-01-01T09:00:00+09:00", "2027-01-01"],
        "validAfter": ["2026-11-19T14:59:59Z", "0001-01-01T00:00:00Z"],
        "validBefore": ["2029-10-03T15:00:01Z", "9999-12-31T23:59:59Z"],
    }
    passes: dict[str, list[Any]] = {
        "productId": ["urn:bogus:1", "%", "_", "urn:pact:%", found["productIds"][0][:-1], "\n"],
        "companyId": ["x", ["x", "y"]],
        "geography": ["XX", "J", "JPN"],
        "classification": ["urn:cpc:41532"],
        "status": ["Deprecated", "BogusStatus", "%"],
        "validOn": ["1900-01-01T00:00:00Z", "2029-10-03T15:00:01Z", "2026-11-19T14:59:59Z"],
        "validAfter": [start, "2099-12-31T23:59:59Z"],
        "validBefore": [end, "1900-01-01T00:00:00Z"],
    }
    for name, values in meets.items():
        for value in values:
            assert len(come_in.footprints(**{name: value})) == 1, (name, value)
    for name, values in passes.items():
        for value in values:
            assert come_in.footprints(**{name: value}) == [], (name, value)
    assert come_in.footprints(status="Active", geography="XX") == []


def test_names_and_addresses_are_known_as_the_specifications_examples_write_them(house: House) -> None:
    six_bodies(house)
    certified(house, "D-1")
    come_in = partner(house)
    [found] = come_in.footprints()
    query = (
        f"productId=x&productid={found['productIds'][0]}&geography=DE&geography=JP&validon=2027-04-01T00:00Z&limit=5"
    )
    assert come_in.send("GET", f"/3/footprints/?{query}").get_json()["data"] == [found]
    assert come_in.send("GET", f"/3/footprints?{query}&STATUS=deprecated").get_json()["data"] == []


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("limit=-1", 400, "BadRequest"),
        ("limit=x", 400, "BadRequest"),
        ("limit=%D9%A1", 400, "BadRequest"),
        ("limit=" + "9" * 5000, 400, "BadRequest"),
        ("cursor=x", 400, "BadRequest"),
        ("cursor=%00", 400, "BadRequest"),
        ("cursor=LTE", 400, "BadRequest"),
        ("cursor=" + "OTk5" * 300, 400, "BadRequest"),
        ("validOn=yesterday", 400, "BadRequest"),
        ("validOn=2026-01-01&validOn=2026-01-02", 400, "BadRequest"),
        ("validAfter=0001-01-01T00:00:00%2B14:00", 400, "BadRequest"),
        ("productId=%00", 400, "BadRequest"),
        ("geography=" + "x" * 501, 400, "BadRequest"),
        ("&".join(f"companyId={n}" for n in range(51)), 400, "BadRequest"),
        ("x-other-invoice=1", 400, "BadRequest"),
        ("offset=1", 400, "BadRequest"),
        ("%00=1", 400, "BadRequest"),
        ("$filter=created%20ge%20x", 501, "NotImplemented"),
    ],
)
def test_what_is_no_query_is_told_so(house: House, query: str, status: int, code: str) -> None:
    refused(partner(house).send("GET", f"/3/footprints?{query}"), status, code)


def test_addresses_that_name_nothing_are_told_in_the_same_words(house: House) -> None:
    come_in = partner(house)
    for path in ("/3/nothing", "/3/footprints/x", "/3/footprints/%00", "/3/footprints/" + "a" * 2000, "/exchange/none"):
        refused(come_in.send("GET", path), 404, "NotFound")
    for method, path in (("DELETE", "/3/footprints"), ("PUT", "/3/events"), ("GET", "/3/events")):
        answer = come_in.send(method, path)
        refused(answer, 405, "BadRequest")
        assert answer.headers["Allow"]
    refused(come_in.event(b"x" * 1_100_000), 413, "BadRequest")
    oauth = house.client.get("/auth/token", base_url=PUBLIC_URL)
    assert (oauth.status_code, oauth.get_json()["error"]) == (405, "invalid_request")
