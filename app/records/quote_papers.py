"""What goes to a customer with a quote: certificates, the salesperson's own PDF, and packs as they were sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, exists, select, text, update
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.records.base import Base, Id, Key
from app.records.certificate_tables import (
    HIDDEN,
    CertificateDocumentRow,
    CertificateLineRow,
    CertificateRow,
    Status,
)
from app.records.connection import Connection
from app.records.lot_tables import LotRow
from app.records.quotes import QuoteRow, QuoteState

LIVE = text("removed_at IS NULL")


class QuoteCertificateRow(Base):
    """A certificate attached to a quote; ``removed_at`` where it was taken off again."""

    __tablename__ = "quote_certificates"
    __table_args__ = (
        Index(
            "uq_quote_certificates_live",
            "quote_id",
            "certificate_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )
    id: Mapped[Key]
    quote_id: Mapped[int] = mapped_column(Id, ForeignKey("quotes.id"))
    certificate_id: Mapped[int] = mapped_column(Id, ForeignKey("certificates.id"))
    person: Mapped[str] = mapped_column(String(200))
    attached_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class QuoteFileRow(Base):
    """A quote as the salesperson wrote it; the last one uploaded goes into packs."""

    __tablename__ = "quote_files"
    __table_args__ = (Index(None, "quote_id"),)
    id: Mapped[Key]
    quote_id: Mapped[int] = mapped_column(Id, ForeignKey("quotes.id"))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary())
    person: Mapped[str] = mapped_column(String(200))
    uploaded_at: Mapped[datetime]


class QuotePackRow(Base):
    """A pack as it was made, and who it was made for."""

    __tablename__ = "quote_packs"
    __table_args__ = (Index(None, "quote_id"),)
    id: Mapped[Key]
    quote_id: Mapped[int] = mapped_column(Id, ForeignKey("quotes.id"))
    sent_to: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary())
    person: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]


class PackCertificateRow(Base):
    """A certificate that a pack carries."""

    __tablename__ = "quote_pack_certificates"
    pack_id: Mapped[int] = mapped_column(Id, ForeignKey("quote_packs.id"), primary_key=True)
    certificate_id: Mapped[int] = mapped_column(Id, ForeignKey("certificates.id"), primary_key=True, index=True)


@dataclass(frozen=True, slots=True)
class Attached:
    """A certificate that goes with a quote, with the state it is in."""

    id: int
    number: str
    status: str
    issued_on: date
    valid_until: date
    ended_at: datetime | None
    end_reason: str | None
    claimed_g: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack without its bytes; ``certificates`` are their numbers."""

    id: int
    sent_to: str
    sha256: str
    person: str
    made_at: datetime
    certificates: tuple[str, ...]


_ENDED = (Status.REVOKED.value, Status.SUPERSEDED.value)
_ATTACHED = tuple(
    getattr(CertificateRow, name)
    for name in ("id", "number", "status", "issued_on", "valid_until", "ended_at", "end_reason", "claimed_g")
)


class QuotePapers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def attached(self, quote_id: int) -> list[Attached]:
        """The certificates attached to a quote, the first attached first; one that is being rendered is none yet."""
        query = select(*_ATTACHED).join(QuoteCertificateRow, QuoteCertificateRow.certificate_id == CertificateRow.id)
        query = query.where(QuoteCertificateRow.quote_id == quote_id, QuoteCertificateRow.removed_at.is_(None))
        query = query.where(CertificateRow.status.not_in(HIDDEN))
        return [Attached(*row) for row in self._connection.execute(query.order_by(QuoteCertificateRow.id))]

    def attach(self, quote_id: int, certificate_id: int, person: str, now: datetime) -> None:
        """Attach a certificate; the table refuses a second time."""
        [id_] = self._connection.new_ids(QuoteCertificateRow)
        values = {"id": id_, "quote_id": quote_id, "certificate_id": certificate_id}
        self._connection.insert_all(QuoteCertificateRow, [values | {"person": person, "attached_at": now}])

    def remove(self, quote_id: int, certificate_id: int, now: datetime) -> None:
        """Take a certificate off a quote."""
        taken_off = update(QuoteCertificateRow).where(
            QuoteCertificateRow.quote_id == quote_id,
            QuoteCertificateRow.certificate_id == certificate_id,
            QuoteCertificateRow.removed_at.is_(None),
        )
        self._connection.execute(taken_off.values(removed_at=now))

    def candidates(self, customer: str, today: date, limit: int) -> list[dict[str, Any]]:
        """A customer's certificates that are in force, with kind, item and alloy of each line, newest first."""
        found = (
            select(*_ATTACHED)
            .where(CertificateRow.customer_code == customer, CertificateRow.status == Status.ISSUED.value)
            .where(CertificateRow.valid_until >= today)
            .order_by(CertificateRow.id.desc())
            .limit(limit)
        ).subquery()
        query = (
            select(found, LotRow.kind, LotRow.item, LotRow.alloy)
            .join(CertificateLineRow, CertificateLineRow.certificate_id == found.c.id)
            .join(LotRow, LotRow.id == CertificateLineRow.lot_id)
            .order_by(found.c.id.desc(), LotRow.id)
        )
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def keep_file(self, **values: object) -> None:
        """Keep a quote as it was uploaded."""
        [id_] = self._connection.new_ids(QuoteFileRow)
        self._connection.insert_all(QuoteFileRow, [{**values, "id": id_}])

    def file(self, quote_id: int) -> tuple[str, bytes] | None:
        """(name, bytes) of the last file uploaded, or None."""
        query = select(QuoteFileRow.name, QuoteFileRow.data).where(QuoteFileRow.quote_id == quote_id)
        row = self._connection.execute(query.order_by(QuoteFileRow.id.desc()).limit(1)).first()
        return (row[0], row[1]) if row else None

    def file_name(self, quote_id: int) -> tuple[str, str] | None:
        """(name, digest) of the last file uploaded, or None."""
        query = select(QuoteFileRow.name, QuoteFileRow.sha256).where(QuoteFileRow.quote_id == quote_id)
        row = self._connection.execute(query.order_by(QuoteFileRow.id.desc()).limit(1)).first()
        return (row[0], row[1]) if row else None

    def documents(self, certificate_ids: Sequence[int]) -> dict[int, tuple[bytes, bytes]]:
        """(PDF, payload) of certificates as issued, by id."""
        query = select(CertificateRow.id, CertificateDocumentRow.pdf, CertificateRow.payload)
        query = query.join(CertificateDocumentRow, CertificateDocumentRow.certificate_id == CertificateRow.id)
        rows = self._connection.execute(query.where(CertificateRow.id.in_(list(certificate_ids))))
        return {id_: (bytes(pdf), bytes(payload)) for id_, pdf, payload in rows}

    def add_pack(self, certificate_ids: Sequence[int], **values: object) -> int:
        """Keep a pack with the certificates it carries; returns its id."""
        [id_] = self._connection.new_ids(QuotePackRow)
        self._connection.insert_all(QuotePackRow, [{**values, "id": id_}])
        carried = [{"pack_id": id_, "certificate_id": certificate} for certificate in certificate_ids]
        self._connection.insert_all(PackCertificateRow, carried)
        return id_

    def packs(self, quote_id: int) -> list[Pack]:
        """The packs of a quote, newest first."""
        columns = (QuotePackRow.id, QuotePackRow.sent_to, QuotePackRow.sha256, QuotePackRow.person)
        query = select(*columns, QuotePackRow.made_at).where(QuotePackRow.quote_id == quote_id)
        rows = list(self._connection.execute(query.order_by(QuotePackRow.id.desc())))
        carried: dict[int, list[str]] = {}
        numbers = select(PackCertificateRow.pack_id, CertificateRow.number).join(
            CertificateRow, CertificateRow.id == PackCertificateRow.certificate_id
        )
        numbers = numbers.where(PackCertificateRow.pack_id.in_([row[0] for row in rows])).order_by(CertificateRow.id)
        for pack_id, number in self._connection.execute(numbers):
            carried.setdefault(pack_id, []).append(number)
        return [
            Pack(id_, sent_to, sha256, person, made_at, tuple(carried.get(id_, ())))
            for id_, sent_to, sha256, person, made_at in rows
        ]

    def pack(self, quote_id: int, pack_id: int) -> bytes | None:
        """The bytes of a pack of a quote, or None."""
        query = select(QuotePackRow.data).where(QuotePackRow.id == pack_id, QuotePackRow.quote_id == quote_id)
        data = self._connection.execute(query).scalar()
        return None if data is None else bytes(data)

    def ended(self, quote_id: int) -> list[Attached]:
        """The certificates that packs of a quote carry and that were revoked or replaced since."""
        query = select(*_ATTACHED).join(PackCertificateRow, PackCertificateRow.certificate_id == CertificateRow.id)
        query = query.join(QuotePackRow, QuotePackRow.id == PackCertificateRow.pack_id)
        query = query.where(QuotePackRow.quote_id == quote_id, CertificateRow.status.in_(_ENDED)).distinct()
        return [Attached(*row) for row in self._connection.execute(query.order_by(CertificateRow.id))]

    def sent(self, certificate_id: int) -> list[tuple[str, str, datetime]]:
        """(quote, sent to, when) of every pack that carries a certificate, the first sent first."""
        query = select(QuoteRow.number, QuotePackRow.sent_to, QuotePackRow.made_at)
        query = query.join(QuotePackRow, QuotePackRow.quote_id == QuoteRow.id)
        query = query.join(PackCertificateRow, PackCertificateRow.pack_id == QuotePackRow.id)
        query = query.where(PackCertificateRow.certificate_id == certificate_id).order_by(QuotePackRow.id)
        return [tuple(row) for row in self._connection.execute(query)]

    def troubled(self) -> dict[int, str]:
        """Id and number of every quote by which somebody has a certificate that ended, and was sent nothing since."""
        later = aliased(QuotePackRow)
        same = (later.quote_id == QuotePackRow.quote_id, later.sent_to == QuotePackRow.sent_to)
        sent_again = exists().where(*same, later.made_at > CertificateRow.ended_at)
        query = select(QuoteRow.id, QuoteRow.number).join(QuotePackRow, QuotePackRow.quote_id == QuoteRow.id)
        query = query.join(PackCertificateRow, PackCertificateRow.pack_id == QuotePackRow.id)
        query = query.join(CertificateRow, CertificateRow.id == PackCertificateRow.certificate_id)
        query = query.where(CertificateRow.status.in_(_ENDED), QuoteRow.state != QuoteState.WITHDRAWN, ~sent_again)
        return {row[0]: row[1] for row in self._connection.execute(query.distinct().order_by(QuoteRow.id))}
