"""Issue a certificate (証明書を発行する).

Two transactions: the first takes the delivered lots and stores the payload; rendering holds no lock; the second stores
the bytes and sets ``issued``. What is found half-way is finished, or voided where it cannot be rendered.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.carbon.factors import japan_day, years_on
from app.ledger.lots import CERTIFIABLE, Lot
from app.ledger.refusals import Code, Refused
from app.operations.again import tried_again
from app.operations.certificate_content.compose import Issuing, compose
from app.operations.certificate_content.gathered import gather
from app.operations.dispatch import Dispatch, dispatch_within
from app.operations.flagged import require_unflagged
from app.operations.footprints.publish import deprecate_footprints, publish_footprints
from app.operations.press import Press
from app.operations.references import References
from app.records.certificate_tables import HIDDEN, Status
from app.records.certificates import Stored
from app.records.deeds import Doer
from app.records.lots import Held
from app.records.unit import Books, Records
from certificates import content, seal

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 26  # 130 bits: nobody finds a code by trying
CHECK_LENGTH = 8
LONGEST_YEARS = 3


@dataclass(frozen=True, slots=True)
class IssueCertificate:
    """What to certify: delivered lots by number, or a dispatch to be made in the same deed."""

    customer: str
    deliveries: tuple[str, ...]
    dispatch: Dispatch | None
    valid_until: date | None
    replaces: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues, under which address the codes open, and who verifies, if anyone."""

    name_ja: str
    name_en: str
    public_url: str
    verifier: str | None


def issue_certificate(records: Records, press: Press, issuer: Issuer, doer: Doer, wanted: IssueCertificate) -> str:
    """Issue a certificate and return its number. Raises Invalid, Refused, CannotPrint."""
    reserved = reserve_certificate(records, press, issuer, doer, wanted)
    finish(records, press, doer, reserved)
    return reserved.number


@tried_again
def reserve_certificate(
    records: Records, press: Press, issuer: Issuer, doer: Doer, wanted: IssueCertificate
) -> content.Certificate:
    """The first of the two transactions. Raises Invalid, Refused, CannotPrint."""
    with records.writing(doer) as books:
        reserved = reserve_within(books, press, issuer, wanted)
        books.commit()
    return reserved


@tried_again
def rehearse_certificate(
    records: Records, press: Press, issuer: Issuer, doer: Doer, wanted: IssueCertificate
) -> content.Certificate:
    """What a certificate would say, with all that would be refused; the books stand as they stood.

    Its number and code are made up and nobody's. Raises Invalid, Refused, CannotPrint.
    """
    with records.writing(doer) as books:
        return reserve_within(books, press, issuer, wanted)


@tried_again
def _store_document(records: Records, doer: Doer, certificate: content.Certificate, pdf: bytes) -> None:
    number = certificate.number
    with records.writing(doer) as books:
        stored = books.certificates.hold(number)
        if stored and books.certificates.store(stored.id, pdf, seal.digest(pdf), doer.now):
            books.audit.add("issue", "certificate", number, {"pdf_sha256": seal.digest(pdf)})
            publish_footprints(books, stored, certificate)
            books.commit()


def finish(records: Records, press: Press, doer: Doer, certificate: content.Certificate) -> None:
    """Render a reserved certificate and store it; harmless where another worker has already done so."""
    _store_document(records, doer, certificate, press.render(certificate))


def finish_certificate(records: Records, press: Press, doer: Doer, number: str) -> None:
    """The second of the two transactions, for a certificate by its number; nothing where it has been done."""
    with records.reading() as books:
        stored = books.certificates.by_number(number)
    if stored and stored.status is Status.RESERVED:
        finish(records, press, doer, seal.read(stored.payload))


def reserve_within(books: Books, press: Press, issuer: Issuer, wanted: IssueCertificate) -> content.Certificate:
    """The first of the two transactions, as part of an open unit of work. Raises Invalid, Refused, CannotPrint."""
    references = References(books)
    references.require("customers", wanted.customer, ("customer",))
    valid_until = _validity(references, wanted.valid_until, japan_day(books.doer.now))
    references.problems.raise_any()
    deliveries = wanted.deliveries
    if wanted.dispatch:
        deliveries = dispatch_within(books, wanted.dispatch, ("dispatch",)).deliveries
    held = _hold(books, references, wanted.customer, deliveries)
    replaced = _supersede(books, references, wanted)
    _require_free(books, held)
    require_unflagged(books, held)
    gathered = gather(books, references, wanted.customer, held)
    # The number comes late: others who issue wait for it from here to the end of this unit of work.
    certificate = compose(_issuing(books, issuer, wanted, valid_until), gathered)
    press.check(certificate)
    _store(books, wanted, certificate, held, replaced)
    return certificate


def _validity(references: References, wanted: date | None, today: date) -> date:
    """An inclusive date, three years on at the latest; left out, the day before that, when three years are over.

    The same day three years on may be asked for: who reckons in years means that one.
    """
    latest = years_on(today, LONGEST_YEARS)
    if wanted is None:
        return latest - timedelta(days=1)
    if wanted < today:
        references.problems.add(("valid_until",), "in_past", value=wanted)
    if wanted > latest:
        references.problems.add(("valid_until",), "longer_than_three_years", value=latest)
    return wanted


def _hold(books: Books, references: References, customer: str, deliveries: Sequence[str]) -> list[Held]:
    held = books.lots.hold(deliveries)
    for i, number in enumerate(deliveries):
        if number not in held:
            references.problems.add(("deliveries", i), "unknown_lot", value=number)
        elif number in deliveries[:i]:
            references.problems.add(("deliveries", i), "twice", value=number)
    references.problems.raise_any()
    for number in deliveries:
        _require_certifiable(held[number].lot, customer)
    return [held[number] for number in deliveries]


def _require_certifiable(lot: Lot, customer: str) -> None:
    # A delivered lot is empty where its dispatch was reversed: its metal is back at the site.
    if lot.place.customer is None or not lot.metal.mass_g:
        raise Refused(Code.WRONG_PLACE, "not_delivered", lot=lot.number, place=lot.place.code)
    if lot.place.customer != customer:
        raise Refused(Code.OTHER_CUSTOMER, lot=lot.number)
    if lot.kind not in CERTIFIABLE:
        raise Refused(Code.KIND_NOT_ALLOWED, "certificate", lot=lot.number, kind=lot.kind)


def _supersede(books: Books, references: References, wanted: IssueCertificate) -> Stored | None:
    """End the certificate to be replaced in the same transaction, so that its metal is never free in between."""
    if wanted.replaces is None:
        return None
    replaced = books.certificates.hold(wanted.replaces)
    if replaced is None or replaced.status in HIDDEN:
        references.problems.add(("replaces",), "unknown_certificate", value=wanted.replaces)
        references.problems.raise_any()
    assert replaced is not None
    if replaced.customer_code != wanted.customer:
        raise Refused(Code.OTHER_CUSTOMER, "replaces", certificate=replaced.number)
    if replaced.status is not Status.ISSUED:
        raise Refused(Code.ALREADY_REVOKED, certificate=replaced.number)
    books.certificates.end(replaced.id, Status.SUPERSEDED, books.doer.now, None)
    books.audit.add("supersede", "certificate", replaced.number, {"status": "superseded"}, {"status": "issued"})
    deprecate_footprints(books, replaced)
    return replaced


def _require_free(books: Books, held: Sequence[Held]) -> None:
    for delivery, certificate in books.certificates.holding([each.id for each in held]):
        raise Refused(Code.ALREADY_CERTIFIED, lot=delivery, certificate=certificate)


def _issuing(books: Books, issuer: Issuer, wanted: IssueCertificate, valid_until: date) -> Issuing:
    today = japan_day(books.doer.now)
    [serial] = books.series.next(f"certificate {today.year}")
    code = _random(CODE_LENGTH)
    return Issuing(
        number=f"GMC-{today.year}-{serial:06d}",
        check=_random(CHECK_LENGTH),
        verify_url=f"{issuer.public_url}/C/{code}",
        issued_on=today,
        valid_until=valid_until,
        issuer=content.Party(None, issuer.name_ja, issuer.name_en),
        verifier=issuer.verifier,
        quote=wanted.quote,
        replaces=wanted.replaces,
    )


def _random(length: int) -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


def _store(
    books: Books,
    wanted: IssueCertificate,
    certificate: content.Certificate,
    held: Sequence[Held],
    replaced: Stored | None,
) -> None:
    payload = seal.canonical_json(certificate)
    books.certificates.reserve(
        {
            "number": certificate.number,
            "code": certificate.verify_url.rpartition("/")[2],
            "check_characters": certificate.check,
            "customer_code": wanted.customer,
            "issued_on": certificate.issued_on,
            "valid_until": certificate.valid_until,
            "claimed_g": certificate.avoided_co2.claimed_g,
            "payload": payload,
            "payload_sha256": seal.digest(payload),
            "replaces_id": replaced.id if replaced else None,
            "reserved_at": books.doer.now,
            "person": books.doer.person,
        },
        [each.id for each in held],
    )
    told = {"payload_sha256": seal.digest(payload), "deliveries": [each.lot.number for each in held]}
    books.audit.add("reserve", "certificate", certificate.number, told)
