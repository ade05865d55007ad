"""Certificates: the payload as issued, the document, and the deliveries each one holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.orm import aliased

from app.records.certificate_tables import (
    HIDDEN,
    CertificateDocumentRow,
    CertificateLineRow,
    CertificateRow,
    Status,
)
from app.records.connection import Connection
from app.records.digests import Digests, quick_sha256, row_version, sha256_of
from app.records.lot_tables import LotRow
from app.records.master_data import Customer


@dataclass(frozen=True, slots=True)
class Stored:
    """A certificate as stored, with the number of its replacement once that one is issued."""

    id: int
    number: str
    code: str
    check_characters: str
    status: Status
    customer_code: str
    name_public: bool
    issued_on: date
    valid_until: date
    payload: bytes
    payload_sha256: str
    reserved_at: datetime
    issued_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    pdf_sha256: str | None
    replaces: str | None
    replacement_number: str | None
    replacement_code: str | None
    replacement_issued_on: date | None


@dataclass(frozen=True, slots=True)
class Ended:
    """A certificate that was revoked or replaced, and the deliveries it stated."""

    certificate: str
    deliveries: tuple[str, ...]


_replaced = aliased(CertificateRow)
_replacement = aliased(CertificateRow)
_STORED = (
    select(
        CertificateRow.id,
        CertificateRow.number,
        CertificateRow.code,
        CertificateRow.check_characters,
        CertificateRow.status,
        CertificateRow.customer_code,
        Customer.name_public,
        CertificateRow.issued_on,
        CertificateRow.valid_until,
        CertificateRow.payload,
        CertificateRow.payload_sha256,
        CertificateRow.reserved_at,
        CertificateRow.issued_at,
        CertificateRow.ended_at,
        CertificateRow.end_reason,
        CertificateDocumentRow.sha256.label("pdf_sha256"),
        _replaced.number.label("replaces"),
        _replacement.number.label("replacement_number"),
        _replacement.code.label("replacement_code"),
        _replacement.issued_on.label("replacement_issued_on"),
    )
    .join(Customer, Customer.code == CertificateRow.customer_code)
    .outerjoin(CertificateDocumentRow, CertificateDocumentRow.certificate_id == CertificateRow.id)
    .outerjoin(_replaced, _replaced.id == CertificateRow.replaces_id)
    .outerjoin(
        _replacement,
        # A replacement is named once it is issued, whatever became of it later.
        (_replacement.replaces_id == CertificateRow.id) & _replacement.issued_at.is_not(None),
    )
)


# Made once: SQLAlchemy knows a statement again at once by being the same object, and adapts its columns otherwise.
_BY_NUMBER = _STORED.where(CertificateRow.number == bindparam("number"))
_BY_CODE = _STORED.where(CertificateRow.code == bindparam("code"))
_WITH_DIGEST = _BY_CODE.add_columns(
    quick_sha256(CertificateDocumentRow.pdf).label("pdf_digest"),
    row_version(CertificateDocumentRow.pdf).label("pdf_version"),
)
_DIGEST = select(sha256_of(CertificateDocumentRow.pdf)).where(CertificateDocumentRow.certificate_id == bindparam("id"))


def _stored(row: Any) -> Stored:
    return Stored(**{**row, "status": Status(row["status"]), "payload": _bytes(row["payload"])})


def _bytes(stored: bytes | str) -> bytes:
    """SQLite gives text back where somebody wrote text into a column of bytes; its digest will tell."""
    return stored.encode("utf-8", "replace") if isinstance(stored, str) else stored


class Certificates:
    def __init__(self, connection: Connection, digests: Digests) -> None:
        self._connection = connection
        self._digests = digests

    def by_number(self, number: str) -> Stored | None:
        """A certificate by its printed number."""
        row = self._connection.execute_with(_BY_NUMBER, number=number).mappings().first()
        return _stored(row) if row else None

    def by_code(self, code: str) -> Stored | None:
        """A certificate by the code behind its QR: one indexed read."""
        row = self._connection.execute_with(_BY_CODE, code=code).mappings().first()
        return _stored(row) if row else None

    def with_digest(self, code: str) -> tuple[Stored | None, str | None]:
        """A certificate by the code behind its QR, with the digest its document has now: one indexed read.

        On PostgreSQL there is another for a version of the document that this process has not met.
        """
        row = self._connection.execute_with(_WITH_DIGEST, code=code).mappings().first()
        if row is None:
            return None, None
        values = dict(row)
        digest, version = values.pop("pdf_digest"), values.pop("pdf_version")
        if version is not None:
            digest = self._digests.at(values["id"], version, lambda: self._digest(values["id"]))
        return _stored(values), digest

    def _digest(self, certificate_id: int) -> str | None:
        found: str | None = self._connection.execute_with(_DIGEST, id=certificate_id).scalar()
        return found

    def pdf(self, certificate_id: int) -> bytes | None:
        """The stored document."""
        query = select(CertificateDocumentRow.pdf).where(CertificateDocumentRow.certificate_id == certificate_id)
        pdf: bytes | str | None = self._connection.execute(query).scalar()
        return None if pdf is None else _bytes(pdf)

    def listed(
        self,
        after: int,
        limit: int,
        customer: str | None = None,
        status: str | None = None,
        number: str | None = None,
        today: date | None = None,
    ) -> list[Stored]:
        """Certificates outside of ``reserved`` and ``void``, newest first; ``after`` is the id of the last one seen.

        ``status`` may be ``expired`` too, which is what an issued one is after its last day (``today`` says which).
        """
        # Not by the statuses shown: SQLite would gather all of them by that index, documents and all, to sort them.
        query = _STORED.where(CertificateRow.status.not_in(HIDDEN)).order_by(CertificateRow.id.desc()).limit(limit)
        if status == "expired":
            query = query.where(CertificateRow.status == Status.ISSUED.value, CertificateRow.valid_until < today)
        elif status:
            query = query.where(CertificateRow.status == status)
            query = (
                query.where(CertificateRow.valid_until >= today) if status == Status.ISSUED.value and today else query
            )
        query = query.where(CertificateRow.number.contains(number.upper(), autoescape=True)) if number else query
        query = query.where(CertificateRow.id < after) if after else query
        query = query.where(CertificateRow.customer_code == customer) if customer else query
        return [_stored(row) for row in self._connection.execute(query).mappings()]

    def hold(self, number: str) -> Stored | None:
        """Lock a certificate for this unit of work, after the lots it states."""
        query = select(CertificateRow.id).where(CertificateRow.number == number).with_for_update()
        return self.by_number(number) if self._connection.execute(query).first() else None

    def lots_of(self, certificate_id: int) -> list[str]:
        """Numbers of the delivered lots a certificate states."""
        query = select(LotRow.number).join(CertificateLineRow, CertificateLineRow.lot_id == LotRow.id)
        query = query.where(CertificateLineRow.certificate_id == certificate_id).order_by(CertificateLineRow.position)
        return list(self._connection.execute(query).scalars())

    def holding(self, lot_ids: list[int]) -> list[tuple[str, str]]:
        """(delivery, certificate) for those of these lots that a live certificate states."""
        query = (
            select(LotRow.number, CertificateRow.number)
            .join(CertificateLineRow, CertificateLineRow.lot_id == LotRow.id)
            .join(CertificateRow, CertificateRow.id == CertificateLineRow.certificate_id)
            .where(CertificateLineRow.live, CertificateLineRow.lot_id.in_(lot_ids))
        )
        return [(row[0], row[1]) for row in self._connection.execute(query)]

    def reserve(self, values: dict[str, Any], lot_ids: list[int]) -> int:
        """Write a reserved certificate that takes these delivered lots."""
        [id_] = self._connection.new_ids(CertificateRow)
        self._connection.execute(insert(CertificateRow).values(id=id_, status=Status.RESERVED.value, **values))
        lines = [
            {"certificate_id": id_, "position": position, "lot_id": lot_id, "live": True}
            for position, lot_id in enumerate(lot_ids)
        ]
        self._connection.insert_all(CertificateLineRow, lines)
        return id_

    def store(self, certificate_id: int, pdf: bytes, sha256: str, at: datetime) -> bool:
        """Store the document of a reserved certificate and set it issued; False where another worker already has."""
        issued = update(CertificateRow).where(
            CertificateRow.id == certificate_id, CertificateRow.status == Status.RESERVED.value
        )
        if not self._connection.execute(issued.values(status=Status.ISSUED.value, issued_at=at)).rowcount:
            return False
        self._connection.execute(
            insert(CertificateDocumentRow).values(certificate_id=certificate_id, pdf=pdf, sha256=sha256)
        )
        return True

    def end(self, certificate_id: int, status: Status, at: datetime, reason: str | None) -> None:
        """Revoke, supersede or void: the certificate no longer holds its lots."""
        ended = update(CertificateRow).where(CertificateRow.id == certificate_id)
        self._connection.execute(ended.values(status=status.value, ended_at=at, end_reason=reason))
        lines = update(CertificateLineRow).where(CertificateLineRow.certificate_id == certificate_id)
        self._connection.execute(lines.values(live=False))

    def ended(self) -> Iterator[Ended]:
        """Certificates that were revoked or replaced, oldest first, with what they stated: one query, few rows."""
        query = (
            select(CertificateRow.number, LotRow.number)
            .join(CertificateLineRow, CertificateLineRow.certificate_id == CertificateRow.id)
            .join(LotRow, LotRow.id == CertificateLineRow.lot_id)
            .where(CertificateRow.status.in_((Status.REVOKED.value, Status.SUPERSEDED.value)))
            .order_by(CertificateRow.id, CertificateLineRow.position)
        )
        for number, lines in groupby(self._connection.execute(query), key=itemgetter(0)):
            yield Ended(number, tuple(line[1] for line in lines))

    def half_way(self) -> list[Stored]:
        """Reserved certificates: being rendered now, or left so by a worker that died."""
        query = _STORED.where(CertificateRow.status == Status.RESERVED.value).order_by(CertificateRow.id)
        return [_stored(row) for row in self._connection.execute(query).mappings()]
