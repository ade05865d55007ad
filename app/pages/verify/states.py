"""The states of the page: the six verdicts, and two that are no verdict on a certificate."""

from dataclasses import dataclass

from app.lookups.verdict import Altered, Expired, Genuine, Revoked, Superseded, Unknown, Verdict
from app.pages.verify.dates import day
from app.wording.catalogue import marked, say


class CannotBeChecked(Exception):
    """The books cannot be read now, so nothing may be said of any certificate. Raised by the injected look-ups."""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """The state could not be asked for."""


@dataclass(frozen=True, slots=True)
class NoDocument:
    """There is no PDF to be had here, whether or not there is a certificate."""


State = Verdict | Unchecked | NoDocument


@dataclass(frozen=True, slots=True)
class Banner:
    """The verdict: ``name`` is look and icon, then the word, the word in the other language, and one sentence."""

    name: str
    word: str
    other_word: str
    sentence: str


def other(locale: str) -> str:
    """The other of the two languages."""
    return "en" if locale == "ja" else "ja"


def status_code(state: State) -> int:
    """The HTTP status of the page in this state."""
    match state:
        case Unknown() | NoDocument():
            return 404
        case Unchecked():
            return 503
    return 200


def banner(state: State, locale: str) -> Banner:
    """The verdict banner of a state (design.md, "Verdict banner")."""
    name, word, sentence = _words(state)
    values = {"date": day(locale, state.shown.certificate.valid_until)} if isinstance(state, Expired) else {}
    return Banner(name, say(locale, word), say(other(locale), word), say(locale, sentence, **values))


def _words(state: State) -> tuple[str, str, str]:
    match state:
        case Genuine():
            return "valid", marked("Valid"), marked("This certificate is genuine and valid today.")
        case Expired():
            return "expired", marked("Expired"), marked("Genuine, but past its date ({date}).")
        case Revoked():
            return "revoked", marked("Revoked"), marked("This certificate has been revoked. Do not use it.")
        case Superseded():
            sentence = marked("A new certificate replaces this one. Use the new one.")
            return "superseded", marked("Superseded"), sentence
        case Altered():
            return "altered", marked("Altered"), marked("This document does not match what was issued.")
        case Unknown():
            sentence = marked("There is no certificate with this number. Check the number.")
            return "unknown", marked("Not found"), sentence
        case Unchecked():
            sentence = marked("We cannot check its status now. It may not be valid.")
            return "unchecked", marked("Cannot be checked"), sentence
        case NoDocument():
            return "no-document", marked("No PDF"), marked("There is no public PDF at this address.")
