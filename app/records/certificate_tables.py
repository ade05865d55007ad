"""The tables of certificates: the payload as issued, the document, and the deliveries each one holds."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, CustomerCode, Grams, Id, Key, Number


class Status(StrEnum):
    """``reserved`` holds its lots and is being rendered; ``void`` could not be rendered and holds nothing."""

    RESERVED = "reserved"
    ISSUED = "issued"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    VOID = "void"


# Nobody outside sees a certificate before it is issued, or one that could not be rendered.
HIDDEN = (Status.RESERVED, Status.VOID)


class CertificateRow(Base):
    __tablename__ = "certificates"
    __table_args__ = (CheckConstraint("claimed_g >= 0", name="claimed"), Index(None, "customer_code", "id"))
    id: Mapped[Key]
    number: Mapped[Number]
    code: Mapped[str] = mapped_column(String(26), unique=True)
    check_characters: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(40), index=True)
    customer_code: Mapped[CustomerCode]
    issued_on: Mapped[date]
    valid_until: Mapped[date]
    claimed_g: Mapped[Grams]
    payload: Mapped[bytes] = mapped_column(LargeBinary())
    payload_sha256: Mapped[str] = mapped_column(String(64))
    replaces_id: Mapped[int | None] = mapped_column(Id, ForeignKey("certificates.id"), index=True)
    reserved_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    person: Mapped[str] = mapped_column(String(200))


class CertificateDocumentRow(Base):
    """The PDF as issued: stored once, never redrawn."""

    __tablename__ = "certificate_documents"
    certificate_id: Mapped[int] = mapped_column(Id, ForeignKey("certificates.id"), primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary())
    sha256: Mapped[str] = mapped_column(String(64))


class CertificateLineRow(Base):
    """A delivered lot a certificate states. ``live`` is what the database lets only one certificate have."""

    __tablename__ = "certificate_lines"
    __table_args__ = (
        Index(
            "ux_certificate_lines_live_delivery",
            "lot_id",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
        Index(None, "lot_id"),
    )
    certificate_id: Mapped[int] = mapped_column(Id, ForeignKey("certificates.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer(), primary_key=True)
    lot_id: Mapped[int] = mapped_column(Id, ForeignKey("lots.id"))
    live: Mapped[bool]
