"""Every page, in every state, in both languages: nothing that axe finds, that a finger misses or a keyboard skips."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.living import PHONE
from tests.browser.pages import ALL, Shown
from tests.browser.showing import showing
from tests.browser.soundness import keyboard_faults, small_targets, violations, wider_than_the_window
from tests.browser.stage import Stage, staged

# Each language on one kind of database: what a page says hangs on both, how it is drawn on neither.
LANGUAGE_OF = {"sqlite": "ja", "postgresql": "en"}


@pytest.fixture(scope="module", params=LANGUAGE_OF)
def locale(request: pytest.FixtureRequest) -> str:
    return LANGUAGE_OF[request.param]


@pytest.fixture(scope="module")
def stages(locale: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict]:
    kind = next(kind for kind, spoken in LANGUAGE_OF.items() if spoken == locale)
    new = request.getfixturevalue("new_database")
    with (
        staged(new(kind), tmp_path_factory.mktemp("filled"), filled=True) as filled,
        staged(new(kind), tmp_path_factory.mktemp("empty"), filled=False) as empty,
    ):
        yield {False: filled, True: empty}


@pytest.mark.parametrize("shown", ALL, ids=lambda shown: shown.name)
def test_a_page_is_sound(browser: Browser, stages: dict[bool, Stage], shown: Shown, locale: str) -> None:
    with showing(browser, stages[shown.empty], shown, locale) as page:
        _judge(page, shown, locale)


def _judge(page: Page, shown: Shown, locale: str) -> None:
    assert page.locator("html").get_attribute("lang") == locale
    faults = [*violations(page), *keyboard_faults(page)]
    page.set_viewport_size(PHONE)
    faults += [*violations(page), *small_targets(page), *wider_than_the_window(page)]
    assert faults == [], "\n".join(faults)
