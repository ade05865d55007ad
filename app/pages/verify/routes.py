"""The door behind the QR code: /c/{code}, .json and .pdf, in upper and lower case; GET and HEAD, no key, no cookie."""

import gzip
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from app.lookups.verdict import Unknown, Verdict
from app.pages.verify import document
from app.pages.verify.codes import code_from
from app.pages.verify.kept import Kept
from app.pages.verify.kept import page_of as kept_page
from app.pages.verify.rendering import style_hash
from app.pages.verify.states import CannotBeChecked, NoDocument, State, Unchecked, status_code
from app.wording.catalogue import DEFAULT_LOCALE, LOCALES
from certificates.content import Party

RETRY_AFTER_SECONDS = 60
_CONDITIONS = ("If-None-Match", "If-Modified-Since", "Range", "If-Range", "If-Match", "If-Unmodified-Since")
# Kept anywhere for half a minute at most: nobody sees a certificate valid for longer once it was revoked.
FRESH = "public, max-age=30"

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-cache",
}
_LOCKED = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def make_blueprint(
    look_up: Callable[[str], Verdict],
    pdf_of: Callable[[str], bytes | None],
    now: Callable[[], datetime],
    public_url: str,
    issuer: Party,
) -> Blueprint:
    """The public pages. ``look_up`` and ``pdf_of`` take a folded code; they raise CannotBeChecked if the books fail."""
    blueprint = Blueprint("verify", __name__)
    host = urlsplit(public_url).netloc

    def answered(code: str) -> State:
        folded = code_from(code)
        try:
            return look_up(folded) if folded else Unknown()
        except CannotBeChecked:
            return Unchecked()

    def page_of(state: State, code: str) -> Response:
        path = f"/c/{code_from(code) or ''}"
        kept = kept_page(state, locale=_locale(), checked_at=now(), host=host, path=path, issuer=issuer)
        return _page(kept, status_code(state))

    def page(code: str) -> Response:
        """The page behind the QR code."""
        return page_of(answered(code), code)

    def json(code: str) -> Response:
        """The same for programs."""
        state = answered(code)
        reply = Response(document.written(state), status_code(state), mimetype="application/json")
        return _conditional(_headed(reply, "default-src 'none'; " + _LOCKED))

    def pdf(code: str) -> Response:
        """The document as issued, where its recipient agreed to that."""
        folded = code_from(code)
        try:
            data = pdf_of(folded) if folded else None
        except CannotBeChecked:
            return page_of(Unchecked(), code)
        return page_of(NoDocument() if folded else Unknown(), code) if data is None else _pdf(data, folded or "")

    for prefix in ("c", "C"):
        for ending, view in (("", page), (".json", json), (".pdf", pdf)):
            blueprint.add_url_rule(f"/{prefix}/<code>{ending}", f"{prefix}_{view.__name__}", view, methods=["GET"])
    return blueprint


def _locale() -> str:
    """?lang= says it, else the browser, else Japanese."""
    wished = request.args.get("lang", "")
    return wished if wished in LOCALES else request.accept_languages.best_match(LOCALES, DEFAULT_LOCALE)


def _page(kept: Kept, status: int) -> Response:
    packed = request.accept_encodings["gzip"] > 0
    reply = Response(kept.packed if packed else kept.html, status, mimetype="text/html")
    if packed:
        reply.content_encoding = "gzip"
    reply.vary.update(("Accept-Encoding", "Accept-Language"))
    _headed(reply, f"default-src 'none'; style-src '{style_hash()}'; img-src data:; {_LOCKED}", packed=False)
    if status == 200:
        reply.set_etag(kept.etag + ("-gzip" if packed else ""))
    return _conditional(reply)


def _conditional(reply: Response) -> Response:
    """Nothing but 304 for whoever has it already; errors are neither kept nor compared."""
    if reply.status_code == 200:
        reply.headers["Cache-Control"] = FRESH
        reply.add_etag()
        if any(name in request.headers for name in _CONDITIONS):
            reply.make_conditional(request)
    return reply


def _pdf(data: bytes, code: str) -> Response:
    reply = Response(data, mimetype="application/pdf")
    reply.headers["Content-Disposition"] = f'inline; filename="{code}.pdf"'
    # Browsers draw PDFs with styles and plugins of their own.
    return _conditional(_headed(reply, "frame-ancestors 'none'", packed=False))


def _headed(reply: Response, policy: str, packed: bool = True) -> Response:
    """Headers for everybody; text goes packed to whoever takes it so: on a slow line size is time."""
    reply.headers.update({**_ALWAYS, "Content-Security-Policy": policy})
    if reply.status_code == 503:
        reply.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    if packed:
        reply.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] > 0:
            reply.set_data(gzip.compress(reply.get_data(), mtime=0))
            reply.content_encoding = "gzip"
    return reply
