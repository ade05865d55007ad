"""Movements: grams by lot, origin and deed, CO2e by lot and deed, and what was lost. Rows are only ever added."""

from dataclasses import dataclass

from sqlalchemy import CheckConstraint, Index, func, select
from sqlalchemy.orm import Mapped

from app.ledger.metal import Metal
from app.records.base import Base, Code, DeedKey, Grams, LotKey
from app.records.connection import Connection


class MovementRow(Base):
    """Grams of one origin into (+) or out of (-) one lot by one deed."""

    __tablename__ = "movements"
    __table_args__ = (CheckConstraint("mass_g <> 0", name="moves"), Index(None, "lot_id", "origin_id"))
    deed_id: Mapped[DeedKey]
    lot_id: Mapped[LotKey]
    origin_id: Mapped[LotKey]
    mass_g: Mapped[Grams]


class EmbodiedMovementRow(Base):
    """Grams of CO2e into (+) or out of (-) one lot by one deed."""

    __tablename__ = "embodied_movements"
    __table_args__ = (Index(None, "lot_id"),)
    deed_id: Mapped[DeedKey]
    lot_id: Mapped[LotKey]
    co2_g: Mapped[Grams]


class LossRow(Base):
    """Grams of one origin that a deed lost, as the deed itself reckoned them: the books are checked against this."""

    __tablename__ = "losses"
    __table_args__ = (CheckConstraint("mass_g <> 0", name="loses"),)
    deed_id: Mapped[DeedKey]
    origin_id: Mapped[LotKey]
    reason: Mapped[Code]
    mass_g: Mapped[Grams]


@dataclass(frozen=True, slots=True)
class Moved:
    """Metal into (direction +1) or out of (-1) a lot."""

    lot_id: int
    metal: Metal
    direction: int


class Movements:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, deed_id: int, moved: list[Moved]) -> None:
        """Write what one deed moved. A lot moved twice by one deed is one sum (a dispatch of it in two lines)."""
        self.add_all([(deed_id, each) for each in moved])

    def add_all(self, moved: list[tuple[int, Moved]]) -> None:
        """Write what several deeds moved."""
        grams: dict[tuple[int, int, int], int] = {}
        co2: dict[tuple[int, int], int] = {}
        for deed_id, each in moved:
            for origin, mass_g in each.metal.content:
                at = (deed_id, each.lot_id, origin)
                grams[at] = grams.get(at, 0) + each.direction * mass_g
            at_lot = (deed_id, each.lot_id)
            co2[at_lot] = co2.get(at_lot, 0) + each.direction * each.metal.embodied_g
        rows = [{"deed_id": d, "lot_id": lot, "origin_id": o, "mass_g": g} for (d, lot, o), g in grams.items() if g]
        self._connection.insert_all(MovementRow, rows)
        co2_rows = [{"deed_id": d, "lot_id": lot, "co2_g": g} for (d, lot), g in co2.items()]
        self._connection.insert_all(EmbodiedMovementRow, co2_rows)

    def add_loss(self, deed_id: int, loss: Metal, reason: str = "loss") -> None:
        """Write what a deed lost, by origin."""
        self._connection.insert_all(
            LossRow,
            [{"deed_id": deed_id, "origin_id": o, "reason": reason, "mass_g": g} for o, g in loss.content],
        )

    def lost(self) -> dict[int, int]:
        """Grams lost by origin, in all deeds together."""
        query = select(LossRow.origin_id, func.sum(LossRow.mass_g)).group_by(LossRow.origin_id)
        return {row[0]: int(row[1]) for row in self._connection.execute(query)}
