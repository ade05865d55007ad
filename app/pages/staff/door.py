"""Who comes in to the staff pages: a session's person, in a role; forms with a token; the same headers everywhere."""

import secrets
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, Request, g, request, send_from_directory, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from app.access import SIGNED_IN, Role, View, may, opened_to
from app.current import Person, now, person, service, sign_in
from app.lookups.people import person_of_session
from app.operations.sign_in import token_hash
from app.pages.staff.limits import require_readable_address, require_readable_form

TOKEN, LANGUAGE = "token", "language"
READS = ("GET", "HEAD")
LANGUAGES = ("ja", "en")

STATIC = Path(__file__).parents[1] / "static"
FOR_EVER = 365 * 24 * 3600  # their addresses change with what is in them

staff = Blueprint("staff", __name__)
csrf = CSRFProtect()


def page(
    rule: str,
    *roles: Role,
    writes: bool = False,
    post: bool = False,
    own: bool = False,
    largest: int | None = None,
) -> Callable[[View], View]:
    """Register a page for people of these roles (``admin`` and, where it only reads, ``auditor`` as everywhere).

    ``post`` takes a form instead of showing a page; ``writes`` is a page that shows such a form; ``own`` is about
    nobody but whoever is signed in, such as to sign out; ``largest`` is the largest body of a page that takes files.
    """

    def decorate(view: View) -> View:
        allowed = frozenset(roles or SIGNED_IN)

        @wraps(view)
        def guarded(*args: Any, **values: Any) -> Any:
            _let_in(allowed, reads=own or not (writes or post))
            return view(*args, **values)

        opened_to(guarded, allowed)
        guarded.writes = writes or post  # type: ignore[attr-defined]
        guarded.largest = largest  # type: ignore[attr-defined]
        staff.add_url_rule(rule, view.__name__, guarded, methods=["POST" if post else "GET"])
        return view

    return decorate


def open_page(rule: str, post: bool = False) -> Callable[[View], View]:
    """Register a page for everybody, such as the one to sign in at; a form needs its token there too."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> Any:
            if post:
                _take_form()
            return view(*args, **values)

        staff.add_url_rule(rule, view.__name__, opened_to(guarded, None), methods=["POST" if post else "GET"])
        return view

    return decorate


def _let_in(allowed: frozenset[Role], reads: bool) -> None:
    who = signed_in()
    if who is None:
        raise Unauthorized()
    if not may(Role(who.role), allowed, reads):
        raise Forbidden()
    if request.method not in READS:
        _take_form()


def _take_form() -> None:
    csrf.protect()
    require_readable_form()


def signed_in() -> Person | None:
    """Who this session belongs to, or None."""
    if "person" in g:
        return person()
    token = session.get(TOKEN)
    account = person_of_session(service().records, token_hash(token), now()) if isinstance(token, str) else None
    if account is None:
        return None
    sign_in(Person(account.login, account.role, account.name, account.site_code))
    return person()


def enter(token: str) -> None:
    """Let a new session begin: nothing of what the browser had before goes with it."""
    language = session.get(LANGUAGE)
    session.clear()
    session[TOKEN] = token
    if language:
        session[LANGUAGE] = language


def leave() -> str | None:
    """Forget the session; returns its token."""
    token: str | None = session.get(TOKEN)
    language = session.get(LANGUAGE)
    session.clear()
    if language:
        session[LANGUAGE] = language
    return token


def session_token() -> str:
    """The token of this session."""
    return str(session.get(TOKEN, ""))


def own_address(wanted: str | None) -> str:
    """An address of ours to go on to, or the start page: never another host's."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or "\\" in wanted:
        return "/"
    return wanted if wanted.isprintable() else "/"


def sign_in_address() -> str:
    """Where to sign in, and come back from to this page."""
    back = request.full_path.rstrip("?") if request.method in READS else "/"
    return "/sign-in" if back == "/" else f"/sign-in?{urlencode({'next': back})}"


def nonce() -> str:
    """The word that this page's own scripts carry, so that no others run."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def install(app: Flask, https: bool) -> None:
    """Sessions in a cookie that scripts cannot read, and forms with a token as long as the session lives."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if https else "session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
    )
    app.session_interface = _Sessions()
    csrf.init_app(app)
    app.register_blueprint(staff)
    app.after_request(_headed)  # not of the blueprint alone: an address that leads nowhere has a page too


@open_page("/static/<name>")
def static(name: str) -> AnyResponse:
    """Style sheets and scripts."""
    return send_from_directory(STATIC, name, max_age=FOR_EVER if "v" in request.args else 0)


@open_page("/service-worker.js")
def service_worker() -> AnyResponse:
    """The script that keeps the weigh-in page at hand; it stands at the top, or it would only serve /static."""
    return send_from_directory(STATIC, "service-worker.js", max_age=0)


class _Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, sent anew only when it changed."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Nothing is made ready to read a cookie that is not there: a crowd behind a QR code has none."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def should_set_cookie(self, app: Flask, session: Any) -> bool:
        return bool(session.modified)


@staff.before_request
def _language() -> None:
    """The reader's language: chosen by a link, it is remembered."""
    wished = request.args.get("lang")
    if wished in LANGUAGES and session.get(LANGUAGE) != wished:
        session[LANGUAGE] = wished
    g.language = session.get(LANGUAGE)


staff.before_request(require_readable_address)


def _headed(answer: AnyResponse) -> AnyResponse:
    if request.blueprint == "verify" or request.path.startswith("/api/"):
        return answer  # these doors have their own
    if request.endpoint in ("staff.static", "staff.service_worker") and answer.status_code < 400:
        return answer
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce()}'; style-src 'self'; img-src 'self' data: blob:;"
        " connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:;"
        " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    answer.headers.setdefault("Content-Security-Policy", policy)
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Frame-Options"] = "DENY"
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        answer.headers["Strict-Transport-Security"] = "max-age=31536000"
    answer.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    return answer
