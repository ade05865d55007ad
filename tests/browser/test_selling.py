"""Sales in a browser: send, preview, issue, open the PDF, replace, revoke; and what a reader of the code then sees."""

import pypdfium2
from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import Visit
from tests.campaign import certificate, delivered, quote, three_bodies


def issue(visit: Visit, page: Page) -> str:
    """Issue a certificate for the one delivery that waits; its number."""
    page.goto("/certificates/new?customer=TRUCK-M")
    page.locator("[name='deliveries.0']").check()
    visit.press(page, "Preview")
    visit.press(page, "Issue certificate")
    return page.url.split("/")[-1].split("?")[0]


def test_product_is_sent_certified_and_the_document_opened(visit: Visit) -> None:
    three_bodies(visit.house)
    page = visit.page("sales")
    page.goto("/dispatches/new")
    page.select_option("[name=customer]", "TRUCK-M")
    page.fill("[name=number]", "D26-0001")
    page.fill("[name=scan]", "T")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.fill("[name='lines.0.units']", "１")
    visit.press(page, "Record dispatch")
    visit.told(page, "D26-0001")
    page.goto("/")
    visit.follow(page, "Issue a certificate")
    page.select_option("[name=customer]", "TRUCK-M")
    visit.press(page, "Show deliveries")
    page.locator("[name='deliveries.0']").check()
    visit.press(page, "Preview")
    expect(page.locator(".key")).to_contain_text("8,000")
    expect(page.locator("h1")).to_contain_text(visit.word("Preview: not issued yet"))
    assert visit.house.get("/certificates")["items"] == []
    visit.press(page, "Issue certificate")
    visit.told(page, "GMC-2026-000001", visit.word("issued"))
    with page.expect_response("**/GMC-2026-000001.pdf") as opened:
        page.locator(".toast").get_by_role("link").click()
    assert opened.value.header_value("content-type") == "application/pdf"


def test_a_certificate_is_replaced_then_revoked_and_its_reader_is_told(visit: Visit) -> None:
    three_bodies(visit.house)
    delivered(visit.house, "D26-0001", "T")
    page = visit.page("sales")
    first = issue(visit, page)
    code = page.get_by_role("link", name=visit.word("The page behind the QR")).get_attribute("href")
    assert code
    visit.follow(page, "Replace")
    page.fill("[name=quote]", "Q-7")
    visit.press(page, "Preview")
    visit.press(page, "Issue certificate")
    reader = visit.device().new_page()
    reader.goto(code)
    expect(reader.locator(".verdict.superseded")).to_be_visible()
    with reader.expect_navigation():
        reader.locator("a.main").click()
    expect(reader.locator(".verdict.valid")).to_be_visible()
    visit.follow(page, "Revoke")
    expect(page.locator(".dots")).to_contain_text("D26-0001-1")
    visit.press(page, "Revoke")
    expect(page.locator("#errors")).to_be_focused()
    page.fill("[name=reason]", "wrong alloy")
    visit.press(page, "Revoke")
    visit.told(page, visit.word("revoked"))
    reader.goto(reader.url + "?again=1")
    expect(reader.locator(".verdict.revoked")).to_be_visible()
    states = {each["number"]: each["status"] for each in visit.house.get("/certificates")["items"]}
    assert (states.pop(first), list(states.values())) == ("superseded", ["revoked"])


class Clicks:
    """Clicks, counted."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, target: Locator) -> None:
        self.count += 1
        target.click()


def test_three_clicks_from_the_list_of_quotes_to_the_pdf_with_the_certificate_in_it(visit: Visit) -> None:
    three_bodies(visit.house)
    number = certificate(visit.house, delivered(visit.house, "D26-0001", "T"))["number"]
    quote(visit.house, "Q26-0118")
    page, clicks = visit.page("sales"), Clicks()
    page.goto("/quotes")
    clicks.on(page.get_by_role("link", name="Q26-0118"))
    clicks.on(page.get_by_role("button", name=visit.word("Attach certificate")).first)
    visit.told(page, visit.word("the certificate is attached"))
    with page.expect_response("**/packs/*.pdf") as opened:
        clicks.on(page.get_by_role("button", name=visit.word("Make PDF")).first)
    assert opened.value.header_value("content-type") == "application/pdf"
    assert clicks.count == 3
    pack_id = visit.house.get("/quotes/Q26-0118")["packs"][0]["id"]
    document = pypdfium2.PdfDocument(visit.house.send("GET", f"/quotes/Q26-0118/packs/{pack_id}.pdf", "sales").data)
    files = {each.get_name(): bytes(each.get_data()) for each in map(document.get_attachment, range(2))}
    assert files[f"{number}.pdf"] == visit.house.send("GET", f"/certificates/{number}.pdf", "sales").data
