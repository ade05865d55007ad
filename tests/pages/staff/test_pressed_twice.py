"""Every page that takes a form does its deed once, however often it is pressed, and the audit log tells of it."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from app.lookups.ledger_check import check_ledger
from tests.house import PUBLIC_URL, House
from tests.pages.staff.deeds import DEEDS, Sent
from tests.pages.visitor import Visitor

COOKIE, DOMAIN = "__Host-session", "loop.example.jp"
# Signing in and out are counted each time, labels are printed again where they are asked for again, and a preview
# writes nothing at all.
OTHERWISE = {"/sign-in", "/sign-out", "/labels.pdf", "/certificates/new"}
HEADERS = {"Referer": PUBLIC_URL + "/", "Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}
AT_ONCE = 3
numbers = count(10)


@pytest.fixture(scope="module")
def presser(lived_in: House) -> Visitor:
    visitor = Visitor(lived_in)
    assert visitor.sign_in("admin").status_code == 303
    visitor.open("/me")
    return visitor


def routes(house: House) -> set[str]:
    return {
        rule.rule
        for rule in house.app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.") and "POST" in (rule.methods or ())
    }


def told(house: House) -> int:
    """Rows of the audit log."""
    with house.records.engine.connect() as connection:
        # Every press is a try of the password, deed or not: tries are counted before anybody looks at the form.
        return int(connection.exec_driver_sql("SELECT count(*) FROM audit_log WHERE action <> 'try'").scalar_one())


def press(visitor: Visitor, form: Sent, token: str, key: str, times: int, at_once: bool) -> list[tuple[int, str]]:
    """Press a button so many times; the answers, and where they lead."""
    cookie = visitor.client.get_cookie(COOKIE, domain=DOMAIN)
    assert cookie

    def once(_: int) -> tuple[int, str]:
        client = visitor.house.app.test_client()
        client.set_cookie(COOKIE, cookie.value, domain=DOMAIN, secure=True)
        answer = client.post(form.path, data=form.body(token, key), base_url=PUBLIC_URL, headers=HEADERS)
        return answer.status_code, answer.headers.get("Location", "") or answer.text[:0]

    if not at_once:
        return [once(n) for n in range(times)]
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(once, range(times)))


def rows_of(visitor: Visitor, route: str, times: int, at_once: bool = False) -> tuple[int, list[tuple[int, str]]]:
    """How many rows of the log so many presses left, and the answers."""
    n = str(next(numbers))
    form = DEEDS[route](visitor.house, n)
    before = told(visitor.house)
    answers = press(visitor, form, visitor.token(), f"key-{n}", times, at_once)
    return told(visitor.house) - before, answers


def test_every_page_that_takes_a_form_is_pressed(lived_in: House) -> None:
    assert routes(lived_in) == set(DEEDS) | OTHERWISE


@pytest.mark.parametrize("route", sorted(DEEDS))
def test_a_button_pressed_twice_does_one_deed_that_is_told(presser: Visitor, route: str) -> None:
    once, [first] = rows_of(presser, route, 1)
    assert once > 0, "a deed left no row in the audit log"
    assert first[0] in (200, 303), first
    for at_once in (False, True):
        rows, answers = rows_of(presser, route, AT_ONCE, at_once)
        assert rows == once, (at_once, answers)
        assert len({where for status, where in answers if status == 303}) <= 1, answers
        assert {status for status, _ in answers} <= {200, 303}, answers


def test_after_all_of_it_the_books_are_right(lived_in: House) -> None:
    assert check_ledger(lived_in.records).differences == ()
