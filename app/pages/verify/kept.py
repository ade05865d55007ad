"""Pages kept for a minute: a code scanned by a crowd is drawn once, and its state is read anew for everyone.

A page is known again by the state it tells, so that one of a certificate that was revoked is never given again.
"""

import gzip
import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from app.lookups.verdict import Expired, Genuine, Revoked, Shown, Superseded
from app.pages.verify.dates import minute
from app.pages.verify.rendering import render_page
from app.pages.verify.states import State
from certificates.content import Party

MOST = 128  # some 60 KB each


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it is sent, plain and packed, and its mark for those who have it already."""

    html: bytes
    packed: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that a page depends on. ``told`` stands for the state: comparing the whole of it would take too long."""

    told: tuple[object, ...]
    minute: str
    locale: str
    host: str
    path: str
    issuer: Party
    state: State = field(compare=False)
    checked_at: datetime = field(compare=False)


def page_of(state: State, *, locale: str, checked_at: datetime, host: str, path: str, issuer: Party) -> Kept:
    """The page of a state, drawn now or within this minute."""
    told = _told(state)
    asked = _Asked(told, minute(locale, checked_at), locale, host, path, issuer, state, checked_at)
    return _kept(asked) if told else _drawn(asked)


def _told(state: State) -> tuple[object, ...]:
    """What tells a state from every other; nothing for one that shows no certificate, which is not kept."""
    match state:
        case Genuine(shown) | Expired(shown):
            return _named(state, shown)
        case Revoked(shown, at, reason, replacement):
            return _named(state, shown, at, reason, replacement)
        case Superseded(shown, at, replacement):
            return _named(state, shown, at, replacement)
    return ()


def _named(state: State, shown: Shown, *more: object) -> tuple[object, ...]:
    return (type(state), shown.digest, shown.pdf_available, *more) if shown.digest else ()


def _drawn(asked: _Asked) -> Kept:
    html = render_page(
        asked.state,
        locale=asked.locale,
        checked_at=asked.checked_at,
        host=asked.host,
        path=asked.path,
        issuer=asked.issuer,
    ).encode()
    return Kept(html, gzip.compress(html, mtime=0), hashlib.sha256(html).hexdigest()[:32])


_kept = lru_cache(maxsize=MOST)(_drawn)
