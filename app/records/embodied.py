"""How CO2e came into lots: what deeds took and gave, and what steps emitted and whether their meters were read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.records.connection import Connection
from app.records.entries import MetalEntryRow, ScrapEntryRow
from app.records.lot_tables import LotRow
from app.records.movements import EmbodiedMovementRow
from app.records.transformations import StepEnergyRow, TransformationRow


@dataclass(frozen=True, slots=True)
class LotMade:
    """A lot as it was made, with its embodied CO2e in grams; where it entered, its scrap class or supplier's figure."""

    id: int
    number: str
    kind: str
    deed_id: int
    embodied_g: int
    made_at: datetime
    scrap_class: str | None
    document: str | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class StepMade:
    """A step with what it emitted, grams; ``measured`` where its meters were read."""

    deed_id: int
    number: str
    kind: str
    site_code: str
    ended_at: datetime
    process_co2_g: int
    measured: bool


class Embodied:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def moved(self, deed_ids: Sequence[int]) -> list[tuple[int, int, int]]:
        """(deed, lot, grams of CO2e) of some deeds, in the order they were done."""
        columns = (EmbodiedMovementRow.deed_id, EmbodiedMovementRow.lot_id, EmbodiedMovementRow.co2_g)
        query = select(*columns).where(EmbodiedMovementRow.deed_id.in_(list(deed_ids)))
        rows = self._connection.execute(query.order_by(EmbodiedMovementRow.deed_id, EmbodiedMovementRow.lot_id))
        return [tuple(row) for row in rows]

    def lots(self, lot_ids: Sequence[int]) -> dict[int, LotMade]:
        """Lots by id."""
        query = (
            select(
                LotRow.id,
                LotRow.number,
                LotRow.kind,
                LotRow.deed_id,
                LotRow.embodied_g,
                LotRow.made_at,
                ScrapEntryRow.scrap_class,
                MetalEntryRow.document,
                MetalEntryRow.valid_until,
            )
            .outerjoin(ScrapEntryRow, ScrapEntryRow.lot_id == LotRow.id)
            .outerjoin(MetalEntryRow, MetalEntryRow.lot_id == LotRow.id)
            .where(LotRow.id.in_(list(lot_ids)))
        )
        return {row[0]: LotMade(*row) for row in self._connection.execute(query)}

    def steps(self, deed_ids: Sequence[int]) -> dict[int, StepMade]:
        """The steps among some deeds, by deed."""
        query = (
            select(
                TransformationRow.deed_id,
                TransformationRow.number,
                TransformationRow.kind,
                TransformationRow.site_code,
                TransformationRow.ended_at,
                TransformationRow.process_co2_g,
                StepEnergyRow.deed_id.is_not(None),
            )
            .outerjoin(StepEnergyRow, StepEnergyRow.deed_id == TransformationRow.deed_id)
            .where(TransformationRow.deed_id.in_(list(deed_ids)))
            .order_by(TransformationRow.ended_at, TransformationRow.deed_id)
        )
        return {row[0]: StepMade(*row) for row in self._connection.execute(query)}
