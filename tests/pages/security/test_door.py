"""The door: tokens of this session only, cookies, headers, whose word is taken for where a request came from."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.current import EXTENSION
from app.factory import create_app
from app.operations.sign_in import TRIES_OF_ONE
from tests.campaign import certificate, delivered, three_bodies
from tests.house import PUBLIC_URL, House, settings
from tests.pages.staff.test_page_roles import MATRIX, addressed
from tests.pages.visitor import Visitor, visiting

EVIL = "evil.example"
SPOOFED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Port": "81",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": f"for=203.0.113.9;host={EVIL};proto=http",
    "X-Real-IP": "203.0.113.9",
    "X-Original-URL": "/admin",
    "X-HTTP-Method-Override": "POST",
}
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1+1", " =1")


def tries(house: House) -> list[str]:
    """Where tries to sign in came from, as the books tell it."""
    lines = [json.loads(line) for line in house.send("GET", "/audit", "auditor").text.splitlines()]
    return [each["subject"] for each in lines if (each["action"], each["subject_kind"]) == ("try", "address")]


def attempt(client: FlaskClient, headers: dict[str, str], address: str = "192.0.2.7") -> int:
    """Try to sign in with a wrong password, from an address, and say with headers that it is another."""
    where: dict[str, Any] = {"base_url": PUBLIC_URL, "environ_base": {"REMOTE_ADDR": address}}
    page = client.get("/sign-in", headers=headers, **where).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    words = {"csrf_token": token[1], "login": "hanako", "password": "wrong password"}
    return client.post("/sign-in", data=words, headers={"Referer": PUBLIC_URL + "/"} | headers, **where).status_code


def test_no_form_takes_the_token_of_another_session_or_of_another_site(house: House) -> None:
    thief, victim = visiting(house, "admin"), Visitor(house)
    thief.open("/me")
    stolen = thief.token()
    victim.sign_in("admin-person")
    victim.open("/me")
    own, before = victim.token(), len(tries(house))
    for path in ["/sign-in", *sorted(path for method, path in MATRIX if method == "POST")]:
        for token, referer in ((stolen, PUBLIC_URL), (own, f"https://{EVIL}"), (own, "")):
            answer = victim.client.post(
                addressed(path),
                data={"csrf_token": token, "form_key": "k"},
                base_url=PUBLIC_URL,
                headers={"Referer": referer + "/"} if referer else {},
            )
            assert answer.status_code == 400, (path, referer)
    assert len(tries(house)) == before
    assert victim.client.get("/me", base_url=PUBLIC_URL).status_code == 200  # nobody was signed out either


def test_a_token_of_before_signing_in_is_none_after(house: House) -> None:
    visitor = Visitor(house)
    visitor.open("/sign-in")
    early = visitor.token()
    visitor.sign_in(house.person("plant"))
    assert visitor.post("/sign-out", {"csrf_token": early}).status_code == 400


def test_the_session_cookie_is_for_this_host_and_no_script(house: House) -> None:
    visitor = Visitor(house)
    visitor.open("/sign-in")
    answer = visitor.send("/sign-in", {"login": house.person("plant"), "password": "correct horse battery"}, False)
    name, *said = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(said)
    assert not any(each.startswith("Domain") for each in said)


def test_without_https_the_cookie_is_still_for_no_script(house: House, tmp_path: Path) -> None:
    plain = "http://loop.example.jp"
    app = create_app(settings(house.records.engine.url.render_as_string(False), tmp_path, plain))
    set_cookie = app.test_client().get("/sign-in", base_url=plain).headers["Set-Cookie"]
    app.extensions[EXTENSION].records.dispose()
    assert "session=" in set_cookie
    assert "__Host-" not in set_cookie
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie


def test_every_page_carries_its_policy(house: House) -> None:
    visitor, nonces = visiting(house, "admin"), []
    paths = [addressed(path) for method, path in MATRIX if method == "GET"] + ["/nowhere", "/sign-in", "/verify"]
    for path in paths:
        headers = visitor.client.get(path, base_url=PUBLIC_URL).headers
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'", path
        assert re.fullmatch(r"'nonce-[\w-]{22}'", policy["script-src"]), path
        assert (policy["style-src"], policy["form-action"]) == ("'self'", "'self'"), path
        nonces.append(policy["script-src"])
        assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY"), path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert "no-store" in headers["Cache-Control"] or path.startswith("/photos/"), path
    assert len(set(nonces)) == len(paths)


def test_nobodys_word_is_taken_for_where_a_request_came_from(house: House) -> None:
    house.person("plant", "hanako")
    for n in range(TRIES_OF_ONE):
        headers = SPOOFED | {"X-Forwarded-For": f"203.0.113.{n}"}
        assert attempt(house.app.test_client(), headers) == 401
    assert attempt(house.app.test_client(), SPOOFED) == 429
    assert tries(house) == ["192.0.2.7"] * TRIES_OF_ONE


def test_of_a_trusted_proxy_only_the_last_word_is_taken(house: House, tmp_path: Path) -> None:
    config = replace(settings(house.records.engine.url.render_as_string(False), tmp_path), trusted_proxies=1)
    app = create_app(config)
    headers = SPOOFED | {"X-Forwarded-For": "203.0.113.1, 198.51.100.2", "X-Forwarded-Proto": "https"}
    assert attempt(app.test_client(), headers) == 401
    page = app.test_client().get("/sign-in", base_url=PUBLIC_URL, headers=headers)
    app.extensions[EXTENSION].records.dispose()
    assert tries(house) == ["198.51.100.2"]
    assert EVIL not in page.text


def test_a_host_that_is_not_ours_is_in_no_link(house: House) -> None:
    three_bodies(house)
    code = certificate(house, delivered(house, "D-1", "T"))["code"]
    visitor = visiting(house, "admin")
    for path in ("/", "/lots/A", "/labels?lots=A", "/sign-in", f"/c/{code}", "/nowhere", "/lots//A", "/L/A"):
        answer = visitor.client.get(path, base_url=PUBLIC_URL, headers={"Host": EVIL} | SPOOFED)
        linked = re.findall(r'(?:href|src|action)="([^"]*)"', answer.text)
        assert not any(EVIL in address for address in linked), path
        assert EVIL not in answer.headers.get("Location", ""), path


def test_nothing_in_a_file_for_spreadsheets_is_run_as_a_formula(house: House) -> None:
    three_bodies(house)
    visitor = visiting(house, "admin")
    for n, formula in enumerate(FORMULAS):
        visitor.open("/admin/customers")
        words = {"code": f"F{n}", "name_ja": formula, "name_en": formula}
        assert visitor.send("/admin/customers", words).status_code == 200
    visitor.open("/lots/A")
    for path in ("/lots/A.csv", "/ledger/audit?format=csv"):
        text = visitor.client.get(path, base_url=PUBLIC_URL).get_data(as_text=True).lstrip("\ufeff")
        assert text
        for line in text.splitlines():
            assert not any(re.match(r'"?\s*[=+@\uff1d]', cell) for cell in line.split(",")[:6]), line


@pytest.mark.parametrize(
    "wanted", ["/\t/evil.example", "/\\evil.example", "//evil.example", "/%5cevil.example", "/ok?a=//b"]
)
def test_whoever_signs_in_stays_with_us(house: House, wanted: str) -> None:
    visitor = Visitor(house)
    answer = visitor.sign_in(house.person("plant"), after=wanted)
    location = answer.headers["Location"]
    assert location.startswith("/")
    assert not re.match(r"/[/\\\s]", location)
