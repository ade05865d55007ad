"""Errors outside of the API, as pages: what happened, what was not changed, and where to go on."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from flask import Response, g, request, session
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, Unauthorized

from app.current import locale, request_id
from app.ledger.refusals import Refused
from app.operations.problems import Invalid, NotFound, SamePerson
from app.pages.staff.door import LANGUAGE, own_address, sign_in_address, signed_in, staff
from app.pages.staff.forms import Form
from app.pages.staff.limits import MOST_FIELDS
from app.pages.staff.rendering import render
from app.pages.staff.told import refused, told
from app.records.unit import Unavailable
from app.schemas.people import SECRETS
from app.wording.catalogue import marked
from app.wording.problems import field_sentence

log = structlog.get_logger()
WORDS: Mapping[int, tuple[str, str]] = {
    400: (marked("This cannot be read"), marked("The browser sent something that is not understood. Try again.")),
    403: (marked("Not for your role"), marked("Your role may not do this. Somebody of another role has to.")),
    404: (
        marked("There is nothing here"),
        marked("Check the address or the number, or find it by what is printed on it."),
    ),
    405: (
        marked("There is nothing here"),
        marked("Check the address or the number, or find it by what is printed on it."),
    ),
    409: (marked("Not now"), marked("The books refuse this. Nothing was changed.")),
    413: (marked("Too large"), marked("The file is too large. Nothing was changed.")),
    415: (marked("Not a file we read"), marked("Send a form. Nothing was changed.")),
    429: (marked("Too many requests"), marked("Wait a little and try again.")),
    500: (
        marked("Something went wrong with us"),
        marked("Nothing was changed. Try again; if it stays so, tell the administrator the number below."),
    ),
    503: (marked("Cannot answer now"), marked("The database does not answer. Nothing was changed. Try again shortly.")),
}


def answer(error: HTTPException) -> Response:
    """The page of an HTTP error."""
    return _page(error.code or 500)


def _page(status: int, sentence: str | None = None) -> Response:
    g.setdefault("language", session.get(LANGUAGE))  # an address that leads nowhere has asked nobody
    head, what = WORDS.get(status, WORDS[400 if status < 500 else 500])
    values: dict[str, Any] = {"sentence": sentence, "id": request_id()}
    try:
        html = render("error.html", head=head, what=what, status=status, **values)
    except Unavailable:  # nobody can say who is signed in
        status, (head, what) = 503, WORDS[503]
        html = render("error.html", anonymous=True, head=head, what=what, status=status, **values)
    headers = {"Content-Language": locale(), "Cache-Control": "no-store"}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "5"
    return Response(html, status, headers, mimetype="text/html")


@staff.errorhandler(Unauthorized)
def _sign_in_first(_: Unauthorized) -> Response:
    """Show where to sign in; what was typed into a form of ours is kept for after that."""
    kept = _kept()
    if request.method == "GET" and not kept:
        return Response(status=303, headers={"Location": sign_in_address()})
    html = render("sign_in.html", form=Form(), after=own_address(request.path), kept=kept, ended=True)
    return Response(html, 401, mimetype="text/html")


@staff.errorhandler(CSRFError)
def _token(_: CSRFError) -> Response:
    """A page of an earlier session: nothing is done by it, and nothing typed is lost."""
    if signed_in() is None:
        html = render("sign_in.html", form=Form(), after=own_address(request.form.get("after")), kept=[], ended=True)
        return Response(html, 400, mimetype="text/html")
    return Response(resume(request.path, _kept()), 400, mimetype="text/html")


def resume(address: str, kept: list[tuple[str, str]]) -> str:
    """A page that sends what was typed once more, when its reader says so."""
    return render("resume.html", address=address, kept=kept)


def _kept() -> list[tuple[str, str]]:
    """What a page of ours sent, but for passwords; another site's words are not kept for anybody."""
    if request.headers.get("Sec-Fetch-Site") != "same-origin" or request.path == "/sign-in":
        return []
    left_out = ("csrf_token", *SECRETS)
    return [(name, text) for name, text in request.form.items(multi=True) if name not in left_out][:MOST_FIELDS]


@staff.errorhandler(NotFound)
def _not_found(error: NotFound) -> Response:
    return _page(404, field_sentence(locale(), f"no_{error.noun}", {"number": error.number}))


@staff.errorhandler(Refused)
def _refused(error: Refused) -> Response:
    return _page(409, refused(error))


@staff.errorhandler(Invalid)
def _invalid(error: Invalid) -> Response:
    return _page(422, " ".join(told(each) for each in error.problems))


@staff.errorhandler(SamePerson)
def _same_person(_: SamePerson) -> Response:
    return _page(403, field_sentence(locale(), "same_person", {}))


@staff.errorhandler(Unavailable)
def _unavailable(error: Unavailable) -> Response:
    log.warning("database unavailable", error=str(error))
    return _page(503)


@staff.errorhandler(HTTPException)
def _http(error: HTTPException) -> Response:
    return answer(error)


@staff.errorhandler(Exception)
def _unexpected(error: Exception) -> Response:
    log.error("unexpected error", path=request.path, exc_info=error)
    return answer(InternalServerError())
