"""Puts the house together: configuration, records, doors. Each door installs itself."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from flask import Flask, redirect
from werkzeug.wrappers import Response

from app import cli, logs
from app.api import document, errors, health, packing
from app.api.door import public
from app.current import EXTENSION, Service, now
from app.lookups.certificates import public_pdf, verdict_of
from app.lookups.verdict import Verdict
from app.operations.issue_certificate import Issuer
from app.operations.press import Press
from app.operations.recover_certificates import recover_certificates
from app.pages.verify.routes import make_blueprint
from app.pages.verify.states import CannotBeChecked
from app.records.deeds import Doer
from app.records.migrations import at_head
from app.records.unit import Records, Unavailable
from certificates.content import Party
from certificates.fonts import default_directory
from config import Config

LARGEST_BODY = 1024 * 1024
SYSTEM = "system"


def create_app(config: Config) -> Flask:
    """The application for a configuration. Finishes certificates that a worker left half-way, where told to."""
    app = Flask(__name__, static_folder=None)
    app.config.update(SECRET_KEY=config.secret_key, MAX_CONTENT_LENGTH=LARGEST_BODY)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    issuer = Issuer(config.issuer_name_ja, config.issuer_name_en, config.public_url, config.verifier)
    press = Press(config.font_dir or default_directory())
    held = Service(Records(config.database_url), press, issuer, lambda: datetime.now(UTC))
    app.extensions[EXTENSION] = held
    logs.install(app)
    document.install(app)
    errors.install(app)  # after flask-smorest, which brings a handler of its own
    packing.install(app)
    health.install(app)
    _install_pages(app, held)
    cli.install(app, config)
    if config.recover_at_start:
        _recover(held)
    return app


Answer = TypeVar("Answer")


def _install_pages(app: Flask, held: Service) -> None:
    """The public page behind the QR, and a start page that leads to the API's document until staff have theirs."""
    url = held.issuer.public_url

    def look_up(code: str) -> Verdict:
        return _answered(lambda: verdict_of(held.records, url, code, now()))

    def pdf_of(code: str) -> bytes | None:
        return _answered(lambda: public_pdf(held.records, code))

    def home() -> Response:
        """Where a newcomer who types only the host ends up."""
        return redirect("/api/v1/docs")

    issuer = Party(None, held.issuer.name_ja, held.issuer.name_en)
    verify = make_blueprint(look_up, pdf_of, now, url, issuer)
    app.register_blueprint(verify)
    app.add_url_rule("/", "home", public(home))
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
