"""What takes its time of a form, a file made plain or photos made small, is done while everybody else writes on."""

import io
import threading
from collections.abc import Callable
from typing import Any

import pytest

from app.operations.quote_papers import plain_file
from app.pages.logistics import weigh_in
from app.pages.sales import quote_papers
from app.schemas.photos import read_photos
from tests.campaign import attached, certified, primary
from tests.house import House
from tests.pages.staff.pdfs import minimal_pdf
from tests.pages.staff.test_yard import SLIP, picture
from tests.pages.visitor import visiting


def writing_meanwhile(house: House, slow: Callable[..., Any]) -> Callable[..., Any]:
    """The same, with somebody who writes while it is going on."""

    def both(*words: Any) -> Any:
        somebody = threading.Thread(target=primary, args=(house, "MEANWHILE"))
        somebody.start()
        somebody.join()
        return slow(*words)

    return both


def test_a_file_is_made_plain_while_others_write(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    attached(house, certified(house))
    monkeypatch.setattr(quote_papers, "plain_file", writing_meanwhile(house, plain_file))
    visitor = visiting(house, "sales", site=None)
    visitor.open("/quotes/Q-1")
    words = visitor.form("/quotes/Q-1/file").words | {"file": (io.BytesIO(minimal_pdf()), "quote.pdf")}
    assert visitor.post("/quotes/Q-1/file", words).status_code == 303
    assert house.get("/lots/MEANWHILE")["remaining_kg"] == "2000"


def test_photos_are_made_small_while_others_write(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weigh_in, "read_photos", writing_meanwhile(house, read_photos))
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    words = visitor.form("/weigh-in").words | SLIP | {"photos": (io.BytesIO(picture(40, 30)), "body.jpg")}
    assert visitor.post("/weigh-in", words).status_code == 303
    assert house.get("/lots/MEANWHILE")["remaining_kg"] == "2000"
