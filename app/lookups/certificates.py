"""Certificates: for staff by number, for everybody by the code behind the QR."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hmac import compare_digest

from app.carbon.factors import japan_day
from app.lookups.verdict import Altered, Expired, Genuine, Replacement, Revoked, Shown, Superseded, Unknown, Verdict
from app.records.certificate_tables import HIDDEN, Status
from app.records.certificates import Stored
from app.records.lineage import OriginRead
from app.records.unit import Records
from certificates import seal
from certificates.content import Certificate
from certificates.privacy import public_form


@dataclass(frozen=True, slots=True)
class CertificateAnswer:
    """A certificate for staff: what is stored, what it says, and the full content of each delivered lot."""

    stored: Stored
    content: Certificate
    origins: Sequence[Sequence[OriginRead]]
    today: date

    @property
    def status(self) -> str:
        """issued | expired | revoked | superseded."""
        if self.stored.status is Status.ISSUED and self.today > self.stored.valid_until:
            return "expired"
        return self.stored.status.value


def one_certificate(records: Records, number: str, now: datetime) -> CertificateAnswer | None:
    """A certificate by its number; one being rendered is not there yet."""
    with records.reading() as books:
        stored = books.certificates.by_number(number)
        if stored is None or stored.status in HIDDEN:
            return None
        content = seal.read(stored.payload)
        ids = books.lots.ids([line.delivery for line in content.lines if line.delivery])
        origins = books.lineage.origins(ids)
        by_number = {lot.number: origins.get(lot.id, []) for lot in books.lineage.lots(ids).values()}
    return CertificateAnswer(
        stored, content, [by_number.get(line.delivery or "", []) for line in content.lines], japan_day(now)
    )


def list_certificates(
    records: Records, now: datetime, after: int, limit: int, customer: str | None = None
) -> list[CertificateAnswer]:
    """A page of certificates, newest first."""
    with records.reading() as books:
        stored = books.certificates.listed(after, limit, customer)
    return [CertificateAnswer(each, seal.read(each.payload), (), japan_day(now)) for each in stored]


def search_certificates(
    records: Records,
    now: datetime,
    after: int,
    limit: int,
    number: str | None = None,
    customer: str | None = None,
    status: str | None = None,
) -> list[CertificateAnswer]:
    """A page of certificates by part of a number, customer and state (issued | expired | revoked | superseded)."""
    today = japan_day(now)
    with records.reading() as books:
        stored = books.certificates.listed(after, limit, customer, status, number, today)
    return [CertificateAnswer(each, seal.read(each.payload), (), today) for each in stored]


def half_way_numbers(records: Records) -> list[str]:
    """Certificates that are being rendered, or were left so."""
    with records.reading() as books:
        return [stored.number for stored in books.certificates.half_way()]


def code_of(records: Records, number: str, check: str) -> str | None:
    """The code behind the QR of a certificate, for whoever can read its number and check characters off the paper."""
    with records.reading() as books:
        stored = books.certificates.by_number(number)
    if stored is None or stored.status in HIDDEN or not _same(stored.check_characters, check):
        return None
    return stored.code


def _same(kept: str, typed: str) -> bool:
    """As bytes: what is compared in even time must be ASCII, and anybody may type anything."""
    return compare_digest(kept.encode(), typed.encode())


def certificate_pdf(records: Records, number: str) -> bytes | None:
    """The document as issued, whatever became of the certificate since; None where it is not there."""
    with records.reading() as books:
        stored = books.certificates.by_number(number)
        if stored is None or stored.status in HIDDEN:
            return None
        return books.certificates.pdf(stored.id)


def verdict_of(records: Records, public_url: str, code: str, now: datetime) -> Verdict:
    """What the page behind the QR says of a code. One query: the record, and its document's digest."""
    with records.glancing() as books:
        stored, pdf_digest = books.certificates.with_digest(code)
    if stored is None or stored.status in HIDDEN:
        return Unknown()
    if not _unaltered(stored, pdf_digest):
        return Altered()
    content = _content(stored.payload)
    if not _agrees(stored, content):
        return Altered()
    return _judge(stored, content, public_url, japan_day(now))


# A code that a crowd scans is parsed once: the same bytes always say the same. Some 200 KB each.
_content = lru_cache(maxsize=64)(seal.read)
_public_form = lru_cache(maxsize=64)(lambda payload: public_form(_content(payload)))


def public_pdf(records: Records, code: str) -> bytes | None:
    """The document for whoever has the code, only of a recipient who may be named and only if it is unaltered."""
    with records.reading() as books:
        stored = books.certificates.by_code(code)
        if stored is None or stored.status in HIDDEN or not stored.name_public:
            return None
        pdf = books.certificates.pdf(stored.id)
    return pdf if pdf and _unaltered(stored, seal.digest(pdf)) else None


def _unaltered(stored: Stored, pdf_digest: str | None) -> bool:
    """Payload and document still have the digests they were issued with."""
    return (
        pdf_digest is not None
        and pdf_digest == stored.pdf_sha256
        and seal.digest(stored.payload) == stored.payload_sha256
    )


def _agrees(stored: Stored, content: Certificate) -> bool:
    """The row around the payload says what the payload says; one in force has not been ended."""
    said = (content.number, content.check, content.verify_url.rpartition("/")[2], content.valid_until)
    kept = (stored.number, stored.check_characters, stored.code, stored.valid_until)
    return said == kept and (stored.status is not Status.ISSUED or stored.ended_at is None)


def _judge(stored: Stored, content: Certificate, public_url: str, today: date) -> Verdict:
    public = content if stored.name_public else _public_form(stored.payload)
    shown = Shown(public, stored.name_public, stored.payload_sha256)
    if stored.status is Status.ISSUED:
        return Genuine(shown) if today <= stored.valid_until else Expired(shown)
    at = stored.ended_at or stored.reserved_at
    replacement = _replacement(stored, public_url)
    if stored.status is Status.SUPERSEDED:
        return Superseded(shown, at, replacement)
    return Revoked(shown, at, stored.end_reason or "", replacement)


def _replacement(stored: Stored, public_url: str) -> Replacement | None:
    if stored.replacement_number is None or stored.replacement_issued_on is None:
        return None
    url = f"{public_url}/C/{stored.replacement_code}"
    return Replacement(stored.replacement_number, url, stored.replacement_issued_on)
