"""gettext catalogues read straight from the .po files: there is no compile step that could be forgotten."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = ("ja", "en")
DEFAULT_LOCALE = "ja"


def marked(sentence: str) -> str:
    """Mark a sentence that is said elsewhere, so that the test of the catalogue finds it."""
    return sentence


def locale_from(*wishes: str | None) -> str:
    """The first wish that is a language of ours ("ja", "en-GB", "ja_JP.UTF-8"), else Japanese."""
    for wish in wishes:
        language = (wish or "")[:2].lower()
        if language in LOCALES:
            return language
    return DEFAULT_LOCALE


@cache
def translations(locale: str) -> NullTranslations:
    """The catalogue of a locale. English is the language of the sources."""
    if locale != "ja":
        return NullTranslations()
    merged = Catalog(locale="ja")
    for resource in sorted(files("app.wording").joinpath("ja").iterdir(), key=lambda entry: entry.name):
        if resource.name.endswith(".po"):
            for message in read_po(BytesIO(resource.read_bytes()), locale="ja"):
                if message.id:
                    merged.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return GNUTranslations(compiled)


def say(locale: str, sentence: str, **values: object) -> str:
    """A sentence in a language, its ``{name}`` places filled in."""
    translated = translations(locale).gettext(sentence)
    return translated.format(**values) if values else translated
