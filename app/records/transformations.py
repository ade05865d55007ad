"""Steps: what was charged, what came out, and the loss."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.carbon.energy import Energy
from app.ledger.transformations import StepKind
from app.records.base import Base, Code, DeedKey, Grams, Id, Number, SiteCode
from app.records.connection import Connection
from app.records.lot_tables import LotRow


class TransformationRow(Base):
    __tablename__ = "transformations"
    __table_args__ = (
        CheckConstraint("loss_g >= 0", name="loss"),
        CheckConstraint("input_g = output_g + loss_g", name="closes"),
        CheckConstraint("process_co2_g >= 0", name="process"),
    )
    deed_id: Mapped[DeedKey]
    number: Mapped[Number]
    kind: Mapped[Code]
    site_code: Mapped[SiteCode]
    furnace: Mapped[str | None] = mapped_column(String(40))
    ended_at: Mapped[datetime]
    input_g: Mapped[Grams]
    output_g: Mapped[Grams]
    loss_g: Mapped[Grams]
    process_co2_g: Mapped[Grams]


class TransformationInputRow(Base):
    __tablename__ = "transformation_inputs"
    deed_id: Mapped[int] = mapped_column(Id, ForeignKey("transformations.deed_id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer(), primary_key=True)
    lot_id: Mapped[int] = mapped_column(Id, ForeignKey("lots.id"), index=True)
    mass_g: Mapped[Grams]
    units: Mapped[int | None] = mapped_column(Integer())


class StepEnergyRow(Base):
    """What the meters of a step said, in thousandths of kWh, percent, m3 and litres; a step without has no row."""

    __tablename__ = "step_energy"
    __table_args__ = (
        CheckConstraint("electricity_wh >= 0 AND gas_l >= 0 AND oil_ml >= 0", name="amounts"),
        CheckConstraint("renewable >= 0 AND renewable <= 100000", name="share"),
    )
    deed_id: Mapped[int] = mapped_column(Id, ForeignKey("transformations.deed_id"), primary_key=True)
    electricity_wh: Mapped[int] = mapped_column(BigInteger())
    renewable: Mapped[int] = mapped_column(Integer())
    gas_l: Mapped[int] = mapped_column(BigInteger())
    oil_ml: Mapped[int] = mapped_column(BigInteger())


_ENERGY = tuple(getattr(StepEnergyRow, name) for name in Energy.__slots__)


@dataclass(frozen=True, slots=True)
class NewTransformation:
    """A step about to be written; masses are grams."""

    deed_id: int
    number: str
    kind: StepKind
    site_code: str
    furnace: str | None
    ended_at: datetime
    input_g: int
    output_g: int
    loss_g: int
    process_co2_g: int


@dataclass(frozen=True, slots=True)
class TransformationRead:
    """A step as recorded, with (lot number, kind, alloy, grams, units) of each input."""

    deed_id: int
    number: str
    kind: str
    site_code: str
    furnace: str | None
    ended_at: datetime
    input_g: int
    output_g: int
    loss_g: int
    process_co2_g: int
    inputs: tuple[tuple[str, str, str, int, int | None], ...]
    energy: Energy | None = None


class Transformations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, step: NewTransformation, inputs: list[tuple[int, int, int | None]], energy: Energy | None = None
    ) -> None:
        """Write a step, its inputs: (lot id, grams, units) in the order given, and what its meters said."""
        values = {name: getattr(step, name) for name in NewTransformation.__slots__}
        self._connection.execute(insert(TransformationRow).values(**values | {"kind": step.kind.value}))
        rows = [
            {"deed_id": step.deed_id, "position": position, "lot_id": lot_id, "mass_g": mass_g, "units": units}
            for position, (lot_id, mass_g, units) in enumerate(inputs)
        ]
        self._connection.insert_all(TransformationInputRow, rows)
        if energy is not None:
            self._connection.insert_all(StepEnergyRow, [asdict(energy) | {"deed_id": step.deed_id}])

    def numbers_taken(self, numbers: Sequence[str]) -> set[str]:
        """Which of these numbers a step already has."""
        query = select(TransformationRow.number).where(TransformationRow.number.in_(list(numbers)))
        return set(self._connection.execute(query).scalars())

    def find(self, number: str) -> TransformationRead | None:
        """A step by its number."""
        table = TransformationRow.__table__
        row = self._connection.execute(select(table).where(TransformationRow.number == number)).mappings().first()
        if row is None:
            return None
        deed_id = row["deed_id"]
        return TransformationRead(**row, inputs=self._inputs(deed_id), energy=self.energy([deed_id]).get(deed_id))

    def energy(self, deed_ids: Sequence[int]) -> dict[int, Energy]:
        """What the meters of steps said, of those where they were read."""
        query = select(StepEnergyRow.deed_id, *_ENERGY).where(StepEnergyRow.deed_id.in_(list(deed_ids)))
        return {deed_id: Energy(*amounts) for deed_id, *amounts in self._connection.execute(query)}

    def _inputs(self, deed_id: int) -> tuple[tuple[str, str, str, int, int | None], ...]:
        query = select(
            LotRow.number, LotRow.kind, LotRow.alloy, TransformationInputRow.mass_g, TransformationInputRow.units
        ).join(LotRow, LotRow.id == TransformationInputRow.lot_id)
        query = query.where(TransformationInputRow.deed_id == deed_id).order_by(TransformationInputRow.position)
        return tuple(tuple(row) for row in self._connection.execute(query))
