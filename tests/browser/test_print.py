"""Pages that are filed on paper: nothing to press on them, everything open, and where and when they were printed."""

import io

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from app.wording.catalogue import LOCALES
from tests.browser.pages import ALL, Shown
from tests.browser.showing import showing
from tests.browser.stage import Stage

NAMES = ("lot-billet", "step", "certificate", "transfer", "dispatch", "audit", "footprint", "quote")
FILED = [shown for shown in ALL if shown.name in NAMES]
PRESSED = ".top, .buttons, .button, .actions, .toast, .unsent, .crumbs, form, input, textarea, select, .no-print"


def printed(page: Page) -> pypdfium2.PdfDocument:
    """The page as it comes out of a printer, on A4."""
    return pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", print_background=False)))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("shown", FILED, ids=lambda shown: shown.name)
def test_on_paper_there_is_nothing_to_press_and_all_is_open(
    browser: Browser, stage: Stage, shown: Shown, locale: str
) -> None:
    with showing(browser, stage, shown, locale) as page:
        closed = page.locator("details.plain:not(.no-print) > *:not(summary)").all()
        page.emulate_media(media="print")
        assert [each.evaluate("e => e.outerHTML") for each in page.locator(PRESSED).all() if each.is_visible()] == []
        assert all(each.is_visible() for each in closed)
        host, title = page.evaluate("[location.host, document.title]")
        words = [sheet.get_textpage().get_text_range() for sheet in printed(page)]
    number = title.split(" – ")[0]
    assert number.removeprefix("CFP ") in words[0]
    [foot] = [line for line in "".join(words[-1:]).splitlines() if f" · {host} · " in line]
    assert foot.startswith(number)
    assert "2026" in foot


def test_the_picture_and_its_tables_keep_to_the_paper(browser: Browser, stage: Stage) -> None:
    [shown] = [shown for shown in FILED if shown.name == "lot-billet"]
    with showing(browser, stage, shown, "ja", {"width": 794, "height": 1123}) as page:
        page.emulate_media(media="print")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        picture = page.locator(".across .flow").bounding_box()
        assert picture
        assert (wide, picture["x"] + picture["width"] <= 794) == (0, True)
