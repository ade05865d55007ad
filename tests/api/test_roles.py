"""The matrix role x route, whole: an unlisted route, or one without an audience, fails."""

import re

import pytest

from app.access import Role, audiences
from tests.house import House
from tests.tampering import tampered

LOGISTICS, PLANT, SALES = {"logistics"}, {"plant"}, {"sales"}
EVERYBODY = {"logistics", "plant", "sales"}
MATRIX = {
    ("POST", "/scrap-lots"): LOGISTICS,
    ("POST", "/metal-lots"): LOGISTICS | PLANT,
    ("GET", "/lots"): EVERYBODY,
    ("GET", "/lots/X"): EVERYBODY,
    ("GET", "/lots/X/lineage"): EVERYBODY,
    ("GET", "/lots/X/footprint"): EVERYBODY,
    ("GET", "/lots/X/footprint.pdf"): EVERYBODY,
    ("POST", "/quotes"): SALES,
    ("GET", "/quotes"): SALES,
    ("GET", "/quotes/X"): SALES,
    ("POST", "/quotes/X/lines/1/reservations"): SALES,
    ("POST", "/quotes/X/reservations/1/release"): SALES,
    ("POST", "/quotes/X/reservations/1/renewal"): SALES,
    ("POST", "/quotes/X/withdrawal"): SALES,
    ("POST", "/quotes/X/order"): SALES,
    ("POST", "/quotes/X/certificates"): SALES,
    ("POST", "/quotes/X/certificates/X/removal"): SALES,
    ("POST", "/quotes/X/packs"): SALES,
    ("GET", "/quotes/X/packs/1.pdf"): SALES,
    ("POST", "/transfers"): LOGISTICS,
    ("POST", "/transformations"): PLANT,
    ("GET", "/transformations/X"): EVERYBODY,
    ("POST", "/dispatches"): LOGISTICS | SALES,
    ("GET", "/dispatches/X"): EVERYBODY,
    ("POST", "/certificates"): SALES,
    ("GET", "/certificates"): SALES,
    ("GET", "/certificates/X"): SALES,
    ("GET", "/certificates/X.pdf"): SALES,
    ("POST", "/certificates/X/revocation"): SALES,
    ("GET", "/flags"): EVERYBODY,
    ("GET", "/audit"): set(),
    ("POST", "/flags/X/acceptance"): LOGISTICS | PLANT,
    ("POST", "/lots/X/reversal"): LOGISTICS | PLANT,
    ("POST", "/transformations/X/reversal"): PLANT,
    ("GET", "/transfers/X"): EVERYBODY,
    ("POST", "/transfers/X/reversal"): LOGISTICS,
    ("POST", "/dispatches/X/reversal"): LOGISTICS | SALES,
    ("POST", "/returns"): LOGISTICS,
    ("GET", "/returns/X"): EVERYBODY,
    ("POST", "/returns/X/reversal"): LOGISTICS,
    ("POST", "/write-offs"): LOGISTICS,
    ("GET", "/write-offs/X"): EVERYBODY,
    ("POST", "/write-offs/X/reversal"): LOGISTICS,
}
PUBLIC = {"/api/v1/openapi.json", "/api/v1/docs", "/health/live", "/health/ready", "/sign-in", "/verify"}


def routes(house: House) -> set[tuple[str, str]]:
    """(method, path with X for parameters, 1 for whole numbers) of every route under a key."""
    known = audiences(house.app)
    return {
        (method, re.sub(r"<[^>]+>", "X", re.sub(r"<int:[^>]+>", "1", rule.rule)).removeprefix("/api/v1"))
        for rule in house.app.url_map.iter_rules()
        if known[rule.endpoint] is not None and rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_names_its_audience(house: House) -> None:
    assert "unlisted" not in audiences(house.app).values()


def test_every_route_under_a_key_is_in_the_matrix(house: House) -> None:
    assert routes(house) == set(MATRIX)


@pytest.mark.parametrize(("method", "path"), MATRIX)
def test_each_role_may_do_what_the_matrix_says_and_no_more(house: House, method: str, path: str) -> None:
    for role in Role:
        allowed = role.value in MATRIX[method, path] or role is Role.ADMIN or (role is Role.AUDITOR and method == "GET")
        answer = house.send(method, path, role.value, json={} if method == "POST" else None)
        assert (answer.status_code != 403) == allowed, (role, answer.status_code)
        assert answer.status_code != 401
    assert house.client.open(f"/api/v1{path}", method=method, json={}).status_code == 401


@pytest.mark.parametrize("path", sorted(PUBLIC))
def test_public_routes_need_no_key(house: House, path: str) -> None:
    assert house.client.get(path).status_code in (200, 302)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer wrong", "Bearer " + "x" * 5000])
def test_what_is_no_key_in_force_is_401(house: House, header: str) -> None:
    answer = house.client.get("/api/v1/lots", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_an_expired_and_an_ended_key_are_401(house: House) -> None:
    with house.records.engine.begin() as connection:
        tampered(connection, "UPDATE api_keys SET expires_at = '2026-01-01' WHERE role = 'sales'")
        connection.exec_driver_sql("UPDATE api_keys SET ended_at = '2026-01-01' WHERE role = 'plant'")
    assert house.send("GET", "/lots", "sales").status_code == 401
    assert house.send("GET", "/lots", "plant").status_code == 401
