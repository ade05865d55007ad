"""Master data on the administrator's pages."""

from tests.house import House
from tests.pages.visitor import visiting


def test_an_items_band_has_its_ends_in_order(house: House) -> None:
    admin = visiting(house, "admin", site=None)
    admin.open("/admin/items/truck-body")
    answer = admin.send("/admin/items/truck-body", {"plausible_min_kg": "900", "plausible_max_kg": "800"})
    assert (answer.status_code, "The most is less than the least." in admin.text()) == (422, True)
