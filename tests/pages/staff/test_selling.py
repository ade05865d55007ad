"""Sales: dispatch, preview, issue, revoke, replace; and a certificate found by what is printed on it."""

import re
from urllib.parse import urlencode

from app.lookups.ledger_check import check_ledger
from tests.campaign import certificate, delivered, three_bodies
from tests.house import PUBLIC_URL, House
from tests.pages.visitor import Visitor, visiting


def sent(house: House) -> tuple[Visitor, str]:
    """A body sent to its customer from the page, and the delivery's number."""
    three_bodies(house)
    visitor = visiting(house, "sales", site=None)
    visitor.open("/dispatches/new?lot=T")
    visitor.send(
        "/dispatches", {"customer": "TRUCK-M", "site": "MC", "lines.0.units": "1", "number": "D-118", "do": "record"}
    )
    return visitor, "D-118-1"


def previewed(visitor: Visitor, delivery: str) -> None:
    visitor.open(f"/certificates/new?customer=TRUCK-M&delivery={delivery}")
    visitor.send("/certificates/new", {"quote": "Q26-0118"})


def test_a_delivery_is_sent_and_certified_after_a_preview(house: House) -> None:
    visitor, delivery = sent(house)
    assert delivery in visitor.page
    previewed(visitor, delivery)
    assert "8,000 <span>" in visitor.page
    assert house.get("/certificates")["items"] == []
    words = visitor.form("/certificates").words
    first, second = (visitor.post("/certificates", words) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/certificates/GMC-2026-000001?done=1"
    page = visitor.open("/certificates/GMC-2026-000001")
    assert "Q26-0118" in page
    assert len(house.get("/certificates")["items"]) == 1
    pdf = visitor.client.get("/certificates/GMC-2026-000001.pdf", base_url=PUBLIC_URL)
    assert pdf.data.startswith(b"%PDF")
    assert check_ledger(house.records).differences == ()


def test_a_preview_says_what_will_be_refused(house: House) -> None:
    visitor, delivery = sent(house)
    certificate(house, delivery)
    visitor.open("/certificates/new?customer=TRUCK-M")
    words = visitor.form("/certificates/new").words | {"deliveries.0": delivery}
    answer = visitor.post("/certificates/new", words)
    assert (answer.status_code, "is stated in certificate GMC-2026-000001" in visitor.text()) == (409, True)


def test_nothing_chosen_is_told(house: House) -> None:
    visitor, _ = sent(house)
    visitor.open("/certificates/new?customer=TRUCK-M")
    answer = visitor.send("/certificates/new", {"deliveries.0": None})
    assert answer.status_code == 422
    assert 'href="#f-deliveries"' in answer.text


def test_what_revoking_affects_is_shown_first_and_then_it_is_done_once(house: House) -> None:
    visitor, delivery = sent(house)
    number = certificate(house, delivery)["number"]
    page = visitor.open(f"/certificates/{number}/revocation")
    assert delivery in page
    assert "8,000" in page
    empty = visitor.send(f"/certificates/{number}/revocation", {"reason": ""})
    assert empty.status_code == 422
    visitor.send(f"/certificates/{number}/revocation", {"reason": "wrong alloy"})
    assert "wrong alloy" in visitor.page
    assert house.get(f"/certificates/{number}")["status"] == "revoked"


def test_a_certificate_is_replaced_in_one_deed(house: House) -> None:
    visitor, delivery = sent(house)
    number = certificate(house, delivery)["number"]
    visitor.open(f"/certificates/new?replaces={number}")
    assert visitor.form("/certificates/new").words["deliveries.0"] == delivery
    visitor.send("/certificates/new", {"quote": "Q-2"})
    visitor.send("/certificates")
    assert house.get(f"/certificates/{number}")["status"] == "superseded"
    assert house.get(f"/certificates/{number}")["replaced_by"] == "GMC-2026-000002"


def test_the_list_is_searched_by_number_customer_and_state(house: House) -> None:
    visitor, delivery = sent(house)
    first = certificate(house, delivery)["number"]
    house.post(f"/certificates/{first}/revocation", {"reason": "x"}, "sales")
    certificate(house, delivery, valid_until="2026-11-21")
    house.clock.now = house.clock.now.replace(day=25)
    visitor.sign_in("sales-person")
    for query, found in (
        ("?status=revoked", ["GMC-2026-000001"]),
        ("?status=expired", ["GMC-2026-000002"]),
        ("?status=issued", []),
        ("?q=000002", ["GMC-2026-000002"]),
        ("?customer=RAIL-E", []),
    ):
        assert re.findall(r'<a href="/certificates/(GMC-[\d-]+)">', visitor.open("/certificates" + query)) == found


def test_a_certificate_is_checked_by_what_is_printed_on_it(house: House) -> None:
    _, delivery = sent(house)
    issued = certificate(house, delivery)
    stranger = Visitor(house)
    page = stranger.open(
        f"/verify?number={issued['number'].lower()}&check={issued['check'][:4]}-{issued['check'][4:].lower()}"
    )
    assert "This certificate is genuine and valid today." in page
    for number, check in ((issued["number"], "AAAAAAAA"), ("GMC-2026-999999", issued["check"]), ("'; --", "x")):
        assert "There is no certificate with this number" in stranger.open(f"/verify?number={number}&check={check}")


def test_whatever_stands_between_its_figures_a_certificate_is_found(house: House) -> None:
    """A Japanese keyboard writes a minus or a long vowel for the hyphen."""
    issued = certificate(house, sent(house)[1])
    year_and_serial, check = issued["number"].split("-")[1:], issued["check"]
    for dash in ("", " ", "\u3000", "\u2212", "ー", "ｰ", "－", "-", *map(chr, range(0x2010, 0x2016))):
        typed = {"number": dash.join(("ＧＭＣ", *year_and_serial)), "check": dash.join((check[:4], check[4:].lower()))}
        page = Visitor(house).open(f"/verify?{urlencode(typed)}")
        assert "This certificate is genuine and valid today." in page, ascii(dash)


def test_a_field_left_empty_is_asked_for_and_nothing_is_said_of_the_certificate(house: House) -> None:
    issued = certificate(house, sent(house)[1])
    stranger = Visitor(house)
    number, check = "Type the number of the certificate", "Type the check characters as well"
    for query, asked in (
        (f"number={issued['number']}&check=", {check}),
        (f"number={issued['number']}&check=+", {check}),
        (f"number=&check={issued['check']}", {number}),
        ("number=&check=", {number, check}),
        ("", set()),
    ):
        page = stranger.open(f"/verify?{query}")
        assert {sentence for sentence in (number, check) if sentence in page} == asked, query
        assert all(f'id="e-{name}"' in page for name, said in (("number", number), ("check", check)) if said in asked)
        assert "There is no certificate" not in page


def test_a_reversed_delivery_is_not_certified(house: House) -> None:
    """Found by the state machine: a lot without metal was a division by zero."""
    three_bodies(house)
    delivery = delivered(house, "D-1", "T")
    house.post("/dispatches/D-1/reversal", {"reason": "wrong customer"})
    told = house.post("/certificates", {"customer": "TRUCK-M", "deliveries": [delivery]}, "sales", status=409)
    assert told["code"] == "wrong_place"


def test_everything_is_found_by_its_number(house: House) -> None:
    visitor, delivery = sent(house)
    issued = certificate(house, delivery)
    for text, title in (
        ("t", "T"),
        ("D-118", "D-118"),
        (issued["number"].lower(), issued["number"]),
        (issued["verify_url"], issued["number"]),
        ("W-A", "A"),
        ("https://loop.example.jp/L/A", "A"),
    ):
        page = visitor.open("/find?q=" + text)
        assert f"<title>{title} –" in page or f">{title}<" in page, text
    assert "Nothing is called" in visitor.open("/find?q=nothing-of-ours")
