"""Every page in every state, in both languages: nothing axe finds, nothing too small, too wide, too heavy, or moving.

On SQLite a phone's window is looked at, on PostgreSQL a desk's: the pages themselves are the same.
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
EMPTY = [shown for shown in ALL if shown.empty]
FILLED = [shown for shown in ALL if not shown.empty]


@pytest.mark.parametrize("shown", FILLED, ids=lambda shown: shown.name)
def test_a_page_is_right_as_it_is_shown(browser: Browser, stage: Stage, shown: Shown) -> None:
    assert looked_at(browser, stage, shown) == []


@pytest.mark.parametrize("shown", EMPTY, ids=lambda shown: shown.name)
def test_a_page_with_nothing_to_show_is_right(browser: Browser, empty_stage: Stage, shown: Shown) -> None:
    assert looked_at(browser, empty_stage, shown) == []


def looked_at(browser: Browser, stage: Stage, shown: Shown) -> list[str]:
    """What is wrong with a page, in both languages."""
    phone = stage.living.house.records.engine.dialect.name == "sqlite"
    faults = []
    for locale in LOCALES:
        carried = Bytes()
        with showing(browser, stage, shown, locale, PHONE if phone else DESK, carried.watch) as page:
            faults += [f"{locale}: {fault}" for fault in looks(page, shown, carried, phone)]
    return faults


def looks(page: Page, shown: Shown, carried: Bytes, phone: bool) -> list[str]:
    most = MOST_PUBLIC if shown in PUBLIC else MOST_STAFF
    carries = carried.of(page.url)
    faults = [f"{carries} bytes"] if carries > most else []
    faults += shifted(page) + violations(page) + too_wide(page)
    if phone:
        faults += too_small(page)
        page.set_viewport_size(ZOOMED)
        faults += [f"at 400 %: {fault}" for fault in too_wide(page)]
    return faults
