"""Passwords, keys and session tokens: in no table, no log and no page, but where they are shown that once."""

import hashlib
import hmac
import io
import json
import re
from collections.abc import Iterator

import pytest
import structlog

from app.lookups.people import all_keys
from app.operations.passwords import right
from app.operations.sign_in import LASTS
from app.records.base import Base
from tests.house import PASSWORD, PUBLIC_URL, House
from tests.pages.visitor import Visitor, visiting

CHOSEN = " The-Chosen-One-42 "  # with blanks that nobody may take off
WRONG = "Not-The-Right-One-17"
KEY = re.compile(r"all_[\w-]{43}")


@pytest.fixture
def log(house: House) -> Iterator[io.StringIO]:
    """What the service says in its log, from here on, instead of on its standard error."""
    before, said = structlog.get_config()["logger_factory"], io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(said))
    yield said
    structlog.configure(logger_factory=before)


def everything_kept(house: House) -> str:
    """Every value of every table, as text."""
    with house.records.reading() as books:
        rows = [row for table in Base.metadata.tables.values() for row in books.connection.execute(table.select())]
    return "\n".join(repr(tuple(row)) for row in rows)


def digests(house: House) -> set[str]:
    with house.records.reading() as books:
        kept = books.connection.execute(Base.metadata.tables["outcomes"].select()).mappings()
        return {str(row["fingerprint"]) for row in kept}


def cookie(visitor: Visitor) -> str:
    found = visitor.client.get_cookie("__Host-session", domain="loop.example.jp")
    assert found
    return found.value


def test_no_password_is_kept_logged_or_shown(house: House, log: io.StringIO) -> None:
    admin = visiting(house, "admin")
    pages = [admin.open("/admin/people")]
    pages.append(admin.send("/admin/people", {"login": "hanako", "name": "花子", "password": CHOSEN}).text)
    pages.append(Visitor(house).sign_in("hanako", WRONG).text)
    hanako = Visitor(house)
    assert hanako.sign_in("hanako", CHOSEN).status_code == 303
    hanako.open("/me")
    pages.append(hanako.send("/me/password", {"current": WRONG, "password": CHOSEN + "2"}).text)
    hanako.open("/me")
    pages.append(hanako.send("/me/password", {"current": CHOSEN, "password": CHOSEN + "2"}).text)
    house.clock.now += LASTS
    hanako.page = pages[-1]
    pages.append(hanako.send("/me/password", {"current": CHOSEN + "2", "password": CHOSEN + "3"}, follow=False).text)
    assert "Your session has ended." in pages[-1]
    told = log.getvalue()
    assert "/me/password" in told  # the log is looked at, not missed
    for text in (*pages, told, everything_kept(house), house.send("GET", "/audit", "auditor").text):
        assert CHOSEN.strip() not in text
        assert WRONG not in text


def test_a_password_is_taken_as_it_was_typed(house: House) -> None:
    admin = visiting(house, "admin")
    admin.open("/admin/people")
    admin.send("/admin/people", {"login": "hanako", "name": "花子", "password": CHOSEN})
    with house.records.reading() as books:
        kept = books.people.by_login("hanako")
    assert kept
    assert right(kept.password_hash, CHOSEN)
    assert not right(kept.password_hash, CHOSEN.strip())


def test_passwords_cannot_be_tried_out_on_what_is_kept_of_forms(house: House) -> None:
    """Whoever has a backup and knows all other words still lacks the service's secret."""
    visitor = visiting(house, "plant")
    visitor.open("/me")
    words = {"current": PASSWORD, "password": CHOSEN}
    visitor.send("/me/password", words)
    said = json.dumps(["/me/password", sorted(words.items())]).encode()
    assert hmac.new(b"k" * 40, said, hashlib.sha256).hexdigest() in digests(house)  # so it is made
    plain = {hashlib.sha256(text).hexdigest() for text in (said, CHOSEN.encode(), PASSWORD.encode())}
    assert not plain & digests(house)


def test_a_password_typed_after_the_session_ended_is_not_shown_again(house: House) -> None:
    admin = visiting(house, "admin")
    admin.open("/admin/people")
    house.clock.now += LASTS
    words = {"login": "hanako", "name": "花子", "password": CHOSEN}
    assert "Your session has ended." in admin.send("/admin/people", words, follow=False).text
    again = admin.send("/sign-in", {"login": "admin-person", "password": PASSWORD}, follow=False).text
    assert "花子" in again
    assert CHOSEN.strip() not in again
    told = admin.send("/admin/people")  # it is asked for, not made up
    assert (told.status_code, "This is missing." in told.text) == (422, True)


def test_a_key_is_shown_once_and_kept_nowhere(house: House, log: io.StringIO) -> None:
    admin = visiting(house, "admin")
    admin.open("/admin/keys")
    words = admin.form("/admin/keys").words | {"owner": "scales", "role": "logistics", "expires": "2027-01-01"}
    shown = admin.post("/admin/keys", words)
    [key] = set(KEY.findall(shown.text))
    headers = {"Authorization": f"Bearer {key}"}
    assert house.client.get("/api/v1/lots", headers=headers).status_code == 200
    again = admin.post("/admin/keys", words)
    assert again.status_code == 303
    elsewhere = [again.text, admin.open("/admin/keys"), log.getvalue(), everything_kept(house)]
    elsewhere.append(house.send("GET", "/audit", "auditor").text)
    assert not any(key in text or key.removeprefix("all_") in text for text in elsewhere)
    assert len(re.findall('/end"', admin.open("/admin/keys"))) == len(all_keys(house.records))
    assert [row["owner"] for row in all_keys(house.records)].count("scales") == 1  # sent twice, made once


def test_a_sessions_token_is_in_its_cookie_alone(house: House, log: io.StringIO) -> None:
    visitor = visiting(house, "plant")
    with visitor.client.session_transaction(base_url=PUBLIC_URL) as session:
        token = session["token"]
    pages = [visitor.open(path) for path in ("/", "/me", "/steps/new/remelt")]
    kept = everything_kept(house)
    assert hashlib.sha256(token.encode()).hexdigest() in kept
    assert not any(token in text or cookie(visitor) in text for text in (*pages, kept, log.getvalue()))
