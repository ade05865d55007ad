"""The audit log: a row for every deed, and an export that auditors can open without harm."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from app.lookups.audit import audit_entries
from app.records.unit import Records, Unavailable
from app.schemas.audit import Format, written
from tests.api.test_roles import MATRIX
from tests.campaign import (
    SENT,
    UNTIL,
    WEIGHED,
    attached,
    certificate,
    delivered,
    held,
    primary,
    quote,
    scrap,
    three_bodies,
)
from tests.house import House

FORMULAS = ("=HYPERLINK(1)", "+1", "-1", "@x", "＝1", "＠x", " =1", "\u3000＝1", "\n=1", "\t1", "\u200b=1")


def lines(house: House, query: str = "", role: str = "auditor") -> list[dict[str, Any]]:
    answer = house.send("GET", f"/audit{query}", role)
    assert (answer.status_code, answer.mimetype) == (200, "application/x-ndjson")
    return [json.loads(line) for line in answer.text.splitlines()]


def table(house: House, query: str = "") -> list[dict[str, str]]:
    answer = house.send("GET", f"/audit?format=csv{query}", "auditor")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_the_log_says_who_did_what_before_and_after_and_by_which_request(house: House) -> None:
    house.clock.now = house.clock.now.replace(hour=15)
    scrap(house, "A")
    answer = house.send("POST", "/lots/A/reversal", "logistics", json={"reason": "entered twice"})
    last = lines(house)[-1]
    assert (last["person"], last["action"], last["subject_kind"], last["subject"]) == (
        "logistics-person",
        "reverse",
        "lot",
        "A",
    )
    assert last["after"]["reason"] == "entered twice"
    assert last["before"] == {"lots": [["A", 2400000]]}
    assert last["request_id"] == answer.headers["X-Request-Id"]
    assert last["at"] == "2026-11-20T15:00:00+09:00"


def test_csv_and_json_lines_tell_the_same(house: House) -> None:
    three_bodies(house)
    told, listed = lines(house), table(house)
    assert [row["id"] for row in listed] == [str(row["id"]) for row in told]
    assert [json.loads(row["after"]) if row["after"] else None for row in listed] == [row["after"] for row in told]


def test_no_cell_of_the_csv_is_run_as_a_formula(house: House) -> None:
    with house.records.engine.begin() as connection:
        for formula in FORMULAS:
            connection.execute(
                text(
                    "INSERT INTO audit_log (at, person, action, subject_kind, subject)"
                    " VALUES ('2026-11-20 00:00:00', :person, 'a', 'k', :person)"
                ),
                {"person": formula},
            )
    cells = [row[name] for row in table(house) for name in row if row[name]]
    assert [cell for cell in cells if re.match(r"[\t\r\n]|[\s\u200b]*[=+\-@＝＋－＠]", cell)] == []
    assert [row["person"] for row in lines(house)][-len(FORMULAS) :] == list(FORMULAS)


def test_days_are_japanese_and_inclusive(house: House) -> None:
    scrap(house, "A")
    assert [
        row["subject"] for row in lines(house, "?from=2026-11-20&to=2026-11-20") if row["action"] == "register"
    ] == ["A"]
    assert lines(house, "?from=2026-11-21") == []
    assert [row for row in lines(house, "?to=2026-11-19") if row["action"] == "register"] == []


@pytest.mark.parametrize(
    "query", ["?format=xls", "?from=yesterday", "?other=1", "?to=0001-01-01", "?from=2026-10-02&to=2026-10-01"]
)
def test_a_malformed_query_is_422(house: House, query: str) -> None:
    assert house.send("GET", f"/audit{query}", "auditor").status_code == 422


def test_an_export_is_a_file_that_no_cache_keeps_and_the_document_tells_both_kinds(house: House) -> None:
    for wanted, media_type in (("csv", "text/csv"), ("jsonl", "application/x-ndjson")):
        answer = house.send("GET", f"/audit?format={wanted}", "auditor")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="audit.{wanted}"'
        assert (answer.headers["Cache-Control"], answer.mimetype) == ("no-store", media_type)
    operation = house.client.get("/api/v1/openapi.json").get_json()["paths"]["/api/v1/audit"]["get"]
    assert set(operation["responses"]["200"]["content"]) == {"text/csv", "application/x-ndjson"}
    assert {parameter["name"] for parameter in operation["parameters"]} == {"format", "from", "to"}


@pytest.mark.parametrize("wanted", Format)
def test_a_database_that_does_not_answer_is_told_before_the_answer_begins(house: House, wanted: Format) -> None:
    house.records.dispose()
    gone = Records(f"sqlite:///{house.app.root_path}")  # a folder
    with pytest.raises(Unavailable):
        written(audit_entries(gone, None, None), wanted)


def test_a_reader_who_leaves_gives_the_connection_back(house: House) -> None:
    three_bodies(house)
    pool = house.records.engine.pool
    before = pool.checkedout()  # type: ignore[attr-defined]
    portions = written(audit_entries(house.records, None, None), Format.CSV)
    next(portions)
    del portions
    assert pool.checkedout() == before  # type: ignore[attr-defined]


def rows(house: House) -> int:
    with house.records.reading() as books:
        return int(books.connection.execute(text("SELECT count(*) FROM audit_log")).scalar_one())


def deed(house: House, path: str) -> tuple[str, dict[str, Any]]:
    """A request to a mutating route that succeeds, with what it needs made first."""
    why = {"reason": "for the test"}
    note = {"number": "D-9", "customer": "TRUCK-M", "site": "MC", "dispatched_at": SENT}
    moved = {"number": "M9", "to": "NG", "sent_at": SENT, "received_at": SENT}
    metal = {"kind": "primary", "kg": "10", "alloy": "Al99.7", "site": "MC", "received_at": WEIGHED}
    heat: dict[str, Any] = {"number": "H9", "kind": "remelt", "site": "MC", "ended_at": SENT}
    heat |= {"inputs": [{"lot": "P", "kg": "100"}], "outputs": [{"kind": "billet", "kg": "98", "alloy": "A6N01"}]}
    slip = {"slip_number": "W9", "customer": "TRUCK-M", "item": "truck-body", "units": 3, "gross_kg": "2400"}
    slip |= {"scrap_class": "post_consumer", "tare_kg": "0", "alloy": "mixed", "site": "MC", "weighed_at": WEIGHED}
    gone = {"number": "WO9", "lot": "P", "kg": "1", **why}
    three_bodies(house)
    primary(house, "P")
    made: dict[str, Callable[[], dict[str, Any]]] = {
        "/scrap-lots": lambda: slip,
        "/metal-lots": lambda: metal,
        "/transformations": lambda: heat,
        "/transfers": lambda: moved | {"lot": "P", "kg": "2000"},
        "/dispatches": lambda: note | {"lines": [{"lot": "T", "units": 1}]},
        "/certificates": lambda: {"customer": "TRUCK-M", "deliveries": [delivered(house, "D-1", "T")]},
        "/returns": lambda: {"number": "RT9", "lot": delivered(house, "D-1", "T"), "site": "MC"},
        "/write-offs": lambda: gone,
    }
    if path in made:
        return path, made[path]()
    if path == "/lots/X/reversal":
        return "/lots/P/reversal", why
    if path == "/certificates/X/revocation":
        return f"/certificates/{certificate(house, delivered(house, 'D-1', 'T'))['number']}/revocation", why
    if path == "/flags/X/acceptance":
        return f"/flags/{house.post('/write-offs', gone, 'logistics')['flags'][0]['id']}/acceptance", why
    if path.startswith("/quotes"):
        return quote_deed(house, path)
    first = path.removesuffix("/X/reversal")
    body = made[first]()
    house.post(first, body)
    return f"{first}/{body['number']}/reversal", why


def quote_deed(house: House, path: str) -> tuple[str, dict[str, Any]]:
    """The same of a route of a quote: there are one with metal held, and a certificate to go with it."""
    quote(house)
    reservation, number = held(house, "T"), certificate(house, delivered(house, "D-1", "T"))["number"]
    line = {"kind": "product", "item": "truck-body", "units": 1}
    made: dict[str, Callable[[], dict[str, Any]]] = {
        "/quotes": lambda: {"customer": "TRUCK-M", "valid_until": UNTIL, "lines": [line]},
        "/quotes/X/lines/1/reservations": lambda: {"lot": "T", "units": 1, "until": UNTIL},
        "/quotes/X/reservations/1/release": dict,
        "/quotes/X/reservations/1/renewal": lambda: {"until": "2026-12-24"},
        "/quotes/X/withdrawal": dict,
        "/quotes/X/order": lambda: {"site": "MC", "dispatched_at": SENT},
        "/quotes/X/certificates": lambda: {"certificate": number},
        "/quotes/X/certificates/X/removal": dict,
        "/quotes/X/packs": lambda: {"sent_to": "資材部"},
    }
    if path.endswith("/removal"):
        attached(house, number)
    address = path.replace("/quotes/X", "/quotes/Q-1").replace("/certificates/X", f"/certificates/{number}")
    return address.replace("/reservations/1", f"/reservations/{reservation}"), made[path]()


@pytest.mark.parametrize("path", sorted(path for method, path in MATRIX if method == "POST"))
def test_every_mutating_route_leaves_an_audit_row(house: House, path: str) -> None:
    address, body = deed(house, path)
    before = rows(house)
    answer = house.send("POST", address, "admin", json=body)
    assert answer.status_code == 201, answer.text
    assert rows(house) > before
    assert lines(house)[-1]["request_id"] == answer.headers["X-Request-Id"]
