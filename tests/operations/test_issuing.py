"""Issuing: two transactions, one document, and nothing taken where nothing is issued."""

import gzip
import hashlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from app.carbon.factors import Factor
from app.current import EXTENSION, Service
from app.factory import create_app
from app.operations import issue_certificate as issuing
from app.operations.keep_master_data import add_factor_version
from app.operations.recover_certificates import recover_certificates
from certificates import content
from certificates.pdf.refusal import CannotPrint
from tests.campaign import billet, certificate, delivered, primary, scrap, three_bodies
from tests.house import House, settings
from tests.tampering import tampered

EPD = {"kg_per_kg": "4.2", "document": "EPD-123", "issuer": "Smelter", "valid_until": "2027-12-31"}


class Killed(BaseException):
    """A worker that dies: no handler catches it."""


def public(house: House, code: str, ending: str = ".json") -> Any:
    return house.client.get(f"/c/{code}{ending}")


def die(*_: object) -> None:
    raise Killed


def half_way(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """A certificate reserved by a worker that died before it could print; the delivery's number."""
    three_bodies(house)
    delivery = delivered(house, "D-1", "T")
    with monkeypatch.context() as dying:
        dying.setattr(issuing, "finish", die)
        with pytest.raises(Killed):
            certificate(house, delivery)
    return delivery


def test_a_body_of_its_owners_scrap_is_certified_at_eight_tonnes(house: House) -> None:
    three_bodies(house)
    issued = certificate(house, delivered(house, "D-118", "T"))
    assert issued["avoided_co2"] == {
        "claimed_kg": "8000",
        "by_unit_kg": "8000",
        "by_mass_kg": "8148",
        "method_version": 1,
    }
    assert issued["cfp"] == {"kg_co2e_per_kg": "2.378947", "embodied_kg": "1665.263"}
    assert issued["lines"][0]["content"] == [{"origin": "A", "kg": "700"}]
    assert issued["status"] == "issued"


def test_the_qr_code_on_the_page_opens_the_same_figures_as_pdf_and_json(house: House) -> None:
    three_bodies(house)
    issued = certificate(house, delivered(house, "D-118", "T"))
    pdf = house.send("GET", f"/certificates/{issued['number']}.pdf", "sales").data
    assert hashlib.sha256(pdf).hexdigest() == issued["pdf_sha256"]
    document = pypdfium2.PdfDocument(pdf)
    [symbol] = zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_pil())
    assert symbol.text == issued["verify_url"].upper()
    page = house.client.get(symbol.text.removeprefix("HTTPS://LOOP.EXAMPLE.JP"))
    said = public(house, issued["code"]).get_json()
    assert page.status_code == 200
    for shown in (page.text, document[0].get_textpage().get_text_range()):
        assert "8,000" in shown
        assert issued["number"] in shown
    assert said["status"] == "issued"
    assert said["certificate"]["avoided_co2"] == issued["avoided_co2"]


def test_a_dead_workers_certificate_is_unseen_until_recovery_issues_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = half_way(house, monkeypatch)
    assert house.get("/certificates")["items"] == []
    house.get("/certificates/GMC-2026-000001", status=404)
    refused = house.post("/certificates", {"customer": "TRUCK-M", "deliveries": [delivery]}, status=409)
    assert refused["code"] == "already_certified"
    done = recover_certificates(house.records, house.service.press, house.doer())
    assert done.issued == ("GMC-2026-000001",)
    assert house.get("/certificates/GMC-2026-000001")["status"] == "issued"
    assert recover_certificates(house.records, house.service.press, house.doer()).issued == ()


def test_what_cannot_be_rendered_is_voided_frees_its_lots_and_keeps_its_number(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = half_way(house, monkeypatch)

    def jam(_: content.Certificate) -> bytes:
        raise CannotPrint("recipient.name_ja", "𓀀")

    with monkeypatch.context() as jammed:
        jammed.setattr(house.service.press, "render", jam)
        done = recover_certificates(house.records, house.service.press, house.doer())
    assert [number for number, _ in done.voided] == ["GMC-2026-000001"]
    house.get("/certificates/GMC-2026-000001", status=404)
    assert certificate(house, delivery)["number"] == "GMC-2026-000002"


def test_two_workers_recovering_the_same_certificate_store_one_document(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_way(house, monkeypatch)
    press = house.service.press
    real = press.render

    def beaten(certified: content.Certificate) -> bytes:
        monkeypatch.setattr(press, "render", real)
        recover_certificates(house.records, press, house.doer("the quicker"))
        return real(certified)

    monkeypatch.setattr(press, "render", beaten)
    recover_certificates(house.records, press, house.doer("the slower"))
    shown = house.get("/certificates/GMC-2026-000001")
    pdf = house.send("GET", "/certificates/GMC-2026-000001.pdf", "sales").data
    assert hashlib.sha256(pdf).hexdigest() == shown["pdf_sha256"]


def test_a_replacement_is_named_on_the_old_page_once_it_is_issued(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_bodies(house)
    delivery = delivered(house, "D-1", "T")
    old = certificate(house, delivery)
    with monkeypatch.context() as dying:
        dying.setattr(issuing, "finish", die)
        with pytest.raises(Killed):
            certificate(house, delivery, replaces=old["number"])
    assert public(house, old["code"]).get_json()["replaced_by"] is None
    recover_certificates(house.records, house.service.press, house.doer())
    shown = public(house, old["code"]).get_json()
    assert (shown["status"], shown["replaced_by"]) == ("superseded", "GMC-2026-000002")


def test_a_revoked_delivery_can_be_certified_again(house: House) -> None:
    three_bodies(house)
    delivery = delivered(house, "D-1", "T")
    first = certificate(house, delivery)
    house.post(f"/certificates/{first['number']}/revocation", {"reason": "出荷違い"}, "sales")
    assert public(house, first["code"]).get_json()["reason"] == "出荷違い"
    assert certificate(house, delivery)["number"] == "GMC-2026-000002"


@pytest.mark.parametrize("column", ["payload", "pdf"])
def test_a_stored_document_that_was_changed_is_called_altered(house: House, column: str) -> None:
    three_bodies(house)
    issued = certificate(house, delivered(house, "D-1", "T"))
    assert public(house, issued["code"]).get_json()["status"] == "issued"  # what it was found to be is not remembered
    table = {"payload": "certificates", "pdf": "certificate_documents"}[column]
    with house.records.engine.begin() as connection:
        binary = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
        tampered(connection, f"UPDATE {table} SET {column} = CAST({column} || {column} AS {binary})")
    assert public(house, issued["code"]).get_json() == {"status": "altered"}
    assert public(house, issued["code"], ".pdf").status_code == 404


def test_a_recipient_not_to_be_named_is_nowhere_in_public(house: House) -> None:
    three_bodies(house)
    issued = certificate(house, delivered(house, "D-77", "T", customer="TRUCK-K"), "TRUCK-K")
    shown = public(house, issued["code"])
    page = house.client.get(f"/c/{issued['code']}")
    assert shown.get_json()["certificate"]["recipient"] is None
    for hidden in ("架空物流", "Placeholder", "D-77", "W-A", "TRUCK-K"):
        assert hidden not in shown.text
        assert hidden not in page.text
    assert public(house, issued["code"], ".pdf").status_code == 404


def test_the_same_day_three_years_on_is_the_last_that_may_be_asked_for(house: House) -> None:
    three_bodies(house)
    delivery = delivered(house, "D-1", "T")
    asked = {"customer": "TRUCK-M", "deliveries": [delivery]}
    refused = house.post("/certificates", asked | {"valid_until": "2029-11-21"}, "sales", 422)
    assert "until 2029-11-20" in refused["errors"]["valid_until"][0]
    issued = certificate(house, delivery)
    assert issued["valid_until"] == "2029-11-19"
    replaced = certificate(house, delivery, valid_until="2029-11-20", replaces=issued["number"])
    assert replaced["valid_until"] == "2029-11-20"


def test_past_its_last_day_a_certificate_is_expired(house: House) -> None:
    three_bodies(house)
    issued = certificate(house, delivered(house, "D-1", "T"), valid_until="2026-12-31")
    house.clock.now = house.clock.now.replace(year=2026, month=12, day=31, hour=23)
    assert public(house, issued["code"]).get_json()["status"] == "issued"
    house.clock.now = house.clock.now.replace(year=2027, month=1, day=1, hour=0)
    assert public(house, issued["code"]).get_json()["status"] == "expired"
    assert house.get(f"/certificates/{issued['number']}")["status"] == "expired"


@pytest.mark.parametrize("change", ["valid_until = '2099-01-01'", "number = 'GMC-2026-999999'", "status = 'issued'"])
def test_a_row_that_no_longer_agrees_with_its_payload_is_called_altered(house: House, change: str) -> None:
    three_bodies(house)
    issued = certificate(house, delivered(house, "D-1", "T"))
    house.post(f"/certificates/{issued['number']}/revocation", {"reason": "recalled"}, "sales")
    with house.records.engine.begin() as connection:
        tampered(connection, f"UPDATE certificates SET {change}")
    assert public(house, issued["code"]).get_json() == {"status": "altered"}


def test_the_next_start_issues_what_was_left_half_way(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    half_way(house, monkeypatch)
    address = house.records.engine.url.render_as_string(hide_password=False)
    starting = replace(settings(address, tmp_path), recover_at_start=True)
    started: Service = create_app(starting).extensions[EXTENSION]
    started.records.dispose()
    assert house.get("/certificates/GMC-2026-000001")["status"] == "issued"


def test_the_public_page_travels_packed_in_under_14_kb(house: House) -> None:
    three_bodies(house)
    issued = certificate(house, delivered(house, "D-1", "T"))
    plain = house.client.get(f"/c/{issued['code']}")
    packed = house.client.get(f"/c/{issued['code']}", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < 14 * 1024
    assert gzip.decompress(packed.data).startswith(b"<!doctype html>")
    assert house.client.get(f"/c/{issued['code']}.pdf", headers={"Accept-Encoding": "gzip"}).data[:5] == b"%PDF-"


def test_a_page_that_was_seen_valid_says_revoked_the_moment_it_is(house: House) -> None:
    three_bodies(house)
    issued = certificate(house, delivered(house, "D-1", "T"))
    path = f"/c/{issued['code']}?lang=en"
    pages = [house.client.get(path).text for _ in range(2)]
    assert pages[0] == pages[1]
    house.post(f"/certificates/{issued['number']}/revocation", {"reason": "wrong lot"}, "sales")
    page = house.client.get(path).text
    assert "This certificate has been revoked" in page
    assert "This certificate has been revoked" not in pages[0]
    house.clock.now = house.clock.now.replace(minute=31)
    assert "12:31" in house.client.get(path).text


def test_a_certificate_keeps_the_factor_of_the_day_its_bought_metal_came_in(house: House) -> None:
    scrap(house, "A", "3000")
    primary(house, "P", "1000")
    primary(house, "E", "1000", footprint=EPD)
    for key, value in (("footprint.primary", "11"), ("footprint.production", "1.9")):
        later = Factor(key, value, "", 0, date(2026, 11, 21), None, "tests", "")
        add_factor_version(house.records, house.doer(), later)
    house.clock.now = house.clock.now + timedelta(days=5)
    billet(house, "L", {"A": "1000", "E": "500"}, "1400", at="2026-11-22T09:00:00+09:00")
    billet(house, "M", {"A": "1000", "P": "500"}, "1400", at="2026-11-22T12:00:00+09:00")
    for lot, versions in (("L", ["2"]), ("M", ["1", "2"])):
        words = {"customer": "TRUCK-M", "site": "MC", "dispatched_at": "2026-11-23T09:00:00+09:00"}
        sent = house.post("/dispatches", words | {"lines": [{"lot": lot, "kg": "1400"}]})
        factors = certificate(house, sent["lots"][0]["number"])["factors"]
        assert sorted(str(each["version"]) for each in factors if each["key"] == "footprint.primary") == versions
