"""Reads go packed to whoever takes them so, and say the same."""

import gzip
import json
import zlib

from app.heartbeat import EXTENSION, post_worker_init
from tests.campaign import three_bodies
from tests.house import House

TAKES = {"Accept-Encoding": "gzip"}


def test_a_list_is_the_same_packed_and_plain_and_tells_caches_so(house: House) -> None:
    three_bodies(house)
    plain = house.send("GET", "/lots", "auditor")
    packed = house.send("GET", "/lots", "auditor", headers=TAKES)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_what_is_not_worth_it_is_not_wanted_or_is_packed_already_stays_as_it_is(house: House) -> None:
    three_bodies(house)
    assert "Content-Encoding" not in house.send("GET", "/flags", "auditor", headers=TAKES).headers
    refused = house.send("GET", "/lots", "auditor", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers
    slip = {"slip_number": "W", "customer": "TRUCK-M", "item": "truck-body", "units": 3, "gross_kg": "10400"}
    slip |= {"tare_kg": "8000", "scrap_class": "post_consumer", "alloy": "mixed", "site": "MC"}
    slip |= {"weighed_at": "2026-10-01T09:00:00+09:00"}
    assert "Content-Encoding" not in house.send("POST", "/scrap-lots", json=slip, headers=TAKES).headers


def test_the_log_streams_packed_and_each_portion_can_be_read_as_it_comes(house: House) -> None:
    three_bodies(house)
    plain = house.send("GET", "/audit", "auditor").data
    answer = house.send("GET", "/audit", "auditor", headers=TAKES, buffered=False)
    reading = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    portions = iter(answer.iter_encoded())
    first = reading.decompress(next(portions))
    assert [json.loads(line) for line in first.decode().splitlines()]
    assert first + b"".join(map(reading.decompress, portions)) == plain


def test_a_worker_says_with_each_portion_of_the_log_that_it_is_alive(house: House) -> None:
    told: list[str] = []

    class Worker:
        wsgi = house.app

        def notify(self) -> None:
            told.append("alive")

    post_worker_init(Worker())
    assert EXTENSION in house.app.extensions
    assert house.send("GET", "/audit", "auditor").status_code == 200
    assert told == ["alive"]


def test_a_file_says_how_long_it_is_packed(house: House) -> None:
    plain, packed = (house.client.get("/static/staff.css", headers=each) for each in ({}, TAKES))
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    again = house.client.get("/static/staff.css", headers=TAKES | {"If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    part = house.client.get("/static/staff.css", headers=TAKES | {"Range": "bytes=0-99"})
    assert (part.status_code, "Content-Encoding" in part.headers) == (206, False)
    assert part.data == plain.data[:100]
