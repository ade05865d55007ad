"""The service on a port of this machine, for a browser; and somebody who signs in with it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from werkzeug.serving import make_server

from tests.house import PASSWORD, House, opened

HOST = "127.0.0.1"
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Living:
    """A house that answers at an address."""

    house: House
    address: str


@contextmanager
def living(url: str, folder: Path) -> Iterator[Living]:
    """Serve a furnished database until the block is left."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    address = f"http://{HOST}:{port}"
    with opened(url, folder, address) as house:
        server = make_server(HOST, port, house.app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Living(house, address)
        finally:
            server.shutdown()
            thread.join()


def context(
    browser: Browser, address: str, locale: str = "ja", size: ViewportSize = DESK, **more: Any
) -> BrowserContext:
    """A browser of somebody's own, in a language, at a size."""
    spoken = {"ja": "ja-JP", "en": "en-GB"}[locale]
    made = browser.new_context(
        base_url=address,
        locale=spoken,
        viewport=size,
        timezone_id="Asia/Tokyo",
        **more,
    )
    made.set_default_timeout(15_000)
    return made


def signed_in(opened_context: BrowserContext, login: str) -> Page:
    """A page of somebody who has signed in."""
    page = opened_context.new_page()
    page.goto("/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/")
    return page
