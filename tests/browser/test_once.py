"""Pressed twice, gone back and sent again, a session that ends in between: one record, and nothing typed is lost."""

from playwright.sync_api import Page, expect

from tests.browser.visit import Visit, lots, slip
from tests.campaign import delivered, primary, three_bodies
from tests.house import PASSWORD


def twice(visit: Visit, page: Page, words: str) -> None:
    """Press a button as somebody does who is used to pressing everything twice."""
    with page.expect_navigation():
        visit.button(page, words).dblclick()
    expect(page.locator(".toast")).to_be_visible()


def test_a_second_press_makes_no_second_record(desk: Visit) -> None:
    three_bodies(desk.house)
    primary(desk.house, "P26-0001")
    page = desk.page("admin")
    before = len(lots(desk.house))
    page.goto("/weigh-in")
    slip(page, "W11-0001")
    twice(desk, page, "Save and next")
    assert len(lots(desk.house)) == before + 1
    page.goto("/steps/new/remelt?lot=P26-0001")
    page.fill("[name='inputs.0.kg']", "100")
    page.fill("[name='outputs.0.kg']", "98")
    page.fill("[name='outputs.0.alloy']", "A6N01")
    twice(desk, page, "Record heat")
    page.goto("/dispatches/new?lot=T")
    page.select_option("[name=customer]", "TRUCK-M")
    page.fill("[name='lines.0.units']", "1")
    twice(desk, page, "Record dispatch")
    assert len(lots(desk.house)) == before + 3
    page.goto("/certificates/new?customer=TRUCK-M")
    page.locator("[name='deliveries.0']").check()
    desk.press(page, "Preview")
    twice(desk, page, "Issue certificate")
    assert len(desk.house.get("/certificates")["items"]) == 1


def test_going_back_after_saving_and_pressing_again_saves_nothing_more(desk: Visit) -> None:
    primary(desk.house, "P26-0001")
    page = desk.page("logistics")
    page.goto("/transfers/new?lot=P26-0001")
    page.select_option("[name=to]", "KB")
    page.fill("[name=kg]", "500")
    desk.press(page, "Record transfer")
    desk.told(page, "recorded")
    page.go_back()
    desk.press(page, "Record transfer")
    assert len(desk.house.get("/lots")["items"]) == 2  # P26-0001 and the part of it that went
    page.goto("/weigh-in")
    slip(page, "W11-0001")
    desk.press(page, "Save and next")
    page.go_back()
    desk.button(page, "Save and next").click()
    page.wait_for_load_state()
    assert len(desk.house.get("/lots")["items"]) == 3


def test_a_session_that_ends_in_mid_form_keeps_what_was_typed(visit: Visit) -> None:
    page = visit.page("logistics")
    page.goto("/weigh-in")
    slip(page, "W11-0001")
    page.context.clear_cookies()
    visit.press(page, "Save and next")
    expect(page.locator("main")).to_contain_text(visit.word("Sign in again; what you typed is kept."))
    page.fill("[name=login]", "logistics-0")
    page.fill("[name=password]", PASSWORD)
    visit.press(page, "Sign in")
    expect(page.locator("main")).to_contain_text("W11-0001")
    assert lots(visit.house) == []
    visit.press(page, "Send again")
    visit.told(page, "S26-0001", "2,400 kg")
    assert len(lots(visit.house)) == 1


def test_a_certificate_is_not_lost_with_the_session_either(desk: Visit) -> None:
    three_bodies(desk.house)
    delivered(desk.house, "D26-0001", "T")
    page = desk.page("sales")
    page.goto("/certificates/new?customer=TRUCK-M")
    page.locator("[name='deliveries.0']").check()
    desk.press(page, "Preview")
    page.context.clear_cookies()
    desk.press(page, "Issue certificate")
    page.fill("[name=login]", "sales-0")
    page.fill("[name=password]", PASSWORD)
    desk.press(page, "Sign in")
    desk.press(page, "Send again")
    desk.told(page, "GMC-2026-000001")
