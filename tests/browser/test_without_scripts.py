"""The main paths where a browser runs no scripts: more is sent to and fro, and everything is done."""

from playwright.sync_api import Page, expect

from tests.browser.visit import Visit, lots, slip
from tests.campaign import primary, scrap, three_bodies


def plain(visit: Visit, role: str) -> Page:
    return visit.page(role, java_script_enabled=False)


def test_a_slip_is_weighed_in_once_and_undone_without_scripts(desk: Visit) -> None:
    page = plain(desk, "logistics")
    page.goto("/weigh-in")
    slip(page, "W11-0001")
    desk.button(page, "Save and next").dblclick()
    desk.told(page, "S26-0001", "2,400 kg")
    assert len(lots(desk.house)) == 1
    desk.press(page, "Undo")
    assert lots(desk.house)[0]["remaining_kg"] == "0"


def test_a_heat_is_charged_reckoned_and_recorded_without_scripts(desk: Visit) -> None:
    scrap(desk.house, "S26-1001", "5003", units=6)
    primary(desk.house, "P26-0001")
    page = plain(desk, "plant")
    page.goto("/steps/new/remelt")
    for lot in ("S26-1001", "P26-0001"):
        page.fill("[name=scan]", lot)
        desk.press(page, "Add")
    page.fill("[name='outputs.0.kg']", "6800")
    page.fill("[name='outputs.0.alloy']", "A6N01")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # reckons; it does not record
    expect(page.locator("#expected")).to_contain_text("97.10")
    desk.press(page, "Record heat")
    desk.told(page, "H26-0001")


def test_product_is_sent_and_certified_without_scripts(desk: Visit) -> None:
    three_bodies(desk.house)
    page = plain(desk, "sales")
    page.goto("/dispatches/new")
    page.select_option("[name=customer]", "TRUCK-M")
    page.fill("[name=scan]", "T")
    desk.press(page, "Add")
    page.fill("[name='lines.0.units']", "2")
    desk.press(page, "Record dispatch")
    page.goto("/certificates/new")
    page.select_option("[name=customer]", "TRUCK-M")
    desk.press(page, "Show deliveries")
    page.locator("[name='deliveries.0']").check()
    desk.press(page, "Preview")
    desk.press(page, "Issue certificate")
    desk.told(page, "GMC-2026-000001")
    desk.follow(page, "Revoke")
    page.fill("[name=reason]", "wrong alloy")
    desk.press(page, "Revoke")
    desk.told(page, "GMC-2026-000001", "revoked")
