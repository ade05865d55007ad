"""The public page is there at once, on the line that a telephone has at the edge of a town."""

from playwright.sync_api import Browser, Page

from tests.browser.living import PHONE, context
from tests.browser.measures import first_seen_ms
from tests.browser.stage import Stage

FIRST_SEEN_MS = 1000
# Slow 4G: what a line takes there and back, and carries in a second.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
TRIES = 5


def test_the_public_page_is_seen_within_a_second_on_a_slow_line(browser: Browser, stage: Stage) -> None:
    assert stage.filled
    times = [first_seen(browser, stage, f"/c/{stage.filled.code}") for _ in range(TRIES)]
    print(f"first contentful paint on slow 4G, ms: {sorted(round(time) for time in times)}")
    assert min(times) <= FIRST_SEEN_MS  # the best of several: the machine does other things meanwhile


def first_seen(browser: Browser, stage: Stage, address: str) -> float:
    opened = context(browser, stage.living.address, "ja", PHONE)
    page: Page = opened.new_page()
    line = opened.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(address)
    seen = first_seen_ms(page)
    opened.close()
    return seen
