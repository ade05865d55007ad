"""A heat in a browser: lots typed one after another on one page, yield and shares while typing, recorded once."""

from playwright.sync_api import Page, expect

from tests.browser.visit import Visit, lots
from tests.campaign import primary, scrap


def charge(page: Page, *lots_in: str) -> None:
    """Type or scan lots in, one after another."""
    for lot in lots_in:
        page.keyboard.type(lot)
        page.keyboard.press("Enter")
        expect(page.locator("#inputs tbody th b").filter(has_text=lot)).to_be_visible()
        expect(page.locator("[name=scan]")).to_be_focused()


def stock(visit: Visit) -> None:
    """Scrap of two customers, and primary metal."""
    scrap(visit.house, "S26-1001", "5003", units=6)
    scrap(visit.house, "S26-1002", "2999", customer="RAIL-E", item="shinkansen-car", units=1)
    primary(visit.house, "P26-0001", "12400")


def test_a_heat_is_charged_without_leaving_the_page_and_recorded(visit: Visit) -> None:
    stock(visit)
    page = visit.page("plant")
    visit.follow(page, "Record a heat")
    left: list[str] = []
    page.on("framenavigated", lambda frame: left.append(frame.url))
    page.focus("[name=scan]")
    charge(page, "S26-1001", "s26-1002", "P26-0001")
    page.fill("[name='inputs.2.kg']", "2,041")
    page.fill("[name='outputs.0.kg']", "9742")
    page.fill("[name='outputs.0.alloy']", "A6N01")
    expect(page.locator("#expected")).to_contain_text("97.00")
    expect(page.locator("#expected")).to_contain_text("301")
    expect(page.locator("#expected .legend td:last-child")).to_have_text(["49.8 %", "29.8 %", "0.0 %", "20.4 %"])
    expect(page.locator("#share-0")).to_have_text("49.8 %")
    assert left == []
    page.select_option("[name='outputs.0.kind']", "billet")
    visit.press(page, "Record heat")
    visit.told(page, "H26-0001", visit.word("recorded"))
    [made] = [lot for lot in lots(visit.house) if lot["kind"] == "billet"]
    assert made["mass_kg"] == "9742"


def test_an_administrator_sees_the_figures_while_typing_too(desk: Visit) -> None:
    scrap(desk.house, "S26-1001", "5003", units=6)
    page = desk.page("admin")
    died: list[str] = []
    page.on("pageerror", lambda error: died.append(str(error)))
    page.goto("/steps/new/remelt")
    page.focus("[name=scan]")
    charge(page, "S26-1001")
    page.fill("[name='outputs.0.kg']", "4850")
    expect(page.locator("#expected")).to_contain_text("96.94")
    assert died == []


def test_a_lot_that_is_not_there_or_twice_is_told_and_one_too_many_taken_out(visit: Visit) -> None:
    stock(visit)
    page = visit.page("plant")
    page.goto("/steps/new/remelt")
    page.focus("[name=scan]")
    charge(page, "S26-1001", "P26-0001")
    for wrong in ("S26-1001", "NOPE"):
        page.fill("[name=scan]", wrong)
        page.keyboard.press("Enter")
        expect(page.locator("#e-scan")).to_contain_text(wrong)
    page.get_by_role("button", name=f"{visit.word('Take out')} S26-1001").click()
    expect(page.locator("#inputs tbody th b")).to_have_text(["P26-0001"])


def test_more_metal_out_than_in_is_refused_and_what_was_typed_stays(visit: Visit) -> None:
    stock(visit)
    page = visit.page("plant")
    page.goto("/steps/new/remelt?lot=P26-0001")
    page.fill("[name='outputs.0.kg']", "12,401")
    page.fill("[name='outputs.0.alloy']", "A6N01")
    visit.press(page, "Record heat")
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("[name='outputs.0.kg']")).to_have_value("12,401")
    assert len(lots(visit.house)) == 3
