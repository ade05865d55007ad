"""Whether a certificate can be printed, asked before a number is spent on it."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from certificates.content import Certificate
from certificates.fonts import Fonts
from certificates.pdf.document import lay_out
from certificates.pdf.refusal import CannotPrint

# Carried in the JSON, or shown as a word of ours; never printed as they stand.
_NOT_PRINTED = frozenset(
    {
        "format",
        "code",
        "kind",
        "item",
        "group",
        "content",
        "way",
        "key",
        "unit",
        "note",
        "yield_ratio",
        "kg_co2e_per_kg",
    }
)


def check(certificate: Certificate, fonts: Fonts) -> None:
    """Raise CannotPrint for the first text with a character the fonts lack, or that does not fit its place.

    Its ``field`` is the path of the text (``recipient.name_ja``, ``lines[2].alloy``), ``characters`` those without a
    glyph, or "" where the text is too long.
    """
    require_glyphs(certificate, fonts)
    lay_out(certificate, fonts)


def require_glyphs(content: Any, fonts: Fonts) -> None:
    """The part of ``check`` that draws nothing, for any document: CannotPrint for a character the fonts lack."""
    for field, text in texts(content):
        missing = fonts.missing(text)
        if missing:
            raise CannotPrint(field, missing)


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text that is printed, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, f"{path}[{index}]")
    elif dataclasses.is_dataclass(value):
        for member in dataclasses.fields(value):
            if member.name not in _NOT_PRINTED:
                yield from texts(getattr(value, member.name), f"{path}.{member.name}".lstrip("."))
