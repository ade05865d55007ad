"""What happened to one lot: every deed that moved metal of it, by origin; and any record by its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, union_all

from app.records.certificate_tables import HIDDEN, CertificateRow
from app.records.connection import Connection
from app.records.deeds import DeedRow
from app.records.dispatches import DispatchRow
from app.records.lot_tables import LotEdgeRow, LotRow
from app.records.movements import MovementRow
from app.records.quotes import QuoteRow
from app.records.returns import ReturnRow
from app.records.reversals import undone
from app.records.transfers import TransferRow
from app.records.transformations import TransformationRow
from app.records.write_offs import WriteOffRow

NAMED: tuple[Any, ...] = (TransformationRow, TransferRow, DispatchRow, ReturnRow, WriteOffRow)


@dataclass(frozen=True, slots=True)
class Touch:
    """A deed that moved metal of a lot, or moved the lot; ``number`` None for an entry or a reversal.

    ``step`` says which kind of step a transformation was.
    """

    deed_id: int
    kind: str
    step: str | None
    number: str | None
    happened_at: datetime
    recorded_at: datetime
    person: str
    reversed: bool


class History:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def touches(self, lot_id: int) -> list[Touch]:
        """Every deed that touched a lot, oldest first."""
        moved = select(MovementRow.deed_id).where(MovementRow.lot_id == lot_id)
        transfers = select(TransferRow.deed_id).where(TransferRow.lot_id == lot_id)
        returns = select(ReturnRow.deed_id).where(ReturnRow.lot_id == lot_id)
        write_offs = select(WriteOffRow.deed_id).where(WriteOffRow.lot_id == lot_id)
        deeds = union_all(moved, transfers, returns, write_offs)
        number = func.coalesce(*(row.number for row in NAMED))
        query = select(
            DeedRow.id,
            DeedRow.kind,
            TransformationRow.kind,
            number,
            DeedRow.happened_at,
            DeedRow.recorded_at,
            DeedRow.person,
            undone(DeedRow.id),
        )
        for row in NAMED:
            query = query.outerjoin(row, row.deed_id == DeedRow.id)
        rows = self._connection.execute(query.where(DeedRow.id.in_(deeds)).order_by(DeedRow.id))
        return [Touch(*row) for row in rows]

    def movements(self, lot_id: int) -> list[tuple[int, int, int]]:
        """(deed, origin, grams) of everything that went into (+) or out of (-) a lot."""
        query = select(MovementRow.deed_id, MovementRow.origin_id, MovementRow.mass_g)
        rows = self._connection.execute(query.where(MovementRow.lot_id == lot_id).order_by(MovementRow.deed_id))
        return [(row[0], row[1], row[2]) for row in rows]

    def made_from(self, lot_id: int, deed_ids: Sequence[int]) -> dict[int, list[tuple[str, str, int]]]:
        """(number, kind, grams as made) of the lots that metal of a lot went into, by the deed that took it."""
        query = (
            select(LotEdgeRow.deed_id, LotRow.number, LotRow.kind, LotRow.mass_g)
            .join(LotRow, LotRow.id == LotEdgeRow.to_lot_id)
            .where(LotEdgeRow.from_lot_id == lot_id, LotEdgeRow.deed_id.in_(list(deed_ids)))
            .order_by(LotRow.id)
        )
        made: dict[int, list[tuple[str, str, int]]] = {}
        for deed_id, number, kind, mass_g in self._connection.execute(query):
            made.setdefault(deed_id, []).append((number, kind, mass_g))
        return made

    def called(self, number: str) -> list[tuple[str, str]]:
        """(kind, number) of every record with exactly this number: the nouns have a namespace each."""
        parts = [select(literal("lot").label("kind"), LotRow.number).where(LotRow.number == number)]
        nouns = ("transformation", "transfer", "dispatch", "return", "write_off")
        parts += [
            select(literal(noun), row.number).where(row.number == number)
            for noun, row in zip(nouns, NAMED, strict=True)
        ]
        shown = CertificateRow.status.not_in(HIDDEN)
        parts.append(
            select(literal("certificate"), CertificateRow.number).where(CertificateRow.number == number, shown)
        )
        parts.append(select(literal("quote"), QuoteRow.number).where(QuoteRow.number == number))
        return [(row[0], row[1]) for row in self._connection.execute(union_all(*parts))]
