"""Flags on their pages: each figure with its name and its unit, and who recorded and accepted them by name."""

from app.operations.create_key import create_key
from app.operations.people import PersonWanted, create_person
from app.pages.staff.flag_details import described
from tests.campaign import WEIGHED, scrap
from tests.house import PASSWORD, House
from tests.pages.visitor import visiting


def test_a_figure_has_its_name_its_unit_and_thousands_commas() -> None:
    detail = {"out_kg": "4000", "in_kg": "5420", "yield_max": "1.00", "yield_min": "0.85"}
    told = [f"{name} {figure}".replace("\u00a0", " ") for name, figure in described("ja", detail)]
    assert told == ["投入 5,420 kg", "産出 4,000 kg", "歩留まりの目安（下） 85 %", "歩留まりの目安（上） 100 %"]


def test_the_pages_of_a_flagged_lot_and_of_flags_say_so(house: House) -> None:
    scrap(house, "A", "99000")
    visitor = visiting(house, "logistics")
    for path in ("/lots/A", "/flags"):
        visitor.open(path)
        said = visitor.text().replace("\u00a0", " ").replace("Net 99", "Net99")
        assert "Net99,000 kg" in said, path


def test_people_are_called_by_name_with_their_login(house: House) -> None:
    create_person(house.records, house.doer(), PersonWanted("sato", "Sato Hana", "plant", "MC", PASSWORD))
    house.keys["sato"] = create_key(house.records, house.doer(), "plant", "sato")
    body = {"number": "P", "kind": "primary", "kg": "1000", "alloy": "Al99.7", "site": "MC", "received_at": WEIGHED}
    figure = {"kg_per_kg": "3.2", "document": "EPD", "issuer": "X", "valid_until": "2027-01-01"}
    house.post("/metal-lots", body | {"footprint": figure}, "sato")
    visitor = visiting(house, "logistics")
    for path in ("/lots/P", "/flags"):
        visitor.open(path)
        assert "Sato Hana (sato)" in visitor.text(), path


def test_a_footprint_is_told_in_its_unit() -> None:
    told = described("en", {"kg_per_kg": "3.2", "threshold": "4"})
    assert all("CO<sub>2</sub>e/kg" in figure for _, figure in told)
