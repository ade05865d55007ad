"""Whoever uses no mouse: every page's controls are reached in the order of reading, seen to be, and work."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.keyboard import keyboard_faults
from tests.browser.living import PHONE
from tests.browser.pages import ALL, Shown
from tests.browser.showing import showing
from tests.browser.stage import Stage
from tests.browser.visit import Visit, lots
from tests.campaign import delivered, primary, three_bodies
from tests.house import PASSWORD

# One state of each address: the others have the same controls; a form that is wrong adds the links of its summary.
GONE_THROUGH = list(
    {s.address.split("?")[0]: s for s in reversed(ALL) if not s.empty and "-wrong" not in s.name}.values()
)
GONE_THROUGH += [shown for shown in ALL if shown.name == "weigh-in-wrong"]


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)  # what is drawn is the same whatever the database
@pytest.mark.parametrize("shown", GONE_THROUGH, ids=lambda shown: shown.name)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(browser: Browser, stage: Stage, shown: Shown) -> None:
    with showing(browser, stage, shown, "ja") as page:
        faults = keyboard_faults(page)
        assert faults == [], "\n".join(faults)


def to(page: Page, selector: str) -> None:
    """Press Tab until a control has the focus."""
    wanted = page.locator(selector).first
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def typed(page: Page, words: dict[str, str]) -> None:
    """Fill fields in by their names, going from one to the next with Tab."""
    for name, text in words.items():
        to(page, f"[name='{name}']")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)


def chosen(page: Page, name: str) -> None:
    """The first of the choices of a list on which nothing is chosen yet."""
    to(page, f"[name={name}]")
    page.keyboard.press("ArrowDown")


def sent(page: Page) -> None:
    """Go on to the main button and press it."""
    to(page, "main form .button.main")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def comes_in(desk: Visit, role: str) -> Page:
    login = desk.house.person(role, "somebody", "MC")
    page = desk.device().new_page()
    page.goto("/sign-in")
    typed(page, {"login": login, "password": PASSWORD})
    sent(page)
    return page


def test_a_slip_is_weighed_in_by_keyboard(desk: Visit) -> None:
    page = comes_in(desk, "logistics")
    to(page, "main a[href='/weigh-in']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    to(page, "[name=slip_number]")
    page.keyboard.type("W11-0001")
    chosen(page, "customer")
    to(page, "[name=item]")
    page.keyboard.press("Space")
    typed(page, {"units": "3", "gross_kg": "10450", "tare_kg": "8000", "deduction_kg": "50"})
    chosen(page, "alloy")
    sent(page)
    assert [(lot["item"], lot["mass_kg"]) for lot in lots(desk.house)] == [("truck-body", "2400")]


def test_a_heat_is_recorded_by_keyboard(desk: Visit) -> None:
    primary(desk.house, "P26-0001", "2000")
    page = comes_in(desk, "plant")
    page.goto("/steps/new/remelt")
    to(page, "[name=scan]")
    page.keyboard.type("P26-0001")
    page.keyboard.press("Enter")
    expect(page.locator("[name=scan]")).to_be_focused()
    expect(page.locator("#inputs b")).to_have_text("P26-0001")
    typed(page, {"outputs.0.kg": "1950", "outputs.0.alloy": "A6N01"})
    page.keyboard.press("Escape")
    to(page, "button[value=record]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert len(lots(desk.house)) == 2


def test_a_certificate_is_issued_by_keyboard(desk: Visit) -> None:
    three_bodies(desk.house)
    delivered(desk.house, "D26-0001", "T")
    page = comes_in(desk, "sales")
    page.goto("/certificates/new?customer=TRUCK-M")
    to(page, "[name='deliveries.0']")
    page.keyboard.press("Space")
    sent(page)
    sent(page)
    expect(page.locator(".toast")).to_contain_text("GMC-2026-000001")


def test_the_menu_of_a_phone_opens_by_keyboard(desk: Visit) -> None:
    page = comes_in(desk, "plant")
    page.set_viewport_size(PHONE)
    to(page, ".menu summary")
    page.keyboard.press("Enter")
    expect(page.locator(".menu nav")).to_be_visible()
    to(page, ".menu a[href='/lots']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/lots")
