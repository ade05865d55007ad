"""Quotes on their pages: written down, metal held and let go, ordered once, and then certified."""

from app.lookups.ledger_check import check_ledger
from tests.campaign import SENT, three_bodies
from tests.house import House
from tests.pages.visitor import Visitor, visiting

ACTION = "/quotes/Q26-1"


def quoted(house: House) -> Visitor:
    three_bodies(house)
    visitor = visiting(house, "sales", site=None)
    visitor.open("/quotes/new")
    line = {"lines.0.kind": "product", "lines.0.item": "truck-body", "lines.0.units": "２"}
    visitor.send("/quotes", line | {"customer": "TRUCK-M", "number": "Q26-1"})
    return visitor


def test_a_quote_shows_what_is_short_and_what_fits(house: House) -> None:
    visitor = quoted(house)
    assert "Short: 2 units" in visitor.text()
    assert visitor.form(ACTION + "/lines/1/reservation").words["units"] == "2"


def test_what_is_free_of_a_lot_is_the_mass_of_its_free_units(house: House) -> None:
    visitor = quoted(house)
    assert "<small>2,100 kg</small>" in visitor.page
    visitor.send(ACTION + "/lines/1/reservation", {"units": "1"})
    assert "<small>1,400 kg</small>" in visitor.page


def test_held_metal_is_ordered_sent_and_certified(house: House) -> None:
    visitor = quoted(house)
    visitor.send(ACTION + "/lines/1/reservation")
    assert "All of it is held." in visitor.text()
    words = visitor.form(ACTION + "/order").words | {"site": "MC", "number": "D-5"}
    first, second = (visitor.post(ACTION + "/order", words) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/dispatches/D-5?done=1"
    assert "delivery=D-5-1" in visitor.open("/dispatches/D-5?done=1").replace("&amp;", "&")
    assert "Ordered" in visitor.open(ACTION)
    assert house.get("/lots/T")["remaining_units"] == 1
    assert check_ledger(house.records).differences == ()


def test_held_metal_is_sent_and_certified_with_one_button(house: House) -> None:
    visitor = quoted(house)
    visitor.send(ACTION + "/lines/1/reservation")
    words = visitor.form(ACTION + "/order").words | {"site": "MC", "number": "D-5", "do": "certify"}
    first, second = (visitor.post(ACTION + "/order", words) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/certificates/GMC-2026-000001?done=1"
    assert "D-5-1" in visitor.open("/certificates/GMC-2026-000001?done=1")
    assert "GMC-2026-000001" in visitor.open(ACTION)
    other = visitor.post(ACTION + "/order", {**words, "do": ""})
    assert (other.status_code, house.get("/lots/T")["remaining_units"]) == (409, 1)


def test_a_validity_that_cannot_be_is_told_beside_its_field(house: House) -> None:
    visitor = quoted(house)
    visitor.send(ACTION + "/lines/1/reservation")
    answer = visitor.send(ACTION + "/order", {"site": "MC", "do": "certify", "valid_until": "2020-01-01"})
    assert (answer.status_code, 'href="#f-valid_until"' in answer.text) == (422, True)
    assert house.get("/lots/T")["remaining_units"] == 3


def test_what_is_held_leaves_from_where_it_lies_and_not_from_two_sites(house: House) -> None:
    visitor = quoted(house)
    visitor.send(ACTION + "/lines/1/reservation", {"units": "1"})
    assert visitor.form(ACTION + "/order").words["site"] == "MC"
    assert "several sites" not in visitor.text()
    part = {"lot": "T", "units": 1, "to": "NG", "becomes": "T-2", "sent_at": SENT, "received_at": SENT}
    house.post("/transfers", part)
    visitor.send(ACTION + "/lines/1/reservation", {"lot": "T-2", "units": "1"})
    assert "lies at several sites: Melting works, " in visitor.text()


def test_held_metal_is_renewed_and_released(house: House) -> None:
    visitor = quoted(house)
    visitor.send(ACTION + "/lines/1/reservation")
    [form] = [form for form in visitor.forms() if "/reservations/" in form.action]
    visitor.send(form.action, {"until": "2027-01-15", "do": "renew"})
    assert "15 Jan 2027" in visitor.page
    past = visitor.send(form.action, {"until": "2026-01-15", "do": "renew"})
    assert (past.status_code, "15 Jan 2026 is in the past." in visitor.text()) == (422, True)
    visitor.open(ACTION)
    visitor.send(form.action, {"do": "release"})
    assert "Short: 2 units" in visitor.text()


def test_an_order_of_nothing_and_a_wrong_line_are_told(house: House) -> None:
    visitor = quoted(house)
    answer = visitor.send(ACTION + "/order", {"site": "MC"})
    assert (answer.status_code, "Nothing is held for this quote." in visitor.text()) == (422, True)
    visitor.open("/quotes/new")
    wrong = {"lines.0.kind": "billet", "lines.0.units": "2", "lines.1.kind": "product", "lines.1.kg": "5"}
    answer = visitor.send("/quotes", wrong | {"customer": "TRUCK-M", "lines.1.item": "truck-body"})
    assert answer.status_code == 422
    assert 'href="#f-lines-0-units"' in answer.text
    assert 'href="#f-lines-1-units"' in answer.text


def test_a_withdrawn_quote_holds_nothing(house: House) -> None:
    visitor = quoted(house)
    visitor.send(ACTION + "/lines/1/reservation")
    visitor.send(ACTION + "/withdrawal")
    assert "Withdrawn" in visitor.open(ACTION)
    sent = {
        "customer": "RAIL-E",
        "site": "MC",
        "dispatched_at": "2026-11-02T09:00",
        "lines": [{"lot": "T", "units": 3}],
    }
    house.post("/dispatches", sent)


def test_a_quote_is_found_by_its_number(house: House) -> None:
    visitor = quoted(house)
    assert "Q26-1" in visitor.open("/find?q=q26-1")


def test_another_button_of_the_same_form_is_another_deed(house: House) -> None:
    visitor = quoted(house)
    visitor.send(ACTION + "/lines/1/reservation")
    [form] = [form for form in visitor.forms() if "/reservations/" in form.action]
    renewed = visitor.post(form.action, form.words | {"until": "2027-01-15", "do": "renew"})
    assert renewed.status_code == 303
    released = visitor.post(form.action, form.words | {"until": "2027-01-15", "do": "release"})
    assert (released.status_code, "sent before" in visitor.text()) == (409, True)


def test_what_an_estimate_leaves_out_is_the_difference_of_the_figures_above_it(house: House) -> None:
    """Three bodies of 1,260 kg: 24,000.000 by unit less 14,666.400 by mass is 9,333.600, but on the page 9,334."""
    visitor = visiting(house, "sales", site=None)
    visitor.open("/what-if?kg=2100&percent=60&item=truck-body&units=3")
    for figure in ("14,666", "24,000", "9,334"):
        assert f">{figure}<" in visitor.page.replace("<b>", "").replace("</b>", "")
