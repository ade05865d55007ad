"""Puts the house together: configuration, records, doors. Each door installs itself."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response as AnyResponse

from app import cli, exchange, logs, packing, pages
from app.access import public
from app.api import document, errors, health
from app.current import EXTENSION, Service, now, service_of
from app.exchange import errors as exchange_errors
from app.lookups.certificates import public_pdf, verdict_of
from app.lookups.verdict import Verdict
from app.operations.recover_certificates import recover_certificates
from app.pages.staff import errors as staff_errors
from app.pages.verify.routes import make_blueprint
from app.pages.verify.states import CannotBeChecked
from app.records.deeds import Doer
from app.records.migrations import at_head
from app.records.unit import Unavailable
from certificates.content import Party
from config import Config

LARGEST_BODY = 1024 * 1024
LARGEST_ID = 2**63 - 1
SYSTEM = "system"


def create_app(config: Config) -> Flask:
    """The application for a configuration. Finishes certificates that a worker left half-way, where told to."""
    app = Flask(__name__, static_folder=None)
    app.config.update(SECRET_KEY=config.secret_key, MAX_CONTENT_LENGTH=LARGEST_BODY)
    app.url_map.converters["int"] = _Id
    app.url_map.merge_slashes = False  # or /lots//A is sent on to whatever host the request named
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    held = service_of(config)
    app.extensions[EXTENSION] = held
    logs.install(app)
    document.install(app)
    errors.install(app, _answer_elsewhere)  # after flask-smorest, which brings a handler of its own
    packing.install(app)
    health.install(app)
    _install_public_page(app, held)
    pages.install(app, https=config.public_url.startswith("https:"))
    exchange.install(app, config.deliver_in_background)
    if config.trusted_proxies:
        # Nobody else's word is taken for where a request came from.
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    cli.install(app, config)
    if config.recover_at_start:
        _recover(held)
    return app


def _answer_elsewhere(error: HTTPException) -> AnyResponse:
    """Errors outside of the API, in the words of the door that the address belongs to."""
    return exchange_errors.answer(error) if exchange_errors.concerned(request.path) else staff_errors.answer(error)


class _Id(IntegerConverter):
    """An id in an address: one that no database counts to leads nowhere, instead of failing there."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


Answer = TypeVar("Answer")


def _install_public_page(app: Flask, held: Service) -> None:
    """The page behind the QR code."""
    url = held.issuer.public_url

    def look_up(code: str) -> Verdict:
        return _answered(lambda: verdict_of(held.records, url, code, now()))

    def pdf_of(code: str) -> bytes | None:
        return _answered(lambda: public_pdf(held.records, code))

    issuer = Party(None, held.issuer.name_ja, held.issuer.name_en)
    verify = make_blueprint(look_up, pdf_of, now, url, issuer)
    app.register_blueprint(verify)
    for name, view in app.view_functions.items():
        if name.startswith(f"{verify.name}."):
            public(view)


def _answered(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except Unavailable as error:
        raise CannotBeChecked from error


def _recover(held: Service) -> None:
    """Finish what was found half-way; a database that is not there yet has nothing half-way in it."""
    try:
        ready = at_head(held.records)
    except Unavailable:
        return
    if ready:
        recover_certificates(held.records, held.press, Doer(SYSTEM, held.clock()))
