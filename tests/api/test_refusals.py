"""Every refusal of the ledger: its code, a sentence in both languages, and books that stand as they stood."""

from typing import Any

import pytest
from sqlalchemy import inspect, text

from tests.campaign import MADE, MELTED, SENT, WEIGHED, bodies, certificate, delivered, primary, scrap, three_bodies
from tests.house import House

BEFORE = "2026-09-01T09:00:00+09:00"
LATER = "2026-10-20T09:00:00+09:00"
BILLET = {"kind": "billet", "kg": "100", "alloy": "A6N01"}


def dump(house: House) -> dict[str, list[Any]]:
    """Everything in the database but the number series, whose gaps mean nothing."""
    with house.records.engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name != "number_series"]
        return {name: sorted(map(str, connection.execute(text(f"SELECT * FROM {name}")))) for name in tables}


def heat(lot: str, kg: str, output: dict[str, Any], at: str = MELTED, **other: Any) -> dict[str, Any]:
    step = {"kind": "remelt", "site": "MC", "ended_at": at}
    return step | {"inputs": [{"lot": lot, "kg": kg}], "outputs": [output]} | other


def move(lot: str, **other: Any) -> dict[str, Any]:
    return {"lot": lot, "to": "KB", "sent_at": LATER, "received_at": LATER} | other


def note(line: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {"customer": "TRUCK-M", "site": "MC", "dispatched_at": LATER, "lines": [line]} | other


@pytest.fixture
def books(house: House) -> House:
    """One body T left, a certified delivery D-1-1, one of another customer D-2-1, and a furnace with a heel."""
    three_bodies(house)
    certificate(house, delivered(house, "D-1", "T"))
    delivered(house, "D-2", "T", customer="RAIL-E")
    primary(house, "P")
    scrap(house, "S")
    tapped = [{**BILLET, "number": "B", "kg": "400"}, {"number": "HL", "kind": "heel", "kg": "90", "alloy": "A6N01"}]
    house.post("/transformations", heat("S", "500", BILLET, furnace="F1") | {"outputs": tapped})
    house.post("/transfers", move("P", kg="300", becomes="P-KB"))
    return house


STEP, MOVE, SEND, ISSUE = "/transformations", "/transfers", "/dispatches", "/certificates"
CASES: list[tuple[str, str, dict[str, Any], str]] = [
    ("more out than in", STEP, heat("S", "99", BILLET), "more_out_than_in"),
    ("more taken than is there", STEP, heat("S", "9999", BILLET), "not_enough_metal"),
    ("more units than there are", SEND, note({"lot": "T", "units": 2}), "not_enough_metal"),
    ("metal at another site", STEP, heat("P-KB", "200", BILLET, LATER), "wrong_place"),
    ("metal already delivered", SEND, note({"lot": "D-1-1", "units": 1}), "wrong_place"),
    ("to where it is already", MOVE, move("S", kg="10", to="MC"), "wrong_place"),
    ("a step before the metal was there", STEP, heat("S", "200", BILLET, BEFORE), "before_it_existed"),
    ("a transfer before the metal was there", MOVE, move("S", kg="10", sent_at=BEFORE), "before_it_existed"),
    (
        "a dispatch before the metal was there",
        SEND,
        note({"lot": "S", "kg": "10"}, dispatched_at=BEFORE),
        "before_it_existed",
    ),
    ("a heel left out", STEP, heat("S", "200", BILLET, LATER, furnace="F1"), "heel_left_out"),
    ("a heel taken in part", STEP, heat("HL", "50", {**BILLET, "kg": "40"}, LATER, furnace="F1"), "heel_left_out"),
    ("a heel in another furnace", STEP, heat("HL", "90", {**BILLET, "kg": "80"}, LATER, furnace="F2"), "wrong_place"),
    ("a heel moved", MOVE, move("HL", kg="90"), "kind_not_allowed"),
    ("a heel sent", SEND, note({"lot": "HL", "kg": "90"}), "kind_not_allowed"),
    ("a kind the step does not take", STEP, heat("B", "200", BILLET, LATER), "kind_not_allowed"),
    ("a kind the step does not make", STEP, heat("S", "200", {**BILLET, "kind": "scrap"}), "kind_not_allowed"),
    ("a delivery certified twice", ISSUE, {"customer": "TRUCK-M", "deliveries": ["D-1-1"]}, "already_certified"),
    ("another customer's delivery", ISSUE, {"customer": "TRUCK-M", "deliveries": ["D-2-1"]}, "other_customer"),
    ("what was not delivered", ISSUE, {"customer": "TRUCK-M", "deliveries": ["T"]}, "wrong_place"),
    ("a lot number used before", STEP, heat("S", "200", {**BILLET, "number": "T"}), "duplicate_number"),
    ("a delivery note used before", SEND, note({"lot": "T", "units": 1}, number="D-1"), "duplicate_number"),
    ("kilograms of what is counted", SEND, note({"lot": "T", "kg": "10"}), "units_required"),
    ("units of what is weighed", SEND, note({"lot": "S", "units": 1}), "no_units"),
    ("more arriving than was sent", MOVE, move("S", kg="10", received_kg="11"), "more_out_than_in"),
]


@pytest.mark.parametrize(("path", "body", "code"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_ledger_refuses_and_nothing_changes(books: House, path: str, body: dict[str, Any], code: str) -> None:
    before = dump(books)
    english = books.send("POST", path, json=body)
    japanese = books.send("POST", path, json=body, headers={"Accept-Language": "ja"})
    assert (english.status_code, english.get_json()["code"]) == (409, code), english.text
    assert english.mimetype == "application/problem+json"
    assert english.get_json()["detail"].isascii()
    assert not japanese.get_json()["detail"].isascii()
    assert dump(books) == before


def test_a_slip_registered_twice_at_a_site_is_refused(books: House) -> None:
    again = {"number": "NEW", "slip_number": "W-S"}
    slip = {"customer": "TRUCK-M", "item": "truck-body", "units": 1, "scrap_class": "post_consumer", "gross_kg": "800"}
    where = {"tare_kg": "0", "alloy": "mixed", "site": "MC", "weighed_at": WEIGHED}
    refused = books.post("/scrap-lots", again | slip | where, status=409)
    assert refused["code"] == "duplicate_slip"
    assert books.post("/scrap-lots", again | slip | where | {"site": "KB"})["slip_number"] == "W-S"


def test_revoking_twice_is_refused(books: House) -> None:
    path = "/certificates/GMC-2026-000001/revocation"
    assert books.post(path, {"reason": "wrong"})["status"] == "revoked"
    assert books.post(path, {"reason": "wrong"}, status=409)["code"] == "already_revoked"
    replacing = {"customer": "TRUCK-M", "deliveries": ["D-1-1"], "replaces": "GMC-2026-000001"}
    assert books.post("/certificates", replacing, status=409)["code"] == "already_revoked"


def test_an_item_takes_only_its_scrap_classes(house: House) -> None:
    slip = {
        "slip_number": "W",
        "customer": "TRUCK-M",
        "item": "truck-body",
        "units": 1,
        "gross_kg": "8",
        "tare_kg": "0",
    }
    rest = {"scrap_class": "pre_consumer", "alloy": "mixed", "site": "MC", "weighed_at": WEIGHED}
    assert house.post("/scrap-lots", slip | rest, status=409)["code"] == "kind_not_allowed"


def test_without_factors_of_the_day_nothing_is_entered(house: House) -> None:
    body = {"kind": "primary", "kg": "1", "alloy": "Al99.7", "site": "MC", "received_at": "2020-01-01T00:00:00+09:00"}
    assert house.post("/metal-lots", body, status=409)["code"] == "no_factors_in_force"


def test_a_name_the_font_cannot_show_reserves_nothing(books: House) -> None:
    with books.records.engine.begin() as connection:
        connection.execute(text("UPDATE customers SET name_ja = '例示𓀀運輸' WHERE code = 'RAIL-E'"))
    before = dump(books)
    refused = books.post("/certificates", {"customer": "RAIL-E", "deliveries": ["D-2-1"]}, status=422)
    assert "𓀀" in refused["errors"]["recipient.name_ja"][0]
    assert dump(books) == before


def test_a_certificate_that_is_refused_leaves_no_dispatch(books: House) -> None:
    before = dump(books)
    wanted = {"site": "MC", "dispatched_at": LATER, "lines": [{"lot": "S", "kg": "10"}]}
    body = {"customer": "TRUCK-M", "dispatch": wanted}
    assert books.post("/certificates", body, status=409)["code"] == "kind_not_allowed"
    assert dump(books) == before


def test_a_dispatch_and_its_certificate_are_one_deed(books: House) -> None:
    wanted = {"number": "D-9", "site": "MC", "dispatched_at": SENT, "lines": [{"lot": "T", "units": 1}]}
    issued = books.post("/certificates", {"customer": "TRUCK-M", "dispatch": wanted}, "sales")
    assert issued["lines"][0]["delivery"] == "D-9-1"
    assert books.get("/dispatches/D-9")["lots"][0]["units"] == 1


def test_a_product_has_units_where_its_item_has_a_unit_factor_and_nowhere_else(books: House) -> None:
    step = {"kind": "fabricate", "site": "MC", "ended_at": MADE, "inputs": [{"lot": "B", "kg": "400"}]}
    product = {"kind": "product", "kg": "380", "alloy": "A6N01", "item": "truck-body"}
    assert books.post(STEP, step | {"outputs": [product]}, status=409)["code"] == "units_required"
    profile = {**product, "item": "profile", "units": 1}
    assert books.post(STEP, step | {"outputs": [profile]}, status=409)["code"] == "no_units"
    assert bodies(books, "T2", "B", "400", "380", 1)["loss_kg"] == "20"


def test_a_furnace_without_a_name_is_the_sites_only_one_and_keeps_its_heel(house: House) -> None:
    scrap(house, "S")
    outputs = [{**BILLET, "kg": "400"}, {"number": "HL", "kind": "heel", "kg": "90", "alloy": "A6N01"}]
    house.post(STEP, heat("S", "500", BILLET) | {"outputs": outputs})
    refused = house.post(STEP, heat("S", "200", BILLET, LATER), status=409)
    assert refused["code"] == "heel_left_out"
    house.post(STEP, heat("S", "200", {**BILLET, "kg": "190"}, LATER, furnace="F9"))
    with_heel = [{"lot": "S", "kg": "200"}, {"lot": "HL", "kg": "90"}]
    done = house.post(STEP, heat("S", "200", {**BILLET, "kg": "280"}, LATER) | {"inputs": with_heel})
    assert done["loss_kg"] == "10"
