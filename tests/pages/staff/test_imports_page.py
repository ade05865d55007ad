"""Imports: previewed with every fault, taken in once, undone whole, the faulty rows given back."""

import io

import openpyxl
import pytest

from app.lookups.ledger_check import check_ledger
from app.operations import register_scrap
from app.schemas.reference_files import own_slips
from tests.house import PUBLIC_URL, House
from tests.pages.visitor import Visitor, visiting


def upload(visitor: Visitor, data: bytes, name: str = "slips.csv") -> str:
    """Upload a file; the address of its preview."""
    visitor.open("/imports/new")
    words = visitor.form("/imports/new").words
    answer = visitor.post("/imports/new", {**words, "file": (io.BytesIO(data), name)})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def undoing(visitor: Visitor) -> str:
    """Where the page of an import undoes it."""
    return next(form.action for form in visitor.forms() if form.action.endswith("/undo"))


def test_a_file_is_previewed_taken_in_once_and_undone_whole(house: House) -> None:
    visitor = visiting(house, "logistics")
    address = upload(visitor, own_slips())
    assert "Take in 40 slips" in visitor.open(address)
    assert house.get("/lots")["items"] == []
    words = visitor.form(address).words
    first = visitor.post(address, words)
    assert "Taking in 40 slips" in first.text
    assert address in first.text
    visitor.post(address, words)
    assert len(house.get("/lots?limit=100")["items"]) == 40
    assert "137,030" in visitor.open(address)  # leads on to the import itself
    visitor.send(undoing(visitor), {"reason": "wrong month"})
    assert {lot["remaining_kg"] for lot in house.get("/lots?limit=100")["items"]} == {"0"}
    assert check_ledger(house.records).differences == ()
    assert "Take in 40 slips" in visitor.open(upload(visitor, own_slips()))


def test_an_import_is_not_undone_while_anything_of_it_was_used(house: House) -> None:
    visitor = visiting(house, "logistics")
    address = upload(visitor, own_slips())
    visitor.open(address)
    visitor.post(address, visitor.form(address).words)
    used = next(lot for lot in house.get("/lots?limit=100")["items"] if not lot["flags"] and lot["place"] == "MC")
    body = {
        "lot": used["number"],
        "to": "KB",
        "kg": "100",
        "sent_at": "2026-11-01T09:00",
        "received_at": "2026-11-01T10:00",
    }
    house.post("/transfers", body)
    visitor.open(address)
    answer = visitor.send(undoing(visitor), {"reason": "wrong month"})
    assert answer.status_code == 409
    assert "cannot be reversed while this stands" in answer.text
    assert {lot["remaining_kg"] for lot in house.get("/lots?limit=100")["items"]} != {"0"}


def test_faults_are_named_by_row_and_the_faulty_rows_come_back(house: House) -> None:
    visitor = visiting(house, "logistics")
    rows = own_slips().decode("cp932").splitlines()
    rows[3] = "=1+1," + rows[3].partition(",")[2].replace("台", "", 1)
    rows[4] = rows[4].replace(rows[4].split(",")[2], "誰か", 1)
    address = upload(visitor, "\n".join(rows).encode("cp932"))
    page = visitor.open(address)
    assert "things to correct" in page
    assert "Take in" not in page
    sheet = openpyxl.load_workbook(
        io.BytesIO(visitor.client.get(address + "/faulty.xlsx", base_url=PUBLIC_URL).data)
    ).active
    assert sheet is not None
    given = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(given) == 3
    assert given[1][0] == "=1+1"
    assert sheet["A2"].data_type == "s"  # text, whatever it begins with
    assert all(row[-1] for row in given)
    assert house.get("/lots")["items"] == []


@pytest.mark.parametrize("data", [b"\x00" * 50, b"PK\x03\x04broken", b"%PDF-1.7", b"a,b\n1,2\n"])
def test_what_is_no_table_of_slips_is_told_in_a_sentence(house: House, data: bytes) -> None:
    visitor = visiting(house, "logistics")
    page = visitor.open(upload(visitor, data))
    assert "One thing to correct" in page


def test_no_file_at_all_is_told(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/imports/new")
    answer = visitor.send("/imports/new")
    assert (answer.status_code, "Choose a file." in answer.text) == (422, True)


def test_the_template_is_taken_in_as_it_is(house: House) -> None:
    visitor = visiting(house, "logistics")
    template = visitor.client.get("/imports/template.xlsx", base_url=PUBLIC_URL).data
    assert "Take in 1 slips" in visitor.open(upload(visitor, template, "template.xlsx"))


def test_a_large_file_tells_how_far_it_is(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_scrap, "PORTION", 15)
    visitor = visiting(house, "logistics")
    address = upload(visitor, own_slips())
    visitor.open(address)
    told = visitor.post(address, visitor.form(address).words)
    assert [step for step in ("15 of 40", "30 of 40", "40 of 40") if step in told.text] == [
        "15 of 40",
        "30 of 40",
        "40 of 40",
    ]
    assert len(house.get("/lots?limit=100")["items"]) == 40
