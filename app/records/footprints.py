"""Product footprints, as given out: written once, and deprecated once at most (PACT 3.0, "Change Definition")."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint, exists, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column
from sqlalchemy.sql import ColumnElement

from app.records.base import Base, CustomerCode, Id, Key
from app.records.certificate_tables import CertificateRow, Status
from app.records.connection import Connection, Query

ACTIVE, DEPRECATED = "Active", "Deprecated"


class FootprintRow(Base):
    """``payload`` is the footprint without its status; what it is searched by stands beside it, in lower case and a
    value a line, each between two line ends. ``valid_*`` are the validity period, both as given out."""

    __tablename__ = "footprints"
    __table_args__ = (
        UniqueConstraint("certificate_id", "position"),  # one footprint a line, however often issuing is tried
        Index(None, "customer_code", "id"),
    )
    id: Mapped[Key]
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    certificate_id: Mapped[int] = mapped_column(Id, ForeignKey("certificates.id"))
    position: Mapped[int] = mapped_column(Integer())
    customer_code: Mapped[CustomerCode]
    payload: Mapped[str] = mapped_column(Text())
    product_ids: Mapped[str] = mapped_column(Text())
    company_ids: Mapped[str] = mapped_column(Text())
    classifications: Mapped[str] = mapped_column(Text())
    geography: Mapped[str] = mapped_column(Text())
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    created_at: Mapped[datetime]
    deprecated_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a data recipient asks for. Several values of one are alternatives, several criteria hold together."""

    product_ids: tuple[str, ...] = ()
    company_ids: tuple[str, ...] = ()
    classifications: tuple[str, ...] = ()
    geography: tuple[str, ...] = ()
    valid_on: datetime | None = None
    valid_after: datetime | None = None
    valid_before: datetime | None = None
    statuses: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether anything was asked for."""
        return self != Criteria()


@dataclass(frozen=True, slots=True)
class Footprint:
    """A footprint as it is given out, with its place in the order of all."""

    id: int
    uuid: str
    status: str
    payload: str

    def written(self) -> dict[str, Any]:
        """The ProductFootprint, with the status it has now."""
        return {**json.loads(self.payload), "status": self.status}


_COLUMNS = (FootprintRow.id, FootprintRow.uuid, FootprintRow.deprecated_at, FootprintRow.payload)
_LISTS: dict[str, InstrumentedAttribute[str]] = {
    "product_ids": FootprintRow.product_ids,
    "company_ids": FootprintRow.company_ids,
    "classifications": FootprintRow.classifications,
    "geography": FootprintRow.geography,
}


_WITHOUT = (
    select(CertificateRow.number)
    .where(CertificateRow.status == Status.ISSUED.value)
    .where(~exists().where(FootprintRow.certificate_id == CertificateRow.id))
    .order_by(CertificateRow.id)
)


def lined(values: Sequence[str]) -> str:
    """Values as they are searched: in lower case, each on a line of its own."""
    return "".join(f"\n{value.lower()}\n" for value in values)


class Footprints:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_all(self, rows: Sequence[dict[str, Any]]) -> None:
        """Write footprints, column by column as the table has them."""
        ids = self._connection.new_ids(FootprintRow, len(rows)) if rows else []
        columns = [{"id": id_, "deprecated_at": None, **row} for id_, row in zip(ids, rows, strict=True)]
        self._connection.insert_all(FootprintRow, columns)

    def of_certificate(self, certificate_id: int) -> list[str]:
        """UUIDs of a certificate's footprints, in the order of its lines."""
        query = select(FootprintRow.uuid).where(FootprintRow.certificate_id == certificate_id)
        return list(self._connection.execute(query.order_by(FootprintRow.position)).scalars())

    def deprecate(self, certificate_id: int, now: datetime) -> list[str]:
        """Deprecate a certificate's footprints; UUIDs of those that were active."""
        query = select(FootprintRow.uuid).where(FootprintRow.certificate_id == certificate_id)
        active = query.where(FootprintRow.deprecated_at.is_(None)).order_by(FootprintRow.position)
        found = list(self._connection.execute(active).scalars())
        if found:
            self._connection.execute(update(FootprintRow).where(FootprintRow.uuid.in_(found)).values(deprecated_at=now))
        return found

    def one(self, customer: str, uuid: str) -> Footprint | None:
        """A footprint of a customer, or None: that another customer's is there is not told."""
        query = select(*_COLUMNS).where(FootprintRow.uuid == uuid, FootprintRow.customer_code == customer)
        row = self._connection.execute(query).first()
        return _footprint(row) if row else None

    def listed(self, customer: str, wanted: Criteria, after: int, limit: int) -> list[Footprint]:
        """A customer's footprints that meet the criteria, oldest first, from the one after ``after``."""
        query = _matching(customer, wanted).where(FootprintRow.id > after).order_by(FootprintRow.id)
        return [_footprint(row) for row in self._connection.execute(query.limit(limit))]

    def without_footprints(self) -> list[str]:
        """Numbers of certificates that were issued before there were footprints, oldest first."""
        return list(self._connection.execute(_WITHOUT).scalars())


def _matching(customer: str, wanted: Criteria) -> Query:
    query: Query = select(*_COLUMNS).where(FootprintRow.customer_code == customer)
    for name, column in _LISTS.items():
        values = getattr(wanted, name)
        if values:
            query = query.where(or_(*(column.contains(lined([value]), autoescape=True) for value in values)))
    if wanted.statuses:
        query = query.where(or_(*(_has_status(status) for status in wanted.statuses)))
    return query.where(*_periods(wanted))


def _has_status(status: str) -> ColumnElement[bool]:
    """A word that is no status is that of no footprint."""
    if status.lower() == ACTIVE.lower():
        return FootprintRow.deprecated_at.is_(None)
    if status.lower() == DEPRECATED.lower():
        return FootprintRow.deprecated_at.is_not(None)
    return FootprintRow.id < 0


def _periods(wanted: Criteria) -> list[ColumnElement[bool]]:
    """validityPeriodStart <= validOn <= validityPeriodEnd; start > validAfter; end < validBefore (PACT 3.0, 6.6)."""
    found: list[ColumnElement[bool]] = []
    if wanted.valid_on is not None:
        found += [FootprintRow.valid_from <= wanted.valid_on, FootprintRow.valid_until >= wanted.valid_on]
    if wanted.valid_after is not None:
        found.append(FootprintRow.valid_from > wanted.valid_after)
    if wanted.valid_before is not None:
        found.append(FootprintRow.valid_until < wanted.valid_before)
    return found


def _footprint(row: Any) -> Footprint:
    return Footprint(row.id, row.uuid, DEPRECATED if row.deprecated_at else ACTIVE, row.payload)
