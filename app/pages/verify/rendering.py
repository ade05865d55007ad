"""The page as HTML: one template a kind of state, and one inline style whose hash the policy names."""

import base64
import hashlib
import re
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.lookups.verdict import Altered, Expired, Genuine, Revoked, Superseded, Unknown
from app.pages.verify.states import NoDocument, State, Unchecked
from app.pages.verify.view import present
from app.wording.catalogue import say
from certificates.content import Party

_TEMPLATES = Path(__file__).parent.parent / "templates" / "verify"
_WHOLE = re.compile(
    r"kg-CO[2₂]e(?:/[a-z]+)?"  # a unit,
    r"|(?<![A-Z0-9-])(?=[A-Z0-9-]{3,20}(?![A-Z0-9-]))[A-Z]+[A-Z0-9]*(?:-[A-Z0-9]+)+"  # a number of ours,
    r"|\d{4}年\d+月\d+日"  # a day: none is broken between lines
)
_FORMULA = re.compile("CO[2₂]")
_FIGURE = re.compile(r"(?<=\d) (?=kg|%)|(?<=[①②]) ")


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


def phrase(locale: str, sentence: str, **values: object) -> Markup:
    """A sentence of ours as HTML, whatever is filled into it escaped."""
    return typeset(say(locale, sentence)).format(**values)


def typeset(text: str) -> Markup:
    """Escaped, the 2 of CO2 lowered (no font has U+2082), and no figure broken from its unit, no number at a hyphen."""
    whole = _WHOLE.sub(lambda term: f'<span class="u">{term[0]}</span>', str(escape(text)))
    return Markup(_FIGURE.sub("\u00a0", _FORMULA.sub("CO<sub>2</sub>", whole)))


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
