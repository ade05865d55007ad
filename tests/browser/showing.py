"""Open a page of the table in a browser, in its state."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.living import DESK
from tests.browser.pages import Shown
from tests.browser.stage import Stage
from tests.pages.verify.states import SILENT, rendered

# States of the public page that books which are in order never come to.
DRAWN = {f"public-{name}": SILENT[name] for name in ("altered", "unchecked")}


@contextmanager
def showing(
    browser: Browser,
    stage: Stage,
    shown: Shown,
    locale: str,
    size: ViewportSize = DESK,
    before: Callable[[Page], None] = lambda page: None,
) -> Iterator[Page]:
    """The page, in its state, until the block is left; ``before`` it is opened, it may be watched."""
    opened = stage.context(browser, shown.role, locale, size, bypass_csp=True)  # for what measures
    page = opened.new_page()
    before(page)
    try:
        if shown.name in DRAWN:
            html = rendered(DRAWN[shown.name], locale)
            page.route("**/c/*", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(shown.address_in(stage.filled))
        shown.act(page)
        yield page
    finally:
        opened.close()
