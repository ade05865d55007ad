"""Take a picture of every page, in both languages, on a phone and at a desk: ``make screenshots``."""

import argparse
import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from app.wording.catalogue import LOCALES
from tests.browser.chromium import launched
from tests.browser.living import DESK, PHONE
from tests.browser.pages import ALL, Shown
from tests.browser.showing import showing
from tests.browser.stage import Stage, staged
from tests.house import furnish

SIZES = {"phone": PHONE, "desk": DESK}


def main() -> None:
    """Fill two new databases, one with nothing in the books, and look at every page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, nargs="?", default=Path("docs/screens"))
    options.add_argument("--only", default="", help="pages whose name matches this pattern")
    asked = options.parse_args()
    wanted = [shown for shown in ALL if re.search(asked.only, shown.name)]
    with tempfile.TemporaryDirectory() as scratch, launched() as browser:
        for name, pages in (("filled", [s for s in wanted if not s.empty]), ("empty", [s for s in wanted if s.empty])):
            folder = Path(scratch) / name
            folder.mkdir()
            url = f"sqlite:///{folder / 'ledger.db'}"
            furnish(url)
            with staged(url, folder, filled=name == "filled") as stage:
                for shown in pages:
                    take(browser, stage, shown, asked.folder)


def take(browser: Browser, stage: Stage, shown: Shown, folder: Path) -> None:
    """The page's four pictures."""
    for locale in LOCALES:
        for size, viewport in SIZES.items():
            target = folder / f"{shown.name}-{size}-{locale}.png"
            with showing(browser, stage, shown, locale, viewport) as page:
                whole = page.evaluate("document.documentElement.scrollHeight")
                # As high as the page: what sticks to the window's edge stands at the page's end, as it is read.
                page.set_viewport_size({"width": viewport["width"], "height": max(whole, viewport["height"])})
                page.screenshot(path=target)
            print(target)


if __name__ == "__main__":
    main()
