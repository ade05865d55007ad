"""Malformed input: 400, 413, 415 or 422 with every field named, and never a 500."""

import json
from typing import Any

import pytest

from tests.campaign import WEIGHED
from tests.house import House

SLIP: dict[str, Any] = {
    "slip_number": "W-1",
    "customer": "TRUCK-M",
    "item": "truck-body",
    "units": 3,
    "scrap_class": "post_consumer",
    "gross_kg": "2400",
    "tare_kg": "0",
    "alloy": "mixed",
    "site": "MC",
    "weighed_at": WEIGHED,
}
LONG = "9" * 5000


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("gross_kg", "0"),
        ("gross_kg", "-5"),
        ("gross_kg", "1.2345"),
        ("gross_kg", 24.5),
        ("gross_kg", "NaN"),
        ("gross_kg", "1000000001"),
        ("gross_kg", True),
        ("gross_kg", None),
        ("gross_kg", ["1"]),
        ("tare_kg", "2400"),
        ("units", 2.5),
        ("units", 0),
        ("units", -1),
        ("units", "3"),
        ("units", True),
        ("weighed_at", "2026-02-30T09:00:00+09:00"),
        ("weighed_at", "yesterday"),
        ("weighed_at", "2027-01-01T09:00:00+09:00"),
        ("weighed_at", 5),
        ("customer", "NOBODY"),
        ("item", "bus"),
        ("alloy", "A9999"),
        ("site", "XX"),
        ("scrap_class", "old"),
        ("slip_number", "W 1"),
        ("slip_number", "W" * 41),
        ("number", "／"),
        ("vehicle", "a\u0000b"),
        ("vehicle", "\ud800"),
        ("vehicle", "x" * 81),
        ("bay", ""),
        ("alien", 1),
        ("\ud800", 1),
    ],
)
def test_a_field_that_is_wrong_is_named(house: House, field: str, value: Any) -> None:
    body = json.dumps(SLIP | {field: value})  # in ASCII, so that half a surrogate pair can be sent at all
    answer = house.send("POST", "/scrap-lots", data=body, content_type="application/json")
    assert answer.status_code == 422, answer.text
    named = {"tare_kg": "gross_kg", "\ud800": "?"}.get(field, field)
    assert list(answer.get_json()["errors"]) == [named]
    assert house.get("/lots")["items"] == []


def test_all_that_is_wrong_is_told_at_once_in_the_readers_language(house: House) -> None:
    body = {"units": 0, "gross_kg": "x", "tare_kg": "0", "nothing": 1}
    answer = house.send("POST", "/scrap-lots", json=body, headers={"Accept-Language": "ja"})
    errors = answer.get_json()["errors"]
    missing = {"slip_number", "customer", "item", "scrap_class", "alloy", "site", "weighed_at"}
    assert set(errors) == missing | {"units", "gross_kg", "nothing"}
    assert not any(sentence.isascii() for sentences in errors.values() for sentence in sentences)


def test_several_unknown_references_are_told_at_once(house: House) -> None:
    answer = house.post("/scrap-lots", SLIP | {"customer": "X", "site": "Y", "alloy": "Z"}, status=422)
    assert set(answer["errors"]) == {"customer", "site", "alloy"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe{}", 400),
        (b"[" * 100_000, 400),
        (b'{"units": ' + LONG.encode() + b"}", 400),
        (b'{"gross_kg": NaN}', 400),
        (b'{"gross_kg": -Infinity}', 400),
        (b"[]", 422),
        (b'"text"', 422),
        (b"null", 422),
        (b"5", 422),
        (b'{"site": "MC", "site": "KB"}', 422),
        (b'{"a": "' + b"x" * 1_100_000 + b'"}', 413),
    ],
)
def test_a_body_that_is_no_command_is_refused(house: House, body: bytes, status: int) -> None:
    answer = house.send("POST", "/scrap-lots", data=body, content_type="application/json")
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_another_media_type_is_415(house: House, media_type: str) -> None:
    assert house.send("POST", "/scrap-lots", data=b"{}", content_type=media_type).status_code == 415


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/lots?limit=0", 422),
        ("/lots?limit=501", 422),
        ("/lots?limit=x", 422),
        ("/lots?after=-1", 422),
        ("/lots?after=" + LONG, 422),
        ("/lots?alien=1", 422),
        ("/lots?q=%00", 422),
        ("/lots/%00", 404),
        ("/lots/../secret", 404),
        ("/lots/NONE", 404),
        ("/lots/NONE/lineage", 404),
        ("/transformations/NONE", 404),
        ("/dispatches/NONE", 404),
        ("/certificates/NONE", 404),
        ("/certificates/NONE.pdf", 404),
        ("/nowhere", 404),
    ],
)
def test_an_address_that_asks_nonsense_is_told_so(house: House, path: str, status: int) -> None:
    answer = house.send("GET", path)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"


def test_a_method_that_is_not_there_names_those_that_are(house: House) -> None:
    answer = house.send("DELETE", "/lots/A")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/transformations", {"kind": "remelt", "inputs": [{"lot": "NONE", "kg": "1"}]}, "inputs.0.lot"),
        ("/transformations", {"kind": "sort", "furnace": "F1", "inputs": [{"lot": "A", "kg": "1"}]}, "furnace"),
        ("/transformations", {"kind": "remelt", "inputs": [{"lot": "A", "kg": "1"}] * 2}, "inputs.1.lot"),
        ("/transformations", {"kind": "remelt", "inputs": []}, "inputs"),
        ("/transformations", {"kind": "remelt", "inputs": [{"lot": "A"}]}, "inputs.0.kg"),
        ("/transformations", {"kind": "remelt", "inputs": [{"lot": "A", "kg": "1", "units": 1}]}, "inputs.0.units"),
        ("/transformations", {"kind": "burn", "inputs": [{"lot": "A", "kg": "1"}]}, "kind"),
    ],
)
def test_a_row_that_is_wrong_is_named_by_its_place(house: House, path: str, body: dict[str, Any], field: str) -> None:
    house.post("/scrap-lots", SLIP | {"number": "A"})
    outputs = [{"kind": "scrap" if body["kind"] == "sort" else "billet", "kg": "1", "alloy": "A6N01"}]
    step = {"site": "MC", "ended_at": "2026-10-02T09:00:00+09:00", "outputs": outputs}
    answer = house.post(path, step | body, status=422)
    assert field in answer["errors"], answer
