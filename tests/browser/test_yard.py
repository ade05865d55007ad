"""The yard's day in a browser: weigh in, undo, label, transfer; a file of slips taken in and undone."""

import re

from playwright.sync_api import Page, expect

from app.lookups.ledger_check import check_ledger
from app.schemas.reference_files import own_slips
from tests.browser.visit import Visit, lots, slip
from tests.campaign import primary, scrap

VEHICLE = "富士100か1234"


def test_a_slip_is_weighed_in_with_the_net_while_typing_and_undone(visit: Visit) -> None:
    last = {"tare_kg": "8000", "vehicle": VEHICLE, "weighed_at": "2026-11-10T09:00:00+09:00"}
    scrap(visit.house, "S26-1001", "10400", **last)
    page = visit.page("logistics")
    visit.follow(page, "Weigh in")
    slip(page, "W11-0001", "１０，４５０", tare_kg=None)
    page.fill("[name=vehicle]", "富士１００か１２３４")
    page.keyboard.press("Tab")
    expect(page.locator("[name=tare_kg]")).to_have_value("8,000")
    expect(page.locator("#tare-note")).to_have_text(visit.word("the tare of this vehicle last time"))
    expect(page.locator("#net")).to_have_text("2,400")
    expect(page.locator("#net-note")).to_contain_text("24 t-CO₂e")
    visit.press(page, "Save and next")
    visit.told(page, "S26-0001", "2,400 kg")
    expect(page.locator("[name=alloy]")).to_have_value("A5083")
    visit.press(page, "Undo")
    expect(page.locator("main")).to_contain_text(visit.word("Undone right after it was entered"))
    assert {lot["number"]: lot["remaining_kg"] for lot in lots(visit.house)}["S26-0001"] == "0"
    assert check_ledger(visit.house.records).differences == ()


def test_what_is_odd_is_said_while_typing_and_does_not_block(visit: Visit) -> None:
    scrap(visit.house, "S26-1001", slip_number="W11-0001", vehicle=VEHICLE, weighed_at="2026-11-20T09:00:00+09:00")
    page = visit.page("logistics")
    page.goto("/weigh-in")
    slip(page, "W11-0001", "98000")
    page.fill("[name=vehicle]", VEHICLE)
    page.keyboard.press("Tab")
    expect(page.locator("#slip-warning")).to_have_text(visit.word("This slip is registered already."))
    expect(page.locator("#vehicle-warning")).to_have_text(
        visit.word("This vehicle was here {hours} hours ago.", hours=3)
    )
    expect(page.locator("#weight-warning")).to_be_visible()
    page.fill("[name=slip_number]", "W11-0002")
    visit.press(page, "Save and next")
    expect(page.locator(".warn").first).to_contain_text(visit.word("To be checked"))


def test_a_label_is_printed_and_a_part_sent_to_another_site(visit: Visit) -> None:
    primary(visit.house, "P26-0001", "2000")
    page = visit.page("logistics")
    page.goto("/lots/P26-0001")
    visit.follow(page, "Label")
    with page.expect_response("**/labels.pdf") as printed:
        visit.button(page, "Make PDF").click()
    assert printed.value.header_value("content-type") == "application/pdf"
    page.goto("/lots/P26-0001")
    visit.follow(page, "Transfer")
    page.select_option("[name=to]", "KB")
    page.fill("[name=kg]", "500")
    page.fill("[name=received_kg]", "499")
    visit.press(page, "Record transfer")
    visit.told(page, visit.word("recorded"))
    assert {lot["number"]: (lot["place"], lot["mass_kg"]) for lot in lots(visit.house)}["P26-0001-2"] == ("KB", "499")


def test_a_file_is_previewed_taken_in_and_undone(visit: Visit) -> None:
    page = visit.page("logistics")
    page.goto("/imports/new")
    choose(page, own_slips())
    visit.press(page, "Read and preview")
    assert lots(visit.house) == []
    visit.button(page, "Take in {n} slips", n=40).click()
    page.wait_for_url(re.compile(r"/imports/\d+$"))  # a sequence may leave numbers out
    assert len(lots(visit.house)) == 40
    page.fill("[name=reason]", "wrong month")
    visit.press(page, "Undo the import")
    visit.told(page, visit.word("undone"))
    assert {lot["remaining_kg"] for lot in lots(visit.house)} == {"0"}


def test_a_file_with_faults_names_each_and_gives_the_rows_back(visit: Visit) -> None:
    page = visit.page("logistics")
    page.goto("/imports/new")
    lines = own_slips().decode("cp932").splitlines()
    choose(page, "\r\n".join([lines[0], lines[1].replace("TRUCK-M", "NOBODY"), *lines[2:4]]).encode("cp932"))
    visit.press(page, "Read and preview")
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("main table").first.locator("tbody th")).to_have_text("2")
    with page.expect_download() as given_back:
        page.get_by_role("link", name=visit.word("The faulty rows (.xlsx)")).click()
    assert given_back.value.suggested_filename == "faulty_rows.xlsx"


def choose(page: Page, data: bytes) -> None:
    page.set_input_files("[name=file]", {"name": "slips.csv", "mimeType": "text/csv", "buffer": data})


def test_the_camera_is_stopped_by_a_button_in_the_readers_language(visit: Visit) -> None:
    page = visit.page("logistics")
    page.add_init_script(
        "window.BarcodeDetector = class { detect() { return Promise.resolve([]); } };"
        "Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: () => new Promise(() => {}) } });"
    )
    page.goto("/weigh-in")
    page.locator("[data-scan]").first.click()
    stop = page.locator(".camera button")
    expect(stop).to_have_text({"ja": "やめる", "en": "Stop"}[visit.locale])
    stop.click()
    expect(page.locator(".camera")).to_have_count(0)
