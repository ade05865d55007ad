import base64
import hashlib
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.lookups.verdict import Unknown, Verdict
from app.pages.verify import CannotBeChecked, make_blueprint
from tests.pages.verify.markup import Page
from tests.pages.verify.states import CHECKED, CODE, HOST, ISSUER, SHOWING

PDF = b"%PDF-1.7 sample"
REVOKED = CODE[:-1] + "0"
BROKEN = CODE[:-1] + "1"
ABSENT = CODE[:-1] + "2"


class Books:
    """Look-ups that remember what they were asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def look_up(self, code: str) -> Verdict:
        self.asked.append(code)
        if code == BROKEN:
            raise CannotBeChecked
        found = {CODE: SHOWING["valid"], REVOKED: SHOWING["revoked"]}.get(code, Unknown())
        assert isinstance(found, Verdict)
        return found

    def pdf_of(self, code: str) -> bytes | None:
        self.asked.append(code)
        if code == BROKEN:
            raise CannotBeChecked
        return PDF if code == CODE else None


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
def client(books: Books) -> FlaskClient:
    app = Flask(__name__)
    app.register_blueprint(make_blueprint(books.look_up, books.pdf_of, lambda: CHECKED, f"https://{HOST}", ISSUER))
    return app.test_client()


@pytest.mark.parametrize("path", [f"/c/{CODE}", f"/C/{CODE}", f"/c/{CODE.lower()}", f"/C/{CODE.lower()}"])
@pytest.mark.parametrize("ending", ["", ".json", ".pdf"])
def test_a_code_opens_in_upper_and_lower_case(client: FlaskClient, books: Books, path: str, ending: str):
    assert client.get(path + ending).status_code == 200
    assert books.asked == [CODE]


@pytest.mark.parametrize("ending", ["", ".json", ".pdf"])
def test_what_cannot_be_a_code_is_unknown_without_asking_the_books(client: FlaskClient, books: Books, ending: str):
    assert client.get(f"/c/no-such-code{ending}").status_code == 404
    assert books.asked == []


@pytest.mark.parametrize("ending", ["", ".json", ".pdf"])
def test_head_answers_as_get_does_without_a_body(client: FlaskClient, ending: str):
    got, head = client.get(f"/c/{CODE}{ending}"), client.head(f"/c/{CODE}{ending}")
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["Content-Length"] == got.headers["Content-Length"]


def test_an_unknown_code_is_a_calm_page_and_404(client: FlaskClient):
    reply = client.get(f"/c/{ABSENT}")
    assert reply.status_code == 404
    assert Page(reply.text).by_class("unknown")
    assert json.loads(client.get(f"/c/{ABSENT}.json").data) == {"status": "unknown"}
    assert client.get(f"/c/{ABSENT}.json").status_code == 404


def test_a_pdf_that_is_not_public_is_a_calm_page_and_404(client: FlaskClient):
    reply = client.get(f"/c/{REVOKED}.pdf")
    assert reply.status_code == 404
    assert Page(reply.text).by_class("no-document")


def test_the_pdf_is_given_as_it_is(client: FlaskClient):
    reply = client.get(f"/c/{CODE}.pdf")
    assert reply.data == PDF
    assert reply.mimetype == "application/pdf"
    assert reply.headers["Content-Disposition"] == f'inline; filename="{CODE}.pdf"'


@pytest.mark.parametrize("ending", ["", ".json", ".pdf"])
def test_books_that_cannot_be_read_are_503_and_never_valid(client: FlaskClient, ending: str):
    reply = client.get(f"/c/{BROKEN}{ending}")
    assert reply.status_code == 503
    assert int(reply.headers["Retry-After"]) > 0
    if ending == ".json":
        assert reply.json == {"status": "cannot_be_checked"}
    else:
        assert Page(reply.text).by_class("verdict")[0].attributes["class"] == "verdict unchecked"


@pytest.mark.parametrize(
    ("query", "accepted", "locale"),
    [("", "", "ja"), ("", "en-GB,en;q=0.8", "en"), ("", "fr,de;q=0.5", "ja"), ("", "ja;q=0.4,en;q=0.9", "en"),
     ("?lang=ja", "en", "ja"), ("?lang=en", "ja", "en"), ("?lang=xx", "en", "en"), ("", "*", "ja"), ("", ";;;q", "ja")],
)  # fmt: skip
def test_the_language_is_asked_for_or_accepted_or_japanese(client: FlaskClient, query: str, accepted: str, locale: str):
    reply = client.get(f"/c/{CODE}{query}", headers={"Accept-Language": accepted})
    assert f'<html lang="{locale}">' in reply.text
    assert "Accept-Language" in reply.headers["Vary"]


@pytest.mark.parametrize("path", [f"/c/{CODE}", f"/c/{BROKEN}", f"/c/{ABSENT}", f"/c/{REVOKED}", f"/c/{REVOKED}.pdf"])
def test_the_policy_allows_the_one_style_and_nothing_else(client: FlaskClient, path: str):
    reply = client.get(path)
    style = Page(reply.text).all("style")[0].text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert reply.headers["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize("ending", ["", ".json", ".pdf"])
def test_every_reply_keeps_itself_to_itself(client: FlaskClient, ending: str):
    headers = client.get(f"/c/{CODE}{ending}").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Cache-Control"] == "public, max-age=30"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


def test_nothing_of_the_address_becomes_markup(client: FlaskClient):
    for path in ("/c/<script>alert(1)</script>.pdf", "/c/%22onload=%22x", f"/c/{CODE}?lang=<script>"):
        assert "<script" not in client.get(path).text


def test_the_links_of_the_page_open(client: FlaskClient):
    links = [link.attributes["href"] or "" for link in Page(client.get(f"/C/{CODE}").text).all("a")]
    assert links == ["?lang=en", f"/c/{CODE}.pdf", f"/c/{CODE}.json"]
    assert all(client.get(f"/c/{CODE}{link}" if link.startswith("?") else link).status_code == 200 for link in links)


@pytest.mark.parametrize("ending", ["", ".json", ".pdf"])
def test_whoever_has_the_page_already_is_told_so_in_a_word(client: FlaskClient, ending: str):
    first = client.get(f"/c/{CODE}{ending}")
    again = client.get(f"/c/{CODE}{ending}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"/c/{CODE}{ending}", headers={"If-None-Match": '"other"'}).status_code == 200


def test_plain_and_packed_pages_are_told_apart(client: FlaskClient):
    plain, packed = (client.get(f"/c/{CODE}", headers={"Accept-Encoding": e}) for e in ("identity", "gzip"))
    assert plain.headers["ETag"] != packed.headers["ETag"]


@pytest.mark.parametrize("path", [f"/c/{BROKEN}", f"/c/{ABSENT}", f"/c/{ABSENT}.json", "/c/x"])
def test_what_may_be_otherwise_in_a_moment_is_not_kept(client: FlaskClient, path: str):
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "no-cache"
    assert "ETag" not in headers
