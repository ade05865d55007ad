"""Where metal of a lot went: every edge onward and every certificate that states any of it, in one walk and query."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, cast, literal, null, select, union_all

from app.records.base import Id
from app.records.certificate_tables import HIDDEN, CertificateLineRow, CertificateRow
from app.records.connection import Connection
from app.records.deeds import DeedRow
from app.records.lineage import EdgeRead, numbered
from app.records.lot_tables import LotEdgeRow, LotRow

_EDGE, _CERTIFICATE = 1, 2
_start = select(LotRow.id).where(LotRow.number == bindparam("number")).cte("onward", recursive=True)
_onward = _start.union(select(LotEdgeRow.to_lot_id).join(_start, _start.c.id == LotEdgeRow.from_lot_id))
_first, _second, _third, _deed_number, _happened_at = numbered(LotEdgeRow)
_EDGES = select(
    literal(_EDGE).label("what"),
    LotEdgeRow.deed_id.label("deed_id"),
    LotEdgeRow.from_lot_id.label("from_lot_id"),
    LotEdgeRow.to_lot_id.label("to_lot_id"),
    _first.label("first"),
    _second.label("second"),
    _third.label("third"),
    _deed_number.label("deed_number"),
    _happened_at.label("happened_at"),
).where(LotEdgeRow.from_lot_id.in_(select(_onward.c.id)))
_nothing = cast(null(), Id)
_CERTIFICATES = (
    select(
        literal(_CERTIFICATE),
        _nothing,
        _nothing,
        _nothing,
        CertificateRow.number,
        CertificateRow.status,
        LotRow.number,
        null(),
        cast(null(), DeedRow.happened_at.type),
    )
    .join(CertificateLineRow, CertificateLineRow.certificate_id == CertificateRow.id)
    .join(LotRow, LotRow.id == CertificateLineRow.lot_id)
    .where(CertificateLineRow.lot_id.in_(select(_onward.c.id)))
    .where(CertificateRow.status.not_in(HIDDEN))
)
_ONWARD = union_all(_EDGES, _CERTIFICATES).order_by("what", "deed_id", "from_lot_id", "to_lot_id", "first", "third")


@dataclass(frozen=True, slots=True)
class OnwardRead:
    """Edges in the order of their deeds; (certificate, status, delivery) of every certificate, live or not."""

    edges: Sequence[EdgeRead]
    certificates: Sequence[tuple[str, str, str]]


def onward(connection: Connection, number: str) -> OnwardRead:
    """The way of a lot's metal from it on, however far it went."""
    edges: list[EdgeRead] = []
    certificates: list[tuple[str, str, str]] = []
    for what, _, _, _, first, second, third, deed_number, happened_at in connection.execute_with(
        _ONWARD, number=number
    ):
        if what == _EDGE:
            edges.append(EdgeRead(first, second, third, deed_number, happened_at))
        else:
            certificates.append((first, second, third))
    return OnwardRead(edges, certificates)
