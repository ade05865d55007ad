"""What goes with a quote: certificates that are in force, and the salesperson's own PDF."""

import hashlib
from dataclasses import dataclass
from datetime import date

from app.carbon.factors import japan_day
from app.ledger.refusals import Code, Refused
from app.operations.again import tried_again
from app.operations.problems import Invalid, NotFound, Problem
from app.records.certificate_tables import HIDDEN, Status
from app.records.certificates import Stored
from app.records.deeds import Doer
from app.records.quotes import Quote, QuoteState
from app.records.unit import Books, Records
from certificates.papers.plain_pages import NotAPdf
from certificates.papers.uploaded import made_plain

LARGEST_FILE = 10 * 1024 * 1024


def quote_in_force(books: Books, number: str) -> Quote:
    """A quote that is held and was not withdrawn: papers go with an ordered one too. Raises NotFound, Refused."""
    found = books.quotes.hold(number)
    if found is None:
        raise NotFound("quote", number)
    if found.state == QuoteState.WITHDRAWN:
        raise Refused(Code.ALREADY_ORDERED, number=number)
    return found


@tried_again
def attach_certificate(records: Records, doer: Doer, quote_number: str, number: str) -> None:
    """Attach a certificate of the quote's customer that is in force.

    Raises NotFound, Invalid (unknown_certificate, attached_already, certificate_expired), Refused (other_customer,
    already_revoked, already_ordered).
    """
    with records.writing(doer) as books:
        quote = quote_in_force(books, quote_number)
        certificate = books.certificates.hold(number)
        if certificate is None or certificate.status in HIDDEN:
            raise Invalid([Problem(("certificate",), "unknown_certificate", {"value": number})])
        if certificate.customer_code != quote.customer_code:
            raise Refused(Code.OTHER_CUSTOMER, "replaces", certificate=number)
        _require_in_force(certificate, japan_day(doer.now))
        if any(each.number == number for each in books.quote_papers.attached(quote.id)):
            raise Invalid([Problem(("certificate",), "attached_already", {"value": number})])
        note_attached(books, quote, certificate)
        books.commit()


def note_attached(books: Books, quote: Quote, certificate: Stored) -> None:
    """Attach a certificate in an open unit of work; the table refuses a second time."""
    books.quote_papers.attach(quote.id, certificate.id, books.doer.person, books.doer.now)
    books.audit.add("attach", "quote", quote.number, {"certificate": certificate.number})


def in_force(certificate: Stored, today: date) -> bool:
    """Whether it certifies something today: neither ended nor past its date."""
    return certificate.status is Status.ISSUED and certificate.valid_until >= today


def _require_in_force(certificate: Stored, today: date) -> None:
    if certificate.status is not Status.ISSUED:
        raise Refused(Code.ALREADY_REVOKED, certificate=certificate.number)
    if not in_force(certificate, today):
        raise Invalid([Problem(("certificate",), "certificate_expired", {"value": certificate.number})])


@tried_again
def remove_certificate(records: Records, doer: Doer, quote_number: str, number: str) -> None:
    """Take a certificate off a quote; packs that carry it stay as they were sent. Raises NotFound, Refused."""
    with records.writing(doer) as books:
        quote = quote_in_force(books, quote_number)
        found = [each for each in books.quote_papers.attached(quote.id) if each.number == number]
        if not found:
            raise NotFound("certificate", number)
        books.quote_papers.remove(quote.id, found[0].id, doer.now)
        books.audit.add("detach", "quote", quote_number, {"certificate": number})
        books.commit()


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A PDF without scripts, actions or files in it, and the digest of what it was made from."""

    name: str
    data: bytes
    uploaded_sha256: str


def plain_file(name: str, data: bytes) -> PlainFile:
    """Make an uploaded PDF plain: seconds, of a process of its own, so before anything is locked.

    Raises Invalid (pdf_broken, pdf_locked, pdf_too_long, pdf_too_large).
    """
    if len(data) > LARGEST_FILE:
        raise Invalid([Problem(("file",), "pdf_too_large")])
    try:
        return PlainFile(name, made_plain(data), hashlib.sha256(data).hexdigest())
    except NotAPdf as error:
        raise Invalid([Problem(("file",), f"pdf_{error.reason}")]) from error


@tried_again
def keep_quote_file(records: Records, doer: Doer, quote_number: str, file: PlainFile) -> None:
    """Keep the salesperson's own quote. Raises NotFound, Refused (already_ordered)."""
    digest = hashlib.sha256(file.data).hexdigest()
    with records.writing(doer) as books:
        quote = quote_in_force(books, quote_number)
        kept = {"quote_id": quote.id, "name": file.name, "sha256": digest, "data": file.data}
        books.quote_papers.keep_file(**kept, person=doer.person, uploaded_at=doer.now)
        told = {"name": file.name, "sha256": digest, "uploaded_sha256": file.uploaded_sha256}
        books.audit.add("attach_file", "quote", quote_number, told)
        books.commit()
