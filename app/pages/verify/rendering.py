"""The page as HTML: one template a kind of state, and one inline style whose hash the policy names."""

import base64
import hashlib
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.lookups.verdict import Altered, Expired, Genuine, Revoked, Superseded, Unknown
from app.pages.typesetting import phrase, typeset
from app.pages.verify.states import NoDocument, State, Unchecked
from app.pages.verify.view import present
from certificates.content import Party

_TEMPLATES = Path(__file__).parent.parent / "templates" / "verify"


def render_page(state: State, *, locale: str, checked_at: datetime, host: str, path: str, issuer: Party) -> str:
    """The whole page of a state. ``path`` is the page's own address without a query, such as /c/{code}."""
    template = _environment().get_template(_template(state))
    page = present(state, locale, checked_at, host, issuer)
    return template.render(page=page, path=path, _=partial(phrase, locale), css=Markup(stylesheet()))


def _template(state: State) -> str:
    match state:
        case Genuine() | Expired():
            return "genuine.html"
        case Revoked() | Superseded():
            return "withdrawn.html"
        case Altered():
            return "altered.html"
        case Unknown():
            return "unknown.html"
        case Unchecked():
            return "unchecked.html"
        case NoDocument():
            return "no_document.html"


@cache
def stylesheet() -> str:
    """The style of the page, read once."""
    return (_TEMPLATES / "verify.css").read_text(encoding="utf-8")


@cache
def style_hash() -> str:
    """The inline style as the content security policy names it (CSP3, 2.3.1): a hash keeps pages cacheable."""
    return "sha256-" + base64.b64encode(hashlib.sha256(stylesheet().encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["typeset"] = typeset
    return environment
