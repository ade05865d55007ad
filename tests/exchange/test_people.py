"""Administrators keep clients: a secret is shown once, and is then in no table, no log, no page and no audit row."""

import json
import re
from dataclasses import replace
from pathlib import Path

from app.factory import create_app
from app.operations.exchange.clients import Callback, ClientMade
from app.operations.exchange.delivery import ABANDONED_AFTER, deliver_due
from tests.exchange.partner import SOURCE, Partner, certified, partner, refused, six_bodies
from tests.house import PUBLIC_URL, House, settings
from tests.pages.security.test_secrets import everything_kept
from tests.pages.visitor import Visitor, visiting

SHOWN = re.compile(r'<p class="secret">([^<]+)</p>')
THERE = " our Secret there "
WORDS = {
    "customer": "TRUCK-M",
    "callback_url": SOURCE,
    "callback_client_id": "loop",
    "callback_secret": THERE,
}


def made_on_the_page(house: House, admin: Visitor, words: dict[str, str]) -> ClientMade:
    admin.open("/admin/exchange")
    shown = admin.send("/admin/exchange", words)
    assert shown.status_code == 200, shown.text
    return ClientMade(*SHOWN.findall(shown.text))


def test_a_client_is_made_and_its_secret_shown_once(house: House) -> None:
    admin = visiting(house, "admin")
    made = made_on_the_page(house, admin, WORDS)
    assert Partner(house, made).ask_token().status_code == 200
    page = admin.open("/admin/exchange")
    assert made.client_id in page
    assert SOURCE in page
    told = [page, everything_kept(house), house.send("GET", "/audit", "auditor").text]
    for text in told:
        assert made.secret not in text
        assert THERE.strip() not in text
    assert house.service.outbound.seal.open(_sealed(house)) == THERE  # as it was typed


def _sealed(house: House) -> str:
    with house.records.engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT callback_secret FROM exchange_clients").scalar_one())


def test_pressed_twice_it_is_made_once_and_the_secret_is_not_shown_again(house: House) -> None:
    admin = visiting(house, "admin")
    admin.open("/admin/exchange")
    words = admin.form("/admin/exchange").words | WORDS
    first, second = admin.post("/admin/exchange", words), admin.post("/admin/exchange", words)
    assert (first.status_code, second.status_code) == (200, 303)
    assert admin.open("/admin/exchange").count('class="gone"') == 0
    assert len(re.findall(r"/admin/exchange/\d+/end", admin.page)) == 1


def test_where_events_go_to_is_given_whole_or_not_at_all(house: House) -> None:
    admin = visiting(house, "admin")
    for missing in ("callback_url", "callback_client_id", "callback_secret"):
        admin.open("/admin/exchange")
        told = admin.send("/admin/exchange", {name: text for name, text in WORDS.items() if name != missing})
        assert told.status_code == 422
        assert "together, or none of them" in told.text
        assert THERE.strip() not in told.text
    for address in (
        "http://pact.example.com",
        "https://u@pact.example.com",
        "https://x.example/?a=1",
        "ftp://x",
        "https://",
    ):
        admin.open("/admin/exchange")
        told = admin.send("/admin/exchange", WORDS | {"callback_url": address})
        assert (told.status_code, "begins with https://" in told.text) == (422, True), address
    assert "No clients yet" in admin.open("/admin/exchange")


def test_what_did_not_arrive_is_told_with_its_reason(house: House) -> None:
    six_bodies(house)
    partner(house, callback=Callback("https://localhost:1", "loop", THERE))
    partner(house)
    for n in range(2):
        certified(house, f"D-{n}")
    admin = visiting(house, "admin")
    assert "2 events wait, 0 were given up" in admin.open("/admin/exchange")
    deliver_due(house.records, house.service.outbound, "tester", house.clock)
    house.clock.now += ABANDONED_AFTER
    deliver_due(house.records, house.service.outbound, "tester", house.clock)
    admin.sign_in("admin-person")
    assert "1 events wait, 1 were given up" in admin.open("/admin/exchange")
    assert "refused" in admin.text()
    assert admin.page.count("were given up") == 1


def test_a_client_that_is_ended_comes_in_no_more(house: House) -> None:
    admin = visiting(house, "admin")
    made = made_on_the_page(house, admin, {"customer": "TRUCK-M", "expires": "2027-01-01"})
    come_in = Partner(house, made)
    come_in.token = come_in.ask_token().get_json()["access_token"]
    admin.open("/admin/exchange")
    [address] = re.findall(r"/admin/exchange/\d+/end", admin.page)
    assert admin.send(address, {}, follow=False).status_code == 303
    assert "Ended" in admin.open("/admin/exchange")
    refused(come_in.send("GET", "/3/footprints"), 403, "AccessDenied")
    actions = [json.loads(line) for line in house.send("GET", "/audit", "auditor").text.splitlines()]
    said = [each["action"] for each in actions if each["subject_kind"] == "exchange_client"]
    assert said == ["create", "token", "end"]


def test_behind_a_trusted_proxy_its_word_on_https_is_taken(house: House, tmp_path: Path) -> None:
    url = house.records.engine.url.render_as_string(False)
    app = create_app(replace(settings(url, tmp_path), trusted_proxies=1))
    plain, headers = PUBLIC_URL.replace("https", "http"), {"X-Forwarded-Proto": "https"}
    path = "/.well-known/openid-configuration"
    try:
        assert app.test_client().get(path, base_url=plain, headers=headers).status_code == 200
        assert app.test_client().get(path, base_url=plain).status_code == 403
    finally:
        app.extensions["loop-ledger"].records.dispose()
