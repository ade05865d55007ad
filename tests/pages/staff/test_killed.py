"""A worker of a real gunicorn is killed with -9 in the middle of a form; sent again, the form is done once."""

import http.client
import os
import re
import signal
import threading
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from app.operations.people import PersonWanted, create_person
from app.records.deeds import Doer
from app.records.unit import Records
from tests.house import NOW, PASSWORD
from tests.soak.serving import HOST, Server, serving

FORM = re.compile(r'name="csrf_token" value="([^"]+)"')
MOMENTS = (0.004, 0.02)  # seconds after a form was sent: while its deed is written, and about when it is answered
ATTEMPTS = 40  # how long a form takes is the machine's affair: until a worker was met in the middle of one
SLIP = {"customer": "TRUCK-M", "item": "truck-body", "units": "3", "alloy": "mixed", "site": "MC", "tare_kg": "0"}


class Browser:
    """Just enough of one: a cookie, forms, and sending again what was not answered."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookie = ""

    def ask(self, method: str, path: str, words: dict[str, str] | None = None) -> tuple[int, str, str]:
        """An answer: its status, text, and where it leads."""
        connection = http.client.HTTPConnection(HOST, self.server.port, timeout=60)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
        connection.request(method, path, urlencode(words) if words else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for name, morsel in SimpleCookie(answer.headers.get("Set-Cookie", "")).items():
            self.cookie = f"{name}={morsel.value}"
        return answer.status, text, answer.headers.get("Location", "")

    def token(self, path: str) -> str:
        found = FORM.search(self.ask("GET", path)[1])
        assert found
        return found[1]

    def insists(self, path: str, words: dict[str, str]) -> str:
        """Where a form leads in the end, sent until it is answered."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                status, text, where = self.ask("POST", path, words)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            assert status == 303, (status, text[:500])
            return where
        raise AssertionError(self.server.last_words())


def kill(workers: list[int]) -> None:
    for worker in workers:
        os.kill(worker, signal.SIGKILL)


def cut_off(browser: Browser, words: dict[str, str], after_s: float) -> bool:
    """Send a form and kill the worker that has it so soon after; whether the answer was lost."""
    workers = browser.server.workers()
    killer = threading.Timer(after_s, kill, (workers,))
    killer.start()
    try:
        browser.ask("POST", "/weigh-in", words)
    except (OSError, http.client.HTTPException):
        return True
    finally:
        killer.join()
    return False


def test_a_form_whose_worker_was_killed_is_done_once_when_it_is_sent_again(database_url: str, tmp_path: Path) -> None:
    records = Records(database_url)
    create_person(records, Doer("tests", NOW), PersonWanted("yard", "yard", "logistics", "MC", PASSWORD))
    with serving(database_url, tmp_path / "served", workers=1) as server:
        browser = Browser(server)
        words = {"login": "yard", "password": PASSWORD, "csrf_token": browser.token("/sign-in")}
        assert browser.ask("POST", "/sign-in", words)[0] == 303
        token, lost, led_to = browser.token("/weigh-in"), 0, list[str]()
        for n in range(ATTEMPTS):
            lost += cut_off(browser, slip(n, token), moment(n))
            led_to.append(browser.insists("/weigh-in", slip(n, token)))
            if lost and len(led_to) >= len(MOMENTS):
                break
        assert lost > 0, "no answer was lost: the worker was never killed in the middle of a form"
        assert [browser.insists("/weigh-in", slip(n, token)) for n in range(len(led_to))] == led_to
    with records.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT count(*), count(DISTINCT slip_number) FROM scrap_entries").one()
    records.dispose()
    assert tuple(kept) == (len(led_to), len(led_to))


def moment(n: int) -> float:
    """Seconds after which the worker of attempt ``n`` is killed: the two moments, and then all between and before."""
    return MOMENTS[n] if n < len(MOMENTS) else 0.001 * (1 + n % 24)


def slip(n: int, token: str) -> dict[str, str]:
    return SLIP | {"slip_number": f"K-{n}", "gross_kg": str(2000 + n), "csrf_token": token, "form_key": f"kill-{n}"}
