"""The works' pages: lots added one after another, what it will come to, and a heat recorded once."""

from app.lookups.ledger_check import check_ledger
from tests.campaign import primary, scrap, three_bodies
from tests.house import House
from tests.pages.visitor import Visitor, visiting


def charged(house: House) -> Visitor:
    """A heat's form with two lots in its charge."""
    scrap(house, "A", "5003", units=6)
    scrap(house, "B", "2999", units=1, customer="RAIL-E", item="shinkansen-car")
    primary(house, "P", "2041")
    visitor = visiting(house, "plant")
    visitor.open("/steps/new/remelt")
    for lot in ("a", "https://loop.example.jp/L/B", "P"):
        visitor.send("/steps/new/remelt", {"scan": lot, "do": "add"})
    return visitor


OUTPUT = {"outputs.0.kind": "billet", "outputs.0.kg": "9,742", "outputs.0.alloy": "A6N01", "outputs.0.pieces": "14"}


def test_lots_are_added_one_after_another_with_all_that_is_left(house: House) -> None:
    visitor = charged(house)
    words = visitor.form("/steps/new/remelt").words
    assert [words[f"inputs.{row}.kg"] for row in range(3)] == ["5,003", "2,999", "2,041"]
    again = visitor.send("/steps/new/remelt", {"scan": "A", "do": "add"})
    assert "Lot A is in the list already." in again.text
    nothing = visitor.send("/steps/new/remelt", {"scan": "NOPE", "do": "add"})
    assert "There is no lot NOPE." in nothing.text
    visitor.send("/steps/new/remelt", {"scan": "", "do": "remove.inputs.1"})
    assert visitor.form("/steps/new/remelt").words["inputs.1.lot"] == "P"


def test_yield_and_shares_are_told_before_anything_is_recorded(house: House) -> None:
    visitor = charged(house)
    page = visitor.send("/steps/new/remelt", OUTPUT | {"do": "calculate"}).text
    assert "97.00 <span>%</span>" in page
    assert "79.6 %" in page  # 5,003 + 2,999 of 10,043
    assert "Scrap of 2 customers comes together" in page
    assert house.get("/lots?kind=billet")["items"] == []


def test_what_the_ledger_will_refuse_is_said_while_typing(house: House) -> None:
    visitor = charged(house)
    visitor.send("/steps/new/remelt", OUTPUT | {"outputs.0.kg": "10,044", "do": "calculate"})
    assert "10,044 kg came out of 10,043 kg that went in." in visitor.text()
    assert "More comes out than goes in" in visitor.text()
    assert "It cannot be recorded as it is." in visitor.text()
    assert "It will be flagged" not in visitor.text()


def test_a_heat_is_recorded_once_and_reversed_with_a_reason(house: House) -> None:
    visitor = charged(house)
    words = visitor.form("/steps/new/remelt").words | OUTPUT | {"do": "record", "number": "H26-1001", "furnace": "F1"}
    first, second = (visitor.post("/steps/new/remelt", words) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/steps/H26-1001?done=1"
    page = visitor.open("/steps/H26-1001?done=1")
    assert "301" in page
    [billet] = house.get("/lots?kind=billet")["items"]
    assert billet["mass_kg"] == "9742"
    visitor.send("/steps/H26-1001/reversal", {"reason": "wrong furnace"})
    assert house.get("/lots/A")["remaining_kg"] == "5003"
    assert check_ledger(house.records).differences == ()


def test_a_heel_is_offered_to_the_next_heat(house: House) -> None:
    visitor = charged(house)
    heel = {"outputs.1.kind": "heel", "outputs.1.kg": "100", "outputs.1.alloy": "A6N01", "outputs.1.number": "HL-1"}
    visitor.send("/steps/new/remelt", OUTPUT | heel | {"furnace": "F1", "do": "record"})
    scrap(house, "C")
    page = visitor.open("/steps/new/remelt")
    assert "Furnace F1 holds the heel HL-1, 100 kg." in page
    visitor.send("/steps/new/remelt", {"do": "add.HL-1"})
    assert visitor.form("/steps/new/remelt").words["inputs.0.lot"] == "HL-1"


def test_what_is_wrong_with_a_row_is_told_beside_it(house: House) -> None:
    visitor = charged(house)
    words = OUTPUT | {"inputs.1.kg": "2,999.1234", "outputs.0.alloy": "", "do": "record"}
    answer = visitor.send("/steps/new/remelt", words)
    assert answer.status_code == 422
    assert 'href="#f-inputs-1-kg"' in answer.text
    assert 'href="#f-outputs-0-alloy"' in answer.text
    assert 'value="9,742"' in answer.text


def test_products_are_made_with_items_and_units(house: House) -> None:
    visitor = charged(house)
    visitor.send("/steps/new/remelt", OUTPUT | {"outputs.0.number": "L", "do": "record"})
    visitor.open("/steps/new/fabricate?lot=L")
    made = {"outputs.0.kind": "product", "outputs.0.kg": "9000", "outputs.0.alloy": "A6N01", "outputs.0.number": "T"}
    made |= {"outputs.0.item": "truck-body", "outputs.0.units": "10", "outputs.1.kind": "return"}
    made |= {"outputs.1.kg": "700", "outputs.1.alloy": "A6N01", "do": "record"}
    visitor.send("/steps/new/fabricate", made)
    assert house.get("/lots/T")["units"] == 10


def test_a_step_that_took_units_shows_how_many(house: House) -> None:
    three_bodies(house)
    made = {"kind": "product", "kg": "1380", "alloy": "A6N01", "item": "truck-body", "units": 2}
    step = {"number": "F-2", "kind": "fabricate", "site": "MC", "ended_at": "2026-10-05T09:00:00+09:00"}
    house.post("/transformations", step | {"inputs": [{"lot": "T", "units": 2}], "outputs": [made]})
    visitor = visiting(house, "plant")
    visitor.open("/steps/F-2")
    assert "2 units" in visitor.text()
