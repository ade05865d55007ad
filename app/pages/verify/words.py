"""Small words of the page: names in the reader's language, and things counted."""

from certificates.content import Party
from certificates.wording import Text, counter_en


def said(text: Text, locale: str) -> str:
    """A fixed text of the certificates in the reader's language."""
    return text.ja if locale == "ja" else text.en


def either(locale: str, ja: str, en: str) -> str:
    """A name that is kept in both languages; the other one where one is empty."""
    return (ja or en) if locale == "ja" else (en or ja)


def named(party: Party, locale: str) -> str:
    """An organisation or a site."""
    return either(locale, party.name_ja, party.name_en)


def counted(locale: str, units: int, counter_ja: str | None) -> str:
    """1台, or 1 unit."""
    return f"{units:,}{counter_ja or ''}" if locale == "ja" else f"{units:,} {counter_en(counter_ja, units)}"
