"""A slip weighed in where the yard has no network waits on the device, in sight, and is sent once."""

from datetime import datetime, timedelta

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.visit import Visit, lots, slip
from tests.house import NOW, PASSWORD


def in_the_yard(visit: Visit) -> tuple[BrowserContext, Page]:
    """A page to weigh in on, kept at hand by the service worker."""
    page = visit.page("logistics")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/weigh-in")
    expect(page.locator("#net")).to_be_visible()
    return page.context, page


def weigh(visit: Visit, page: Page, number: str) -> None:
    slip(page, number)
    visit.button(page, "Save and next").click()


def told(visit: Visit, page: Page, count: int) -> None:
    """The band under the header says how many wait."""
    counted = f"{count}件" if visit.locale == "ja" else str(count)
    expect(page.locator("#unsent")).to_be_visible()
    expect(page.locator("#unsent-count")).to_have_text(counted)


def test_slips_wait_survive_a_reload_and_are_sent_once_when_the_network_returns(visit: Visit) -> None:
    device, page = in_the_yard(visit)
    device.set_offline(True)
    weigh(visit, page, "W11-0001")
    told(visit, page, 1)
    expect(page.locator("#kept")).to_be_visible()
    expect(page.locator("[name=slip_number]")).to_have_value("")
    page.reload()
    told(visit, page, 1)
    weigh(visit, page, "W11-0002")
    told(visit, page, 2)
    assert lots(visit.house) == []
    visit.house.clock.now += timedelta(minutes=10)
    device.set_offline(False)
    expect(page.locator("#unsent")).to_be_hidden(timeout=15_000)
    page.goto("/unsent")
    expect(page.locator("#list")).to_have_text(visit.word("Nothing waits on this device."))
    kept = lots(visit.house)
    assert sorted(lot["slip_number"] for lot in kept) == ["W11-0001", "W11-0002"]
    assert {datetime.fromisoformat(lot["made_at"]) for lot in kept} == {NOW}  # when they were weighed, not sent


def test_an_answer_that_was_lost_makes_no_second_lot(desk: Visit) -> None:
    page = desk.page("logistics", service_workers="block")
    page.goto("/weigh-in")

    def lost(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route("**/weigh-in", lost, times=1)
    weigh(desk, page, "W11-0001")
    told(desk, page, 1)
    assert len(lots(desk.house)) == 1
    desk.house.clock.now += timedelta(minutes=10)
    page.locator("#unsent a").click()
    expect(page.locator("#list")).to_have_text(desk.word("Nothing waits on this device."))
    assert len(lots(desk.house)) == 1


def test_what_is_wrong_with_a_slip_that_waited_is_told_and_it_is_kept(desk: Visit) -> None:
    device, page = in_the_yard(desk)
    device.set_offline(True)
    slip(page, "W11-0001", tare_kg="99999")
    desk.button(page, "Save and next").click()
    told(desk, page, 1)
    device.set_offline(False)
    page.goto("/unsent")
    expect(page.locator("#list .note")).to_contain_text("99999")
    expect(page.locator("#list .note")).not_to_contain_text(desk.word("waits for the network"))
    assert lots(desk.house) == []
    discard = page.locator("#list button")
    discard.click()
    expect(discard).to_have_text(desk.word("Press again to discard"))
    discard.click()
    expect(page.locator("#list")).to_have_text(desk.word("Nothing waits on this device."))


def test_slips_wait_while_nobody_is_signed_in(desk: Visit) -> None:
    device, page = in_the_yard(desk)
    device.set_offline(True)
    weigh(desk, page, "W11-0001")
    told(desk, page, 1)
    device.clear_cookies()
    page.goto("about:blank")  # a sending under way would begin a session of its own beside the one signed in to
    device.set_offline(False)
    page.goto("/unsent")
    page.wait_for_url("**/sign-in?next=*")
    assert lots(desk.house) == []
    page.fill("[name=login]", "logistics-0")
    page.fill("[name=password]", PASSWORD)
    desk.press(page, "Sign in")
    expect(page.locator("#list")).to_have_text(desk.word("Nothing waits on this device."))
    assert len(lots(desk.house)) == 1
