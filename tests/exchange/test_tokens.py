"""Tokens: who gets one, how long it holds, and that nothing is offered without it or without HTTPS."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from app.exchange.tokens import LASTS
from app.operations.exchange.clients import end_client
from app.operations.tries import SPAN, TRIES_FROM_ONE
from app.schemas.exchange.extension import data_schema
from tests.exchange.partner import Partner, certified, client_of, partner, refused, six_bodies
from tests.exchange.published import faults
from tests.house import PUBLIC_URL, House

NUL = base64.b64encode(b"\0:\0").decode()


def test_a_token_is_a_bearers_lasts_an_hour_and_no_cache_keeps_it(house: House) -> None:
    answer = Partner(house, client_of(house)).ask_token()
    said = answer.get_json()
    assert (answer.status_code, said["token_type"], said["expires_in"]) == (200, "Bearer", 3600)
    assert "no-store" in answer.headers["Cache-Control"]
    assert set(said) == {"access_token", "token_type", "expires_in"}


def test_name_and_secret_may_stand_in_the_form(house: House) -> None:
    made = client_of(house)
    words = {"grant_type": "client_credentials", "client_id": made.client_id, "client_secret": made.secret}
    assert Partner(house, made).ask_token(auth=None, data=words).status_code == 200


@pytest.mark.parametrize(
    ("options", "status", "error"),
    [
        ({"auth": None}, 401, "invalid_client"),
        ({"auth": ("nobody", "x")}, 401, "invalid_client"),
        ({"auth": ("", "")}, 401, "invalid_client"),
        ({"auth": ("a" * 5000, "b" * 5000)}, 401, "invalid_client"),
        ({"auth": None, "headers": {"Authorization": "Basic ***"}}, 401, "invalid_client"),
        ({"auth": None, "headers": {"Authorization": f"Basic {NUL}"}}, 401, "invalid_client"),
        ({"auth": None, "headers": {"Authorization": "Bearer x"}}, 401, "invalid_client"),
        ({"data": {"grant_type": "password"}}, 400, "unsupported_grant_type"),
        ({"data": {}}, 400, "invalid_request"),
        ({"data": "{}", "content_type": "application/json"}, 400, "invalid_request"),
    ],
)  # fmt: skip
def test_what_is_no_client_gets_no_token(house: House, options: dict[str, Any], status: int, error: str) -> None:
    answer = Partner(house, client_of(house)).ask_token(**options)
    assert (answer.status_code, answer.get_json()["error"]) == (status, error)
    assert answer.get_json()["error_description"]
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)


def test_a_wrong_secret_and_an_unknown_name_are_told_alike(house: House) -> None:
    knows = Partner(house, client_of(house))
    wrong, unknown = knows.ask_token("pact_wrong"), knows.ask_token(auth=("f" * 24, knows.made.secret))
    assert wrong.get_json() == unknown.get_json()


def test_wrong_tries_of_an_address_are_slowed_and_right_ones_are_not_counted(house: House) -> None:
    knows = Partner(house, client_of(house))
    for _ in range(TRIES_FROM_ONE):
        assert knows.ask_token().status_code == 200
        assert knows.ask_token("wrong").status_code == 401
    slowed = knows.ask_token()
    assert (slowed.status_code, slowed.headers["Retry-After"]) == (429, "900")
    assert knows.ask_token(environ_base={"REMOTE_ADDR": "192.0.2.9"}).status_code == 200  # nobody can shut it out
    house.clock.now += SPAN + timedelta(seconds=1)
    assert knows.ask_token().status_code == 200


def test_a_token_expires_and_a_client_that_ends_takes_its_tokens_with_it(house: House) -> None:
    one, two = partner(house), partner(house, expires_at=house.clock.now + LASTS / 2)
    house.clock.now += LASTS / 2
    refused(two.send("GET", "/3/footprints"), 403, "AccessDenied")
    assert two.ask_token().status_code == 401
    assert one.get("/3/footprints") == {"data": []}
    house.clock.now += LASTS / 2
    refused(one.send("GET", "/3/footprints"), 401, "TokenExpired")
    one.token = one.ask_token().get_json()["access_token"]
    with house.records.reading() as books:
        found = books.exchange_clients.find(one.made.client_id)
    assert found
    end_client(house.records, house.doer(), found.id)
    refused(one.send("GET", "/3/footprints"), 403, "AccessDenied")
    assert one.ask_token().status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic x", "Bearer x", "Bearer a.b", "Bearer " + "x" * 5000]
)
def test_what_is_no_token_of_ours_is_401(house: House, header: str) -> None:
    come_in = partner(house)
    for path in ("/3/footprints", "/3/footprints/x"):
        refused(come_in.send("GET", path, headers={"Authorization": header}), 401, "BadRequest")
    refused(come_in.send("POST", "/3/events", headers={"Authorization": header}), 401, "BadRequest")


def test_a_token_signed_for_something_else_is_none(house: House) -> None:
    come_in = partner(house)
    head, _, tail = come_in.token.rpartition(".")
    forged = base64.urlsafe_b64encode(json.dumps(["f" * 24, 2**40]).encode()).decode().rstrip("=")
    for token in (f"{forged}.{tail}", f"{head}.{tail[::-1]}", head, house.keys["admin"]):
        come_in.token = token
        refused(come_in.send("GET", "/3/footprints"), 401, "BadRequest")


def test_nothing_is_offered_without_https(house: House) -> None:
    come_in = partner(house)
    plain = {"base_url": PUBLIC_URL.replace("https", "http")}
    spoofed = {"X-Forwarded-Proto": "https", "Authorization": f"Bearer {come_in.token}"}
    for answer in (
        come_in.send("GET", "/3/footprints", **plain),
        come_in.send("GET", "/3/footprints", headers=spoofed, **plain),
        come_in.send("POST", "/3/events", json={}, **plain),
    ):
        refused(answer, 403, "AccessDenied")
    answer = come_in.ask_token(**plain)
    assert answer.status_code == 403
    assert "access_token" not in answer.text


def test_where_tokens_are_given_is_told(house: House) -> None:
    said = house.client.get("/.well-known/openid-configuration", base_url=PUBLIC_URL).get_json()
    assert said["token_endpoint"] == f"{PUBLIC_URL}/auth/token"
    assert said["grant_types_supported"] == ["client_credentials"]


def test_the_extensions_schema_and_its_documentation_are_open_to_everybody(house: House) -> None:
    six_bodies(house)
    certified(house, "D-1")
    [found] = partner(house).footprints()
    [extension] = found["extensions"]
    served = house.client.get(extension["dataSchema"].removeprefix(PUBLIC_URL), base_url=PUBLIC_URL)
    assert (served.status_code, json.loads(served.text)) == (200, data_schema(PUBLIC_URL))
    assert faults(json.loads(served.text), extension["data"]) == []
    told = house.client.get(extension["documentation"].removeprefix(PUBLIC_URL), base_url=PUBLIC_URL)
    assert (told.status_code, "オフセット" in told.text) == (200, True)
