"""A page that comes in pieces: nothing of its head is drawn before all of it is there, so nothing moves."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from tests.browser.living import DESK, PHONE
from tests.browser.measures import shifted
from tests.browser.visit import Visit

WAIT_S = 0.4
BEFORE = (b'<a class="search"', b'<a class="lang"', b'<details class="menu"')  # where a piece may end

App = Callable[[dict[str, Any], Any], Iterable[bytes]]


def in_pieces(app: App, end: bytes) -> App:
    """The same answers, but the line stops for a while before ``end``."""

    def answer(environ: dict[str, Any], start: Any) -> Iterator[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        body = b"".join(app(environ, start))
        at = body.find(end)
        if at > 0:
            yield body[:at]
            time.sleep(WAIT_S)
        yield body[max(at, 0) :]

    return answer


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("end", BEFORE, ids=["search", "language", "menu"])
def test_nothing_moves_when_the_line_stops_within_the_head(
    desk: Visit, monkeypatch: pytest.MonkeyPatch, size: Any, end: bytes
) -> None:
    page = desk.page("admin", None)
    page.set_viewport_size(size)
    monkeypatch.setattr(desk.house.app, "wsgi_app", in_pieces(desk.house.app.wsgi_app, end))
    page.goto("/flags")
    assert shifted(page) == []
