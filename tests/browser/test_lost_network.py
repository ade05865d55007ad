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
    expect(page.locator("#list .error")).to_be_visible()
    expect(page.locator("#list .note")).to_contain_text("99999")
    expect(page.locator("#list")).not_to_contain_text(desk.word("waits for the network"))
    assert lots(desk.house) == []
    discard = desk.button(page, "Discard")
    discard.click()
    desk.button(page, "Press again to discard").click()
    expect(page.locator("#list")).to_have_text(desk.word("Nothing waits on this device."))


def signed_in_again(visit: Visit, page: Page, login: str) -> None:
    """Somebody leaves, and somebody else takes the device."""
    page.context.clear_cookies()
    page.goto("/sign-in?next=/unsent")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    visit.press(page, "Sign in")


def test_what_another_entered_waits_for_them_or_is_taken_over(visit: Visit) -> None:
    device, page = in_the_yard(visit)
    device.set_offline(True)
    for count, number in enumerate(("W11-0001", "W11-0002"), start=1):
        weigh(visit, page, number)
        told(visit, page, count)
    page.goto("about:blank")
    visit.house.person("logistics", "second", site="MC")
    device.clear_cookies()
    device.set_offline(False)
    signed_in_again(visit, page, "second")
    expect(page.locator("#list li")).to_have_count(2)
    expect(page.locator("#list")).to_contain_text("logistics-0")
    assert lots(visit.house) == []
    visit.button(page, "Send in my name").first.click()
    expect(page.locator("#list li")).to_have_count(1)
    signed_in_again(visit, page, "logistics-0")
    expect(page.locator("#list")).to_have_text(visit.word("Nothing waits on this device."))
    recorded = {lot["slip_number"]: lot["recorded_by"] for lot in lots(visit.house)}
    assert recorded == {"W11-0001": "second", "W11-0002": "logistics-0"}


def test_the_page_kept_at_hand_goes_with_whoever_signs_out(desk: Visit) -> None:
    _, page = in_the_yard(desk)
    page.reload()
    kept = "() => caches.match('/weigh-in').then((found) => Boolean(found))"
    page.wait_for_function(kept)
    page.goto("/me")
    desk.press(page, "Sign out")
    page.wait_for_url("**/sign-in")
    assert page.evaluate(kept) is False


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


def test_a_slip_that_was_refused_comes_back_into_the_form_and_is_corrected(visit: Visit) -> None:
    device, page = in_the_yard(visit)
    device.set_offline(True)
    slip(page, "W11-0001", tare_kg="99999")
    visit.button(page, "Save and next").click()
    told(visit, page, 1)
    device.set_offline(False)
    page.goto("/unsent")
    page.locator("#list").get_by_text(visit.word("Correct"), exact=True).click()
    expect(page.locator("[name=slip_number]")).to_have_value("W11-0001")
    expect(page.locator("[name=gross_kg]")).to_have_value("10450")
    page.fill("[name=tare_kg]", "8000")
    with page.expect_navigation():
        visit.button(page, "Save and next").click()
    expect(page.locator("#unsent")).to_be_hidden()
    [kept] = lots(visit.house)
    assert (kept["slip_number"], datetime.fromisoformat(kept["made_at"])) == ("W11-0001", NOW)
