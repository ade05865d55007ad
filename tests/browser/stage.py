"""The service with filled books and with empty ones, each on a port, and a browser for each of their people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ViewportSize

from tests.browser.filled import Filled, fill, people
from tests.browser.living import DESK, Living, context, living, signed_in


@dataclass
class Stage:
    """A living service, and the cookies of whoever has signed in to it before: signing in takes its time."""

    living: Living
    filled: Filled | None
    cookies: dict[tuple[str, str], Any] = field(default_factory=dict)

    def context(
        self, browser: Browser, login: str | None, locale: str, size: ViewportSize = DESK, **more: Any
    ) -> BrowserContext:
        """A browser of somebody who is signed in, or of nobody."""
        if login and (login, locale) not in self.cookies:
            opened = context(browser, self.living.address, locale)
            signed_in(opened, login)
            self.cookies[login, locale] = opened.storage_state()
            opened.close()
        kept = self.cookies[login, locale] if login else None
        return context(browser, self.living.address, locale, size, storage_state=kept, **more)


@contextmanager
def staged(url: str, folder: Path, filled: bool) -> Iterator[Stage]:
    """A stage, until the block is left."""
    with living(url, folder) as served:
        people(served.house)
        yield Stage(served, fill(served.house) if filled else None)
