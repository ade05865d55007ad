"""Markup typed into every text field there is: it is shown as it was typed, on every page, and never becomes markup."""

import importlib
import io
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import fields

import app.schemas
from app.schemas.fields import Text
from app.schemas.shapes import Strict
from tests.campaign import certificate, scrap
from tests.house import PASSWORD, PUBLIC_URL, House
from tests.pages.addresses import everywhere
from tests.pages.security.markup import PAYLOADS, foreign, payload
from tests.pages.staff.deeds import AT, DEEDS, QUOTE, issued, sent, slips, written_off
from tests.pages.staff.pdfs import minimal_pdf
from tests.pages.visitor import Visitor

# Every schema there is, whether or not a door has asked for it yet.
SCHEMAS = [importlib.import_module(each.name) for each in pkgutil.walk_packages(app.schemas.__path__, "app.schemas.")]
NONCE = re.compile(r"script-src 'nonce-([^']+)'")
# Codes of master data and words of few choices: what is not one of them is refused.
CODES = {"customer", "site", "to", "item", "scrap_class", "alloy", "furnace", "key", "name_public", "active"}
# Fields that take any text, by schema: each is filled with markup by ``poisoned`` below.
FREE = {
    "WriteOffSchema": {"reason"},
    "CertificateSchema": {"quote"},
    "_RowSchema": {"quote"},  # the same words from a file of certificates
    "ReasonSchema": {"reason"},
    "ReturnSchema": {"reason"},
    "ScrapLotSchema": {"bay", "vehicle"},
    "SupplierFootprintSchema": {"document", "issuer"},
    "CustomerSchema": {"name_ja", "name_en"},
    "SiteSchema": {"name_ja", "name_en"},
    "ItemSchema": {"name_ja", "name_en", "counter_ja", "note"},
    "FactorSchema": {"source", "note"},
    "PersonSchema": {"name"},
    "PersonChangeSchema": {"name"},
    "ExchangeClientSchema": {"callback_url", "callback_token_url", "callback_client_id"},
    "KeySchema": {"owner"},
    "QuoteSchema": {"note"},
    "PackSchema": {"sent_to"},
}
ASKED = (
    "q",
    "done",
    "lot",
    "lots",
    "saved",
    "number",
    "check",
    "customer",
    "replaces",
    "delivery",
    "next",
    "kind",
    "place",
)


def _below(schema: type[Strict]) -> Iterator[type[Strict]]:
    for each in schema.__subclasses__():
        if each.__module__.startswith(f"{app.schemas.__name__}."):  # the API's queries are shown by no page
            yield each
        yield from _below(each)


def texts() -> dict[str, set[str]]:
    """Every field of text of every schema, but for codes."""
    found: dict[str, set[str]] = {}
    for schema in _below(Strict):
        for name, each in schema().fields.items():
            if isinstance(each.inner if isinstance(each, fields.List) else each, Text) and name not in CODES:
                found.setdefault(schema.__name__, set()).add(name)
    return found


def test_every_text_field_is_attacked() -> None:
    assert texts() == FREE


@pytest.fixture(scope="module")
def attacker(lived_in: House) -> Visitor:
    visitor = Visitor(lived_in)
    assert visitor.sign_in("admin").status_code == 303
    return visitor


@pytest.fixture(scope="module")
def poisoned(lived_in: House, attacker: Visitor) -> list[str]:
    """Every address, once every text field that is kept holds markup."""
    found = everywhere(lived_in)
    _master_data(attacker)
    return [*found, *_records(lived_in), *_public(lived_in)]


def _master_data(attacker: Visitor) -> None:
    called = {"name_ja": payload(200), "name_en": payload(200, 1)}
    _typed(attacker, "/admin/customers/TRUCK-M", called | {"name_public": "yes"})
    short = {"name_ja": payload(10), "name_en": payload(10)}  # or no certificate has room for it
    _typed(attacker, "/admin/sites/MC", short | {"does": "sort remelt cast extrude fabricate"})
    item = {"counter_ja": payload(10), "note": payload(200), "scrap_classes": "post_consumer internal"}
    _typed(attacker, "/admin/items/truck-body", called | item)
    factor = {"key": "carbon-price", "value": "10000", "valid_from": "2027-01-01"}
    _typed(attacker, "/admin/factors", factor | {"source": payload(200), "note": payload(200, 1)})
    person = {"name": payload(200), "role": "plant"}
    _typed(attacker, "/admin/people", person | {"login": "poisoned", "password": PASSWORD})
    _typed(attacker, "/admin/people/plant", person | {"active": "yes"})
    _typed(attacker, "/quotes", QUOTE | {"number": "QP", "valid_until": "2026-12-20", "note": payload(200)})
    upload = {"file": (io.BytesIO(minimal_pdf()), payload(100).replace('"', "%22") + ".pdf")}  # as browsers write it
    _typed(attacker, "/quotes/QP/file", upload)
    _typed(attacker, "/quotes/QP/packs", {"sent_to": payload(100)})
    client = {"customer": "TRUCK-M", "callback_client_id": payload(200), "callback_secret": payload(200)}
    addresses = {"callback_url": "https://pact.example.com"}
    _typed(attacker, "/admin/exchange", client | addresses | {"callback_token_url": payload(200)}, 422)
    _typed(attacker, "/admin/exchange", client | addresses, 200)
    _typed(attacker, "/admin/keys", {"owner": payload(200), "role": "plant"}, 200)


def _typed(attacker: Visitor, path: str, words: dict[str, Any], status: int = 303) -> None:
    attacker.open("/me")
    answer = attacker.post(path, words | {"csrf_token": attacker.token(), "form_key": path})
    assert answer.status_code == status, (path, answer.text)


def _records(house: House) -> list[str]:
    """Records whose words are markup; their addresses."""
    scrap(house, "POISON", bay=payload(40), vehicle=payload(80))
    scrap(house, "AGAIN", vehicle=payload(80))  # a flag that tells of the vehicle
    figure = {"kg_per_kg": "3", "document": payload(200), "issuer": payload(200, 1), "valid_until": "2030-01-01"}
    metal = {"number": "METAL", "kind": "billet", "kg": "1000", "alloy": "A6N01", "site": "MC", "received_at": AT}
    house.post("/metal-lots", metal | {"footprint": figure})
    flag = written_off(house, "901")["flags"][0]["id"]
    house.post(f"/flags/{flag}/acceptance", {"reason": payload(500)}, "plant")
    gone = house.post("/write-offs", {"number": "WP", "lot": "M901", "kg": "1", "reason": payload(500, 1)})["number"]
    back = house.post("/returns", {"lot": sent(house, "902"), "site": "MC", "reason": payload(500)})["number"]
    house.post("/lots/AGAIN/reversal", {"reason": payload(500, 1)})
    paths = ["/lots/POISON", "/lots/AGAIN", "/lots/METAL", "/lots/M901", "/flags?all=1", f"/write-offs/{gone}"]
    return [*paths, f"/returns/{back}", "/lots?q=POISON", "/weigh-in?saved=POISON", "/find?q=POISON", "/quotes/QP"]


def _public(house: House) -> list[str]:
    """Certificates with markup in them, in force and revoked, and what everybody sees of them."""
    live = certificate(house, sent(house, "903"), quote=payload(60))
    revoked = house.get(f"/certificates/{issued(house, '904')}")
    house.post(f"/certificates/{revoked['number']}/revocation", {"reason": payload(500)}, "sales")
    return [path for each in (live, revoked) for path in (f"/certificates/{each['number']}", f"/c/{each['code']}")]


def built(visitor: Visitor, path: str) -> list[str]:
    answer = visitor.client.get(path, base_url=PUBLIC_URL, headers={"Accept-Language": visitor.locale})
    assert answer.status_code < 500, path
    return _foreign(answer)


def _foreign(answer: Any) -> list[str]:
    nonce = NONCE.search(answer.headers.get("Content-Security-Policy", ""))
    return foreign(answer.text, nonce[1] if nonce else "")


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_nothing_that_is_kept_becomes_markup(poisoned: list[str], attacker: Visitor, locale: str) -> None:
    attacker.locale = locale
    assert {path: wrong for path in poisoned if (wrong := built(attacker, path))} == {}


def test_the_markup_was_really_there(poisoned: list[str], attacker: Visitor) -> None:
    """The test above can fail: what was typed is on these pages, as text."""
    attacker.locale = "ja"
    for path in (
        "/lots/POISON",
        "/lots/METAL",
        "/flags?all=1",
        "/admin/people",
        "/admin/keys",
        "/weigh-in",
        "/write-offs/WP",
        "/quotes/QP",
    ):
        assert "alert(1)" in attacker.open(path), path
        assert "&lt;script&gt;" in attacker.page or "&lt;svg" in attacker.page or "\\u003c" in attacker.page, path
    assert any("alert(1)" in attacker.open(path) for path in poisoned if path.startswith("/c/"))
    assert foreign(payload(200), "") != []


def test_nothing_of_an_address_becomes_markup(poisoned: list[str], attacker: Visitor) -> None:
    for path in poisoned:
        for text in PAYLOADS[:2]:
            query = dict.fromkeys(ASKED, text)
            answer = attacker.client.get(path.partition("?")[0], query_string=query, base_url=PUBLIC_URL)
            assert _foreign(answer) == [], (path, text)


@pytest.mark.parametrize("route", sorted(DEEDS))
def test_nothing_of_a_refused_form_becomes_markup(lived_in: House, attacker: Visitor, route: str) -> None:
    """What was typed stays in its field: as a value, whatever it is."""
    attacker.open("/me")
    token = attacker.token()
    number = 950 + sorted(DEEDS).index(route)
    form = DEEDS[route](lived_in, str(number))
    typed = dict.fromkeys([*form.words, "name", "reason", "lot", "scan", "inputs.0.lot", "lines.0.lot"], PAYLOADS[0])

    answer = attacker.post(
        form.path, typed | {"csrf_token": token, "form_key": f"markup {number}", "after": PAYLOADS[0]}
    )
    assert answer.status_code < 500
    assert _foreign(answer) == []


def test_nothing_of_a_file_becomes_markup(lived_in: House, attacker: Visitor) -> None:
    """A cell and the name of a file of slips are somebody's words too."""
    rows = slips("990").decode("cp932").splitlines()
    rows[1] = rows[1].replace(rows[1].split(",")[2], "<script>alert(1)</script>", 1)
    attacker.open("/imports/new")
    words = attacker.form("/imports/new").words
    file = (io.BytesIO("\n".join(rows).encode("cp932")), "../../<img src=x onerror=alert(1)>.csv")
    answer = attacker.post("/imports/new", {**words, "file": file}, follow=True)
    assert "alert(1)" in answer.text
    assert _foreign(answer) == []
