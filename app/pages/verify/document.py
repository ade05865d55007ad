"""The same answer for programs: the status, and the certificate exactly as its public canonical JSON has it."""

import json
from datetime import datetime
from typing import Any

from app.lookups.verdict import Altered, Expired, Genuine, Replacement, Revoked, Shown, Superseded, Unknown
from app.pages.verify.dates import JAPAN
from app.pages.verify.states import State
from certificates import seal


def as_document(state: State) -> dict[str, Any]:
    """The JSON of a state. Altered, unknown and unchecked carry nothing but their status."""
    match state:
        case Genuine(shown):
            return _stated("issued", shown)
        case Expired(shown):
            return _stated("expired", shown)
        case Revoked(shown, at, reason, replacement):
            return {**_stated("revoked", shown), "revoked_at": _time(at), "reason": reason, **_replaced(replacement)}
        case Superseded(shown, at, replacement):
            return {**_stated("superseded", shown), "superseded_at": _time(at), **_replaced(replacement)}
        case Altered():
            return {"status": "altered"}
        case Unknown():
            return {"status": "unknown"}
    return {"status": "cannot_be_checked"}


def written(state: State) -> bytes:
    """The document as UTF-8."""
    return json.dumps(as_document(state), ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _stated(status: str, shown: Shown) -> dict[str, Any]:
    return {"status": status, "certificate": seal.as_json(shown.certificate)}


def _replaced(replacement: Replacement | None) -> dict[str, Any]:
    """By number, as a certificate names what it replaces; the address beside it, so that a program can follow."""
    return {
        "replaced_by": replacement.number if replacement else None,
        "replaced_by_url": replacement.verify_url if replacement else None,
    }


def _time(when: datetime) -> str:
    return when.astimezone(JAPAN).isoformat(timespec="seconds")
