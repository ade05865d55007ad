"""Revoke a certificate (取り消す): it no longer holds its deliveries, and its page says so from now on."""

from app.ledger.refusals import Code, Refused
from app.operations.again import tried_again
from app.operations.footprints.publish import deprecate_footprints
from app.operations.problems import NotFound
from app.records.certificate_tables import HIDDEN, Status
from app.records.deeds import Doer
from app.records.unit import Records


@tried_again
def revoke_certificate(records: Records, doer: Doer, number: str, reason: str) -> None:
    """Revoke an issued certificate, expired or not. Raises NotFound, Refused (already_revoked)."""
    with records.writing(doer) as books:
        found = books.certificates.by_number(number)
        if found is None or found.status in HIDDEN:
            raise NotFound("certificate", number)
        # Lots before the certificate, as everywhere: issuing takes them in this order too.
        books.lots.hold(books.certificates.lots_of(found.id))
        certificate = books.certificates.hold(number)
        if certificate is None or certificate.status is not Status.ISSUED:
            raise Refused(Code.ALREADY_REVOKED, certificate=number)
        books.certificates.end(certificate.id, Status.REVOKED, doer.now, reason)
        books.audit.add("revoke", "certificate", number, {"status": "revoked", "reason": reason}, {"status": "issued"})
        deprecate_footprints(books, certificate)
        books.commit()
