"""Sentences as HTML: escaped, with the 2 of CO2 lowered, and no figure broken from its unit."""

import re

from markupsafe import Markup, escape

from app.wording.catalogue import say

_WHOLE = re.compile(
    r"kg-CO[2₂]e(?:/[a-z]+)?"  # a unit,
    r"|(?<![A-Z0-9-])(?=[A-Z0-9-]{3,20}(?![A-Z0-9-]))[A-Z]+[A-Z0-9]*(?:-[A-Z0-9]+)+"  # a number of ours,
    r"|\d{4}年\d+月\d+日"  # a day: none is broken between lines
)
_FORMULA = re.compile("CO[2₂]")
_FIGURE = re.compile(r"(?<=\d) (?=kg|%)|(?<=[①②]) ")


def phrase(locale: str, sentence: str, **values: object) -> Markup:
    """A sentence of ours as HTML, whatever is filled into it escaped."""
    return typeset(say(locale, sentence)).format(**values)


def typeset(text: str) -> Markup:
    """Escaped, the 2 of CO2 lowered (no font has U+2082), and no figure broken from its unit, no number at a hyphen."""
    whole = _WHOLE.sub(lambda term: f'<span class="u">{term[0]}</span>', str(escape(text)))
    return Markup(_FIGURE.sub("\u00a0", _FORMULA.sub("CO<sub>2</sub>", whole)))
