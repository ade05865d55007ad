"""Every page in every state, in both languages: nothing axe finds, nothing too small, too wide, too heavy, or moving.

In Japanese a page comes up in a phone's window and in English at a desk, where axe looks at it; then both are pressed
and read on a phone. Each language is on a database of its own: what a page says hangs on it, how it is drawn does not.
"""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from app.wording.catalogue import LOCALES
from tests.browser.living import DESK, PHONE
from tests.browser.measures import Bytes, shifted, too_small, too_wide, violations
from tests.browser.pages import ALL, PUBLIC, Shown
from tests.browser.showing import showing
from tests.browser.stage import Stage

ZOOMED: ViewportSize = {"width": 320, "height": 256}  # 1280 x 1024 at 400 % (WCAG 1.4.10)
MOST_STAFF, MOST_PUBLIC = 50 * 1024, 14 * 1024
LANGUAGE_OF = {"sqlite": "ja", "postgresql": "en"}
WINDOW_OF = {"ja": PHONE, "en": DESK}
EMPTY = [shown for shown in ALL if shown.empty]
FILLED = [shown for shown in ALL if not shown.empty]


@pytest.mark.parametrize("shown", FILLED, ids=lambda shown: shown.name)
def test_a_page_is_right_as_it_is_shown(browser: Browser, stage: Stage, shown: Shown) -> None:
    locale = LANGUAGE_OF[stage.living.house.records.engine.dialect.name]
    assert looked_at(browser, stage, shown, locale) == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("shown", EMPTY, ids=lambda shown: shown.name)
def test_a_page_with_nothing_to_show_is_right(browser: Browser, empty_stage: Stage, shown: Shown, locale: str) -> None:
    assert looked_at(browser, empty_stage, shown, locale) == []


def looked_at(browser: Browser, stage: Stage, shown: Shown, locale: str) -> list[str]:
    """What is wrong with a page."""
    carried = Bytes()
    with showing(browser, stage, shown, locale, WINDOW_OF[locale], carried.watch) as page:
        assert page.locator("html").get_attribute("lang") == locale
        faults = shifted(page) + violations(page) + too_heavy(page, shown, carried)
        for window in (DESK, PHONE):
            page.set_viewport_size(window)
            faults += too_wide(page)
        faults += too_small(page)
        page.set_viewport_size(ZOOMED)
        return faults + [f"at 400 %: {fault}" for fault in too_wide(page)]


def too_heavy(page: Page, shown: Shown, carried: Bytes) -> list[str]:
    most = MOST_PUBLIC if shown in PUBLIC else MOST_STAFF
    carries = carried.of(page.url)
    return [f"{carries} bytes of {most}"] if carries > most else []
