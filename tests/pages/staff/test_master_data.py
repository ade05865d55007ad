"""Master data on the administrator's pages."""

import pytest

from app.lookups.master_data import named_rows
from app.lookups.people import all_keys
from app.operations.create_key import create_key
from tests.house import House
from tests.pages.visitor import Visitor, visiting


def test_an_items_band_has_its_ends_in_order(house: House) -> None:
    admin = visiting(house, "admin", site=None)
    admin.open("/admin/items/truck-body")
    answer = admin.send("/admin/items/truck-body", {"plausible_min_kg": "900", "plausible_max_kg": "800"})
    assert (answer.status_code, "The most is less than the least." in admin.text()) == (422, True)


def two_who_look_at(house: House, page: str) -> tuple[Visitor, Visitor]:
    """Two administrators with the same page before them."""
    pair = Visitor(house), Visitor(house)
    for name, each in zip(("one", "other"), pair, strict=True):
        each.sign_in(house.person("admin", name))
        each.open(page)
    return pair


@pytest.mark.parametrize("sheet", ["customers/TRUCK-M", "sites/MC", "items/truck-body"])
def test_what_another_saved_meanwhile_is_not_written_over_unseen(house: House, sheet: str) -> None:
    page = f"/admin/{sheet}"
    one, other = two_who_look_at(house, page)
    assert one.send(page, {"name_en": "First"}).status_code == 200
    assert other.send(page, {"name_en": "Second"}).status_code == 422
    assert "Somebody else has changed this" in other.text()
    assert "First" in other.text()
    assert other.form(page).words["name_en"] == "Second"
    one.open(page)
    assert one.form(page).words["name_en"] == "First"
    assert other.send(page).status_code == 200
    one.open(page)
    assert one.form(page).words["name_en"] == "Second"


def test_a_person_whom_another_changed_meanwhile_is_not_written_over_unseen(house: House) -> None:
    page = f"/admin/people/{house.person('plant')}"
    one, other = two_who_look_at(house, page)
    assert one.send(page, {"active": None}).status_code == 200
    late = other.send(page, {"name": "Another name"})
    assert (late.status_code, "Somebody else has changed this" in other.text()) == (422, True)


def test_a_key_is_ended_by_a_second_step_that_says_so_and_told_afterwards(house: House) -> None:
    create_key(house.records, house.doer(), "plant", "scales")
    admin = visiting(house, "admin", site=None)
    admin.open("/admin/keys")
    [key] = [key for key in all_keys(house.records) if key["owner"] == "scales"]
    assert "It cannot be put back." in admin.text()
    admin.send(f"/admin/keys/{key['id']}/end")
    assert "scales</b> was ended" in admin.page


def test_scrap_classes_and_steps_are_ticked_by_name_and_stay_in_their_order(house: House) -> None:
    admin = visiting(house, "admin", site=None)
    admin.open("/admin/items/offcuts")
    words = admin.form("/admin/items/offcuts").words
    assert [words[f"scrap_classes.{row}"] for row in range(2)] == ["pre_consumer", "internal"]
    assert "Post-consumer" in admin.text()
    admin.send(
        "/admin/items/offcuts", {"scrap_classes.0": "internal", "scrap_classes.1": None, "scrap_classes.2": None}
    )
    admin.open("/admin/items")
    assert "post_consumer" not in admin.text()
    assert named_rows(house.records, "items")["offcuts"]["scrap_classes"] == "internal"
    admin.open("/admin/sites/MC")
    admin.send("/admin/sites/MC", {f"does.{row}": None for row in range(5)} | {"does.1": "cast"})
    assert named_rows(house.records, "sites")["MC"]["does"] == "cast"
