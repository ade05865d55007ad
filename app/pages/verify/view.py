"""The page as a value: what is said in which state, before any HTML."""

from dataclasses import dataclass
from datetime import datetime

from app.lookups.verdict import Expired, Genuine, Replacement, Revoked, Shown, Superseded
from app.pages.verify.content import Content, content
from app.pages.verify.dates import JAPAN, day, minute
from app.pages.verify.facts import Fact
from app.pages.verify.states import Banner, State, banner, other
from app.pages.verify.words import named
from app.wording.catalogue import say
from certificates.content import Party


@dataclass(frozen=True, slots=True)
class Next:
    """The certificate to use in place of this one."""

    number: str
    verify_url: str
    issued: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A certificate that has been taken back: when, why, and what replaces it."""

    facts: tuple[Fact, ...]
    history: tuple[Fact, ...]
    replacement: Next | None
    awaits_replacement: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a template needs. ``content`` is None where nothing of a certificate may be shown."""

    locale: str
    other_locale: str
    banner: Banner
    checked: str
    checked_iso: str
    host: str
    issuer: str
    content: Content | None = None
    pdf_available: bool = False
    withdrawal: Withdrawal | None = None

    @property
    def title(self) -> str:
        """For the tab and the history: the verdict first, then the number."""
        parts = (self.banner.word, self.content.number if self.content else "", self.issuer)
        return " – ".join(part for part in parts if part)


def present(state: State, locale: str, checked_at: datetime, host: str, issuer: Party) -> Page:
    """The page of a state in a language, at the time it was asked."""
    shown, withdrawal = _shown(state), _withdrawal(state, locale)
    return Page(
        locale=locale,
        other_locale=other(locale),
        banner=banner(state, locale),
        checked=minute(locale, checked_at),
        checked_iso=checked_at.astimezone(JAPAN).isoformat(timespec="minutes"),
        host=host,
        issuer=named(issuer, locale),
        content=content(shown.certificate, locale) if shown else None,
        pdf_available=bool(shown and shown.pdf_available and shown.certificate.recipient),
        withdrawal=withdrawal,
    )


def _shown(state: State) -> Shown | None:
    match state:
        case Genuine(shown) | Expired(shown) | Revoked(shown) | Superseded(shown):
            return shown
    return None


def _withdrawal(state: State, locale: str) -> Withdrawal | None:
    match state:
        case Revoked(shown, at, reason, replacement):
            when = Fact("at", say(locale, "Revoked on"), minute(locale, at))
            why = Fact("reason", say(locale, "Reason"), reason)
            return _withdrawn(shown, (when, why), replacement, locale, awaits=False)
        case Superseded(shown, at, replacement):
            when = Fact("at", say(locale, "Superseded on"), minute(locale, at))
            return _withdrawn(shown, (when,), replacement, locale, awaits=replacement is None)
    return None


def _withdrawn(
    shown: Shown, deed: tuple[Fact, ...], replacement: Replacement | None, locale: str, *, awaits: bool
) -> Withdrawal:
    number = Fact("number", say(locale, "Number"), shown.certificate.number)
    issued = Fact("issued", say(locale, "Issued on"), day(locale, shown.certificate.issued_on))
    return Withdrawal((number, *deed), (issued, deed[0]), _next(replacement, locale), awaits)


def _next(replacement: Replacement | None, locale: str) -> Next | None:
    if replacement is None:
        return None
    issued = say(locale, "Issued {date}", date=day(locale, replacement.issued_on))
    return Next(replacement.number, replacement.verify_url, issued)
