"""Somebody at a browser without scripts: signs in, opens pages, fills forms in and presses their buttons."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.house import PASSWORD, PUBLIC_URL, House

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Form:
    """A form of a page: where it goes, and what its fields hold."""

    action: str
    method: str
    words: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("method", "get")))
        elif self.forms and said.get("name") and tag == "input":
            self._input(said)
        elif self.forms and tag == "select":
            self._select = said["name"]
        elif tag == "option" and self._select and ("selected" in said or self._select not in self.forms[-1].words):
            self.forms[-1].words[self._select] = said.get("value", "")
        elif self.forms and tag == "textarea":
            self._area = said["name"]
            self.forms[-1].words[self._area] = ""

    def _input(self, said: dict[str, str]) -> None:
        if said.get("type") in ("radio", "checkbox") and "checked" not in said:
            return
        if said.get("type") != "file":
            self.forms[-1].words[said["name"]] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].words[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None


class Visitor:
    """A person with a browser of their own."""

    def __init__(self, house: House, locale: str = "en") -> None:
        self.house = house
        self.locale = locale
        self.client: FlaskClient = house.app.test_client()
        self.page = ""

    def open(self, path: str, status: int | None = 200) -> str:
        """A page's HTML; what is redirected is followed."""
        answer = self.client.get(path, base_url=PUBLIC_URL, headers=self._headers(), follow_redirects=True)
        assert status is None or answer.status_code == status, (path, answer.status_code)
        self.page = answer.text if (answer.mimetype or "").startswith("text/") else ""
        return self.page

    def text(self) -> str:
        """What the page says, without its markup."""
        return html.unescape(re.sub(r"<[^>]*>", "", self.page)).replace("\u00a0", " ")

    def forms(self) -> list[Form]:
        found = _Forms()
        found.feed(self.page)
        return found.forms

    def form(self, action: str) -> Form:
        """The form of the last page that goes to an address."""
        found = [form for form in self.forms() if form.action == action]
        assert found, (action, [form.action for form in self.forms()])
        return found[-1]

    def send(self, action: str, words: dict[str, Any] | None = None, follow: bool = True, **more: Any) -> TestResponse:
        """Fill in the form that goes to an address, and send it."""
        filled = {name: text for name, text in (self.form(action).words | (words or {})).items() if text is not None}
        return self.post(action, filled | more, follow)

    def post(self, path: str, words: dict[str, Any], follow: bool = False) -> TestResponse:
        """Send words as they are."""
        answer = self.client.post(
            path, data=words, base_url=PUBLIC_URL, headers=self._headers(), follow_redirects=follow
        )
        self.page = answer.text if (answer.mimetype or "").startswith("text/") else ""
        return answer

    def sign_in(self, login: str, password: str = PASSWORD, **more: str) -> TestResponse:
        self.open("/sign-in")
        return self.send("/sign-in", {"login": login, "password": password} | more, follow=False)

    def token(self) -> str:
        found = TOKEN.search(self.page)
        assert found
        return found[1]

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": self.locale, "Referer": PUBLIC_URL + "/", "Sec-Fetch-Site": "same-origin"}


def visiting(house: House, role: str, site: str | None = "MC", locale: str = "en") -> Visitor:
    """Somebody of a role who has signed in."""
    visitor = Visitor(house, locale)
    login = house.person(role, site=site)
    assert visitor.sign_in(login).status_code == 303
    return visitor
