"""The contract's own examples, and what lists, numbers and moments promise."""

from typing import Any

from tests.campaign import certificate, delivered, scrap, three_bodies
from tests.house import House

SLIP = {
    "number": "A",
    "slip_number": "W10-0001",
    "customer": "TRUCK-M",
    "item": "truck-body",
    "units": 3,
    "scrap_class": "post_consumer",
    "gross_kg": "10450",
    "tare_kg": "8000",
    "deduction_kg": "50",
    "alloy": "mixed",
    "site": "MC",
    "bay": "A-1",
    "vehicle": "富士100か1234",
    "weighed_at": "2026-10-01T15:55:00+09:00",
}


def among(answer: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: answer[name] for name in names}


def test_a_slip_becomes_a_lot_as_the_contract_shows(house: House) -> None:
    lot = house.post("/scrap-lots", SLIP, "logistics")
    shown = ("number", "kind", "place", "mass_kg", "remaining_kg", "net_kg", "potential_avoided_co2_kg", "flags")
    assert among(lot, *shown) == {
        "number": "A",
        "kind": "scrap",
        "place": "MC",
        "mass_kg": "2400",
        "remaining_kg": "2400",
        "net_kg": "2400",
        "potential_avoided_co2_kg": "24000",
        "flags": [],
    }


def test_a_heat_and_its_billet_are_as_the_contract_shows(house: House) -> None:
    house.post("/scrap-lots", SLIP)
    metal = {"number": "P", "kind": "primary", "kg": 2000, "alloy": "Al99.7", "site": "MC"}
    own = {"kg_per_kg": "4.2", "document": "EPD-123", "issuer": "S", "valid_until": "2027-12-31"}
    house.post("/metal-lots", metal | {"received_at": "2026-10-01T09:00:00+09:00", "footprint": own}, "plant")
    heat = {
        "number": "H26-1001",
        "kind": "remelt",
        "site": "MC",
        "furnace": "F1",
        "ended_at": "2026-10-02T14:30:00+09:00",
        "inputs": [{"lot": "A", "kg": "2400"}, {"lot": "P", "kg": "2000"}],
        "outputs": [{"number": "L1", "kind": "billet", "kg": "4290", "alloy": "A6N01", "pieces": 6}],
    }
    done = house.post("/transformations", heat, "plant")
    assert among(done, "number", "loss_kg", "yield", "flags") == {
        "number": "H26-1001",
        "loss_kg": "110",
        "yield": "0.9750",
        "flags": [],
    }
    assert house.get("/lots/l1") == house.get("/lots/L1")
    shown = (
        "kind",
        "place",
        "mass_kg",
        "remaining_kg",
        "embodied_co2_kg",
        "remaining_embodied_co2_kg",
        "content",
        "pieces",
    )
    assert among(house.get("/lots/L1"), *shown) == {
        "kind": "billet",
        "place": "MC",
        "mass_kg": "4290",
        "remaining_kg": "4290",
        "embodied_co2_kg": "9264",
        "remaining_embodied_co2_kg": "9264",
        "content": [
            {"origin": "A", "kg": "2340", "remaining_kg": "2340"},
            {"origin": "P", "kg": "1950", "remaining_kg": "1950"},
        ],
        "pieces": 6,
    }
    assert house.get("/transformations/H26-1001") == done


def test_a_certificate_is_as_the_contract_shows(house: House) -> None:
    three_bodies(house)
    issued = certificate(house, delivered(house, "D-118", "T"), valid_until="2029-10-01")
    shown = ("number", "status", "mass_kg", "valid_until", "replaces", "replaced_by")
    assert among(issued, *shown) == {
        "number": "GMC-2026-000001",
        "status": "issued",
        "mass_kg": "700",
        "valid_until": "2029-10-01",
        "replaces": None,
        "replaced_by": None,
    }
    assert among(issued["recycled"], "post_consumer_kg", "pre_consumer_kg", "closed_loop_kg") == {
        "post_consumer_kg": "700",
        "pre_consumer_kg": "0",
        "closed_loop_kg": "700",
    }
    assert issued["verify_url"] == f"https://loop.example.jp/C/{issued['code']}"
    [line] = issued["lines"]
    assert among(line, "delivery", "lot", "kg", "units", "claimed_kg", "by_unit_kg", "by_mass_kg") == {
        "delivery": "D-118-1",
        "lot": "T",
        "kg": "700",
        "units": 1,
        "claimed_kg": "8000",
        "by_unit_kg": "8000",
        "by_mass_kg": "8148",
    }
    assert house.get("/certificates/GMC-2026-000001") == issued
    assert house.get("/certificates")["items"][0]["number"] == "GMC-2026-000001"
    lineage = house.get("/lots/A/lineage")
    assert lineage["certificates"] == [{"number": "GMC-2026-000001", "status": "issued", "delivery": "D-118-1"}]
    assert {edge["deed"] for edge in lineage["downstream"]} == {"transformation", "dispatch"}


def test_numbers_are_folded_and_given_where_left_out(house: House) -> None:
    plain = {name: value for name, value in SLIP.items() if name not in ("number", "bay", "vehicle", "deduction_kg")}
    first = house.post("/scrap-lots", plain | {"slip_number": "ｗ１０－1"})
    assert (first["number"], first["slip_number"], first["deduction_kg"]) == ("S26-0001", "W10-1", "0")
    assert (first["bay"], first["vehicle"]) == (None, None)
    assert scrap(house, "S26-0002")["number"] == "S26-0002"
    assert house.post("/scrap-lots", plain | {"slip_number": "W3"})["number"] == "S26-0003"


def test_a_moment_without_an_offset_is_japan_time_and_an_alloy_has_aliases(house: House) -> None:
    lot = house.post("/scrap-lots", SLIP | {"weighed_at": "2026-10-01T15:55:00", "alloy": "A6005C"})
    assert (lot["weighed_at"], lot["alloy"]) == ("2026-10-01T15:55:00+09:00", "A6N01")
    utc = house.post("/scrap-lots", SLIP | {"number": "B", "slip_number": "B", "weighed_at": "2026-10-01T06:55:00Z"})
    assert utc["weighed_at"] == "2026-10-01T15:55:00+09:00"


def test_a_list_is_read_to_its_end_without_gaps_or_doubles(house: House) -> None:
    for n in range(7):
        scrap(house, f"S{n}", customer="TRUCK-M" if n % 2 else "TRUCK-K")
    path, seen = "/lots?limit=3", []
    while path:
        answer = house.send("GET", path)
        seen += [lot["number"] for lot in answer.get_json()["items"]]
        assert all("content" not in lot for lot in answer.get_json()["items"])
        link = answer.headers.get("Link", "")
        path = link.partition(">")[0].rpartition("/api/v1")[2]
    assert seen == [f"S{n}" for n in reversed(range(7))]
    assert [lot["number"] for lot in house.get("/lots?customer=TRUCK-M")["items"]] == ["S5", "S3", "S1"]
    assert [lot["number"] for lot in house.get("/lots?q=w-s4")["items"]] == ["S4"]
    assert house.get("/lots?q=%25")["items"] == []
    assert house.get("/lots?kind=billet")["items"] == []
    assert len(house.get("/lots?place=MC")["items"]) == 7


def test_flags_are_recorded_and_shown_where_the_record_is(house: House) -> None:
    lot = scrap(house, "LIGHT", kg="10")
    assert [flag["rule"] for flag in lot["flags"]] == ["weight-outside-band"]
    [flag] = house.get("/flags?open=true")["items"]
    assert (flag["lot"], flag["recorded_by"], flag["accepted_at"]) == ("LIGHT", "admin-person", None)
    own = {"kg_per_kg": "3.999", "document": "D", "issuer": "I", "valid_until": "2030-01-01"}
    metal = {"number": "P", "kind": "primary", "kg": "10", "alloy": "Al99.7", "site": "MC"}
    bought = house.post("/metal-lots", metal | {"received_at": "2026-10-01T09:00:00+09:00", "footprint": own})
    assert [flag["rule"] for flag in bought["flags"]] == ["bought-metal-below"]
    house.post(f"/flags/{bought['flags'][0]['id']}/acceptance", {"reason": "the document was seen"}, "plant")
    moved = {"lot": "P", "to": "KB", "kg": "10", "received_kg": "9.949"}
    sent = house.post("/transfers", moved | {"sent_at": "2026-10-02", "received_at": "2026-10-02"})
    assert {flag["rule"] for flag in sent["flags"]} >= {"transfer-short"}


def test_the_document_lists_every_route_with_its_errors(house: House) -> None:
    document = house.client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    rules = {rule.rule for rule in house.app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    paths = {rule.removeprefix("/api/v1") for rule in rules}
    under_key = {path.replace("<number>", "{number}") for path in paths if path.startswith(("/lots", "/certificates"))}
    assert under_key
    assert {path.removeprefix("/api/v1") for path in document["paths"]} >= under_key
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):
                assert {"401", "403", "503"} <= set(operation["responses"])


def test_the_page_to_browse_the_document_loads_nothing_from_elsewhere(house: House) -> None:
    page = house.client.get("/api/v1/docs")
    assert "http" not in page.text.replace("http-equiv", "")
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon-32x32.png"):
        assert house.client.get(f"/api/v1/docs/{name}").status_code == 200
    assert house.client.get("/api/v1/docs/other.js").status_code == 404
