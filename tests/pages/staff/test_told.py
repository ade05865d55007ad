"""What a page says is wrong: in the words of its labels, with names and figures as people read them."""

import pytest

from tests.campaign import billet, primary, scrap, three_bodies
from tests.house import House
from tests.pages.visitor import Visitor, visiting

PROGRAMS_WORDS = ("kg と units", "deliveries", "dispatch のどちらか", "文字列", "登録されていません")


def test_a_certificate_of_nothing_asks_for_a_delivery(house: House) -> None:
    visitor = visiting(house, "sales", locale="ja")
    visitor.open("/certificates/new?customer=TRUCK-M")
    visitor.send("/certificates/new", {})
    assert "納品を1つ以上選んでください。" in visitor.text()
    assert not [word for word in PROGRAMS_WORDS if word in visitor.text()]


def test_a_transfer_of_nothing_asks_for_the_mass_and_then_for_the_units_of_a_counted_lot(house: House) -> None:
    three_bodies(house)
    primary(house, "P")
    visitor = visiting(house, "logistics", locale="ja")
    for lot, link in (("P", "#f-kg"), ("T", "#f-units")):
        visitor.open("/transfers/new")
        answer = visitor.send("/transfers", {"lot": lot, "to": "KB"})
        assert "質量を入力してください。台数で数えるロットは台数を入力してください。" in visitor.text()
        assert f'href="{link}"' in answer.text


def test_mass_and_units_together_are_told_as_that(house: House) -> None:
    visitor = visiting(house, "logistics", locale="ja")
    visitor.open("/transfers/new")
    visitor.send("/transfers", {"lot": "X", "to": "KB", "kg": "5", "units": "1"})
    assert "質量と台数は、どちらか一方だけを入力してください。" in visitor.text()
    said = house.post("/transfers", {"lot": "X", "to": "KB", "kg": "5", "units": 1}, status=422)
    assert "Give only one of kg and units." in said["errors"]["units"]


def test_a_quoted_product_without_an_item_asks_for_one(house: House) -> None:
    visitor = visiting(house, "sales", site=None, locale="ja")
    visitor.open("/quotes/new")
    visitor.send("/quotes", {"customer": "TRUCK-M", "lines.0.kind": "product", "lines.0.kg": "5"})
    assert "品目 1：品目を選んでください。" in visitor.text()
    assert "発生品" not in visitor.text()


@pytest.mark.parametrize(
    ("path", "role", "called"), [("/what-if", "sales", "品目"), ("/weigh-in", "logistics", "発生品")]
)
def test_scrap_is_a_scrap_item_and_a_product_is_not(house: House, path: str, role: str, called: str) -> None:
    page = visiting(house, role, locale="ja").open(path)
    assert ("発生品" in page, "品目 <small" in page) == (called == "発生品", called == "品目")


def test_a_refusal_calls_sites_by_name_and_groups_its_figures(house: House) -> None:
    scrap(house, "S", "2400")
    billet(house, "L", {"S": "2400"}, "2304")
    visitor = visiting(house, "logistics")
    visitor.open("/transfers/new")
    visitor.send("/transfers", {"lot": "L", "to": "MC", "kg": "5"})
    assert "Lot L is at Melting works already." in visitor.text()
    visitor.open("/transfers/new")
    visitor.send("/transfers", {"lot": "L", "to": "KB", "kg": "2000", "received_kg": "2001"})
    assert "2,001 kg arrived of 2,000 kg that were sent." in visitor.text()


def test_scrap_of_no_told_alloy_is_mixed_in_the_readers_language(house: House) -> None:
    scrap(house, "S")
    for locale, word in (("ja", "混合"), ("en", "Mixed")):
        visitor = Visitor(house, locale)
        visitor.sign_in(house.person("admin", f"admin-{locale}", "MC"))
        for path in ("/lots", "/lots/S", "/weigh-in", "/quotes/new", "/steps/new/remelt?lot=S", "/find?q=S"):
            visitor.open(path)
            assert (word in visitor.text(), "mixed" in visitor.text()) == (True, False), path
