"""Finish certificates found half-way: issue what was reserved, or void what cannot be rendered."""

from dataclasses import dataclass

from app.operations.issue_certificate import finish
from app.operations.press import Press
from app.records.certificate_tables import Status
from app.records.certificates import Stored
from app.records.deeds import Doer
from app.records.unit import Records
from certificates import seal
from certificates.pdf.refusal import CannotPrint


@dataclass(frozen=True, slots=True)
class Recovered:
    """Numbers of certificates that were issued, and of those voided, with why."""

    issued: tuple[str, ...]
    voided: tuple[tuple[str, str], ...]


def recover_certificates(records: Records, press: Press, doer: Doer) -> Recovered:
    """Finish every reserved certificate. Another worker may be at the same: whoever stores first is right.

    The same payload gives the same bytes, so it does not matter who.
    """
    with records.reading() as books:
        half_way = books.certificates.half_way()
    issued, voided = [], []
    for stored in half_way:
        reason = finish_or_void(records, press, doer, stored)
        if reason is None:
            issued.append(stored.number)
        else:
            voided.append((stored.number, reason))
    return Recovered(tuple(issued), tuple(voided))


def finish_or_void(records: Records, press: Press, doer: Doer, stored: Stored) -> str | None:
    """Finish one reserved certificate; where it cannot be rendered, void it and return why."""
    reason = _finish(records, press, doer, stored)
    if reason is not None:
        _void(records, doer, stored, reason)
    return reason


def _finish(records: Records, press: Press, doer: Doer, stored: Stored) -> str | None:
    """Finish one; returns why it cannot be, or None."""
    if seal.digest(stored.payload) != stored.payload_sha256:
        return "the stored payload does not match its digest"
    try:
        finish(records, press, doer, seal.read(stored.payload))
    except (CannotPrint, seal.UnreadableCertificate) as error:
        return f"cannot be rendered: {error}"
    return None


def _void(records: Records, doer: Doer, stored: Stored, reason: str) -> None:
    with records.writing(doer) as books:
        held = books.lots.hold(books.certificates.lots_of(stored.id))
        still = books.certificates.hold(stored.number)
        if held and still and still.status is Status.RESERVED:
            books.certificates.end(stored.id, Status.VOID, doer.now, reason)
            books.audit.add("void", "certificate", stored.number, {"status": "void", "reason": reason})
            books.commit()
