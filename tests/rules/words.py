"""Words a person reads that stand in one language only: in templates, in scripts and in what commands print.

The catalogue cannot miss a sentence it was never given, so these look at what is written around it. A template's text
is read as HTML with what the template fills in left out; of an expression only what it may print as it stands.
"""

import re
from typing import NamedTuple

# Units, formulas and formats are written alike in both languages, and a language is offered by its own name.
SAME = ("kg-CO2e", "kg", "kWh", "CO2", "CFP", "PDF", "QR", "CSV", "JSON Lines", "JSON", "SHA-256", "English", "日本語")
# No word is a place to fill in, a number of ours, nor a path or the end of a file's name.
CODES = r"\{\w*\}|\b[A-Z]+-\d[\d-]+|(?<!\w)[/.][a-z][\w/.-]*"
EXCEPT = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(SAME)})(?![A-Za-z])|{CODES}")
JAPANESE = re.compile("[\u3001\u3002\u3008-\u3011\u3041-\u30ff\u4e00-\u9fff（），：；！？]")
WORD = re.compile(rf"[A-Za-z]{{2,}}|{JAPANESE.pattern}")
PHRASE = re.compile(rf"[A-Za-z]{{2,}}[,;:.]? [A-Za-z]+|{JAPANESE.pattern}")


class Found(NamedTuple):
    """A line, and what stands there outside the catalogue."""

    line: int
    text: str


def has_word(text: str) -> bool:
    """Where a person reads all of a text: any word in it."""
    return bool(WORD.search(EXCEPT.sub(" ", text)))


def has_phrase(text: str) -> bool:
    """Where a text may be a code or a name of ours as well: two words beside each other, or Japanese."""
    return bool(PHRASE.search(EXCEPT.sub(" ", text)))
