"""Every balance twice: as the movements make it, and as it is kept. Streams both in the order of their keys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, literal, select

from app.records.among import Among
from app.records.certificate_tables import CertificateLineRow, CertificateRow, Status
from app.records.connection import Block, Connection, Query
from app.records.deeds import DeedKind, DeedRow
from app.records.entries import ScrapEntryRow
from app.records.lot_tables import LotContentRow, LotRow, LotStateRow
from app.records.movements import EmbodiedMovementRow, LossRow, MovementRow
from app.records.quotes import Hold, ReservationRow
from app.records.reversals import ReversalRow, undone
from app.records.transformations import TransformationRow
from app.records.units import units_taken
from app.records.write_offs import WriteOffRow

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """A law of the books: two queries of (key …, value), each in the order of the keys, that must agree.

    ``keys`` says what the parts of the key are: "lot", "origin" or "deed".
    """

    name: str
    keys: tuple[str, ...]
    recomputed: Query
    kept: Query


def laws() -> tuple[Law, ...]:
    """What is always true (domain.md), each law by itself."""
    return (
        _contents_as_they_remain(),
        _contents_as_made(),
        _masses(),
        _masses_as_made(),
        _embodied(),
        _embodied_as_made(),
        _units(),
        _origins(),
        _losses(),
        _steps_in(),
        _emissions(),
        _reversals(),
        _written_off(),
        _held_for_quotes(ReservationRow.mass_g, LotStateRow.reserved_g, "kilograms"),
        _held_for_quotes(ReservationRow.units, LotStateRow.reserved_units, "units"),
    )


def _held_for_quotes(amount: Any, kept: Any, what: str) -> Law:
    """What a lot is said to be promised of is what its reservations come to; the table keeps it within what is left."""
    held = _sum_by(amount, ReservationRow.lot_id).where(ReservationRow.state == Hold.HELD.value)
    known = select(LotStateRow.lot_id, kept).where(kept != 0).order_by(LotStateRow.lot_id)
    return Law(f"held for quotes, {what}", ("lot",), held, known)


def _sum_by(value: Any, *keys: Any) -> Query:
    return select(*keys, func.sum(value)).group_by(*keys).having(func.sum(value) != 0).order_by(*keys)


def _contents_as_they_remain() -> Law:
    kept = select(LotContentRow.lot_id, LotContentRow.origin_id, LotContentRow.remaining_g)
    kept = kept.where(LotContentRow.remaining_g != 0).order_by(LotContentRow.lot_id, LotContentRow.origin_id)
    moved = _sum_by(MovementRow.mass_g, MovementRow.lot_id, MovementRow.origin_id)
    return Law("content that remains", ("lot", "origin"), moved, kept)


def _contents_as_made() -> Law:
    made = select(MovementRow.lot_id, MovementRow.origin_id, MovementRow.mass_g)
    made = made.join(LotRow, (LotRow.id == MovementRow.lot_id) & (LotRow.deed_id == MovementRow.deed_id))
    kept = select(LotContentRow.lot_id, LotContentRow.origin_id, LotContentRow.made_g)
    return Law(
        "content as made",
        ("lot", "origin"),
        made.order_by(MovementRow.lot_id, MovementRow.origin_id),
        kept.order_by(LotContentRow.lot_id, LotContentRow.origin_id),
    )


def _masses() -> Law:
    kept = select(LotStateRow.lot_id, LotStateRow.mass_g).where(LotStateRow.mass_g != 0).order_by(LotStateRow.lot_id)
    return Law("mass that remains", ("lot",), _sum_by(MovementRow.mass_g, MovementRow.lot_id), kept)


def _masses_as_made() -> Law:
    made = _sum_by(MovementRow.mass_g, MovementRow.lot_id)
    made = made.join(LotRow, (LotRow.id == MovementRow.lot_id) & (LotRow.deed_id == MovementRow.deed_id))
    return Law("mass as made", ("lot",), made, select(LotRow.id, LotRow.mass_g).order_by(LotRow.id))


def _embodied() -> Law:
    kept = select(LotStateRow.lot_id, LotStateRow.embodied_g).where(LotStateRow.embodied_g != 0)
    moved = _sum_by(EmbodiedMovementRow.co2_g, EmbodiedMovementRow.lot_id)
    return Law("embodied CO2e that remains", ("lot",), moved, kept.order_by(LotStateRow.lot_id))


def _embodied_as_made() -> Law:
    here = (LotRow.id == EmbodiedMovementRow.lot_id) & (LotRow.deed_id == EmbodiedMovementRow.deed_id)
    made = _sum_by(EmbodiedMovementRow.co2_g, EmbodiedMovementRow.lot_id).join(LotRow, here)
    kept = select(LotRow.id, LotRow.embodied_g).where(LotRow.embodied_g != 0).order_by(LotRow.id)
    return Law("embodied CO2e as made", ("lot",), made, kept)


def _units() -> Law:
    """Units made less units taken, by deeds that stand."""
    taken = units_taken()
    standing = select(taken.c.lot_id, func.sum(taken.c.units).label("units")).where(~undone(taken.c.deed_id))
    per_lot = standing.group_by(taken.c.lot_id).subquery()
    made = case((undone(LotRow.deed_id), 0), else_=LotRow.units)
    left = made - func.coalesce(per_lot.c.units, 0)
    recomputed = select(LotRow.id, left).outerjoin(per_lot, per_lot.c.lot_id == LotRow.id)
    kept = select(LotStateRow.lot_id, LotStateRow.units).where(LotStateRow.units.is_not(None))
    return Law(
        "units that remain",
        ("lot",),
        recomputed.where(LotRow.units.is_not(None)).order_by(LotRow.id),
        kept.order_by(LotStateRow.lot_id),
    )


def _origins() -> Law:
    """For each origin: grams in all lots, here or with customers, + lost + written off = its net mass at entry."""
    moved = select(MovementRow.origin_id.label("origin_id"), MovementRow.mass_g.label("mass_g"))
    everywhere = moved.union_all(select(LossRow.origin_id, LossRow.mass_g)).subquery()
    recomputed = _sum_by(everywhere.c.mass_g, everywhere.c.origin_id)
    entered = select(LotRow.id, LotRow.mass_g).join(DeedRow, DeedRow.id == LotRow.deed_id)
    entered = entered.where(DeedRow.kind == DeedKind.ENTRY.value, ~undone(DeedRow.id)).order_by(LotRow.id)
    return Law("origin's grams at entry", ("origin",), recomputed, entered)


def _losses() -> Law:
    """Each deed closes to the gram: what its movements lack is what it recorded as lost."""
    lacking = select(MovementRow.deed_id, -func.sum(MovementRow.mass_g)).group_by(MovementRow.deed_id)
    lacking = lacking.outerjoin(ReversalRow, ReversalRow.deed_id == MovementRow.deed_id)
    lacking = lacking.join(DeedRow, DeedRow.id == func.coalesce(ReversalRow.reverses_id, MovementRow.deed_id))
    lacking = lacking.where(DeedRow.kind != DeedKind.ENTRY.value)
    lacking = lacking.having(func.sum(MovementRow.mass_g) != 0).order_by(MovementRow.deed_id)
    return Law("loss of a deed", ("deed",), lacking, _sum_by(LossRow.mass_g, LossRow.deed_id))


def _steps_in() -> Law:
    inputs = -func.sum(case((MovementRow.mass_g < 0, MovementRow.mass_g), else_=literal(0)))
    moved = select(MovementRow.deed_id, inputs).join(
        TransformationRow, TransformationRow.deed_id == MovementRow.deed_id
    )
    kept = select(TransformationRow.deed_id, TransformationRow.input_g).order_by(TransformationRow.deed_id)
    return Law("input of a step", ("deed",), moved.group_by(MovementRow.deed_id).order_by(MovementRow.deed_id), kept)


def _emissions() -> Law:
    """CO2e comes only from entries and steps: what a deed's movements add is what it entered or emitted."""
    moved = _sum_by(EmbodiedMovementRow.co2_g, EmbodiedMovementRow.deed_id)
    entered = select(LotRow.deed_id.label("deed_id"), LotRow.embodied_g.label("co2_g")).join(
        DeedRow, DeedRow.id == LotRow.deed_id
    )
    entered = entered.where(DeedRow.kind == DeedKind.ENTRY.value)
    emitted = select(TransformationRow.deed_id, TransformationRow.process_co2_g)
    written_off = select(WriteOffRow.deed_id, -WriteOffRow.embodied_g).where(WriteOffRow.embodied_g.is_not(None))
    done = entered.union_all(emitted, written_off).subquery()
    turned = select(ReversalRow.deed_id, -done.c.co2_g).join(done, done.c.deed_id == ReversalRow.reverses_id)
    added = select(done.c.deed_id, done.c.co2_g).union_all(turned).subquery()
    kept = select(added.c.deed_id, added.c.co2_g).where(added.c.co2_g != 0).order_by(added.c.deed_id)
    return Law("CO2e added by a deed", ("deed",), moved, kept)


def _reversals() -> Law:
    """A reversal mirrors its deed, gram for gram."""
    columns = (ReversalRow.deed_id, MovementRow.lot_id, MovementRow.origin_id)
    turned = select(*columns, -MovementRow.mass_g).join(ReversalRow, ReversalRow.reverses_id == MovementRow.deed_id)
    kept = select(*columns, MovementRow.mass_g).join(ReversalRow, ReversalRow.deed_id == MovementRow.deed_id)
    return Law("mirrored movements", ("deed", "lot", "origin"), turned.order_by(*columns), kept.order_by(*columns))


def _written_off() -> Law:
    """What left a lot by a write-off is what two people agreed on."""
    left = select(MovementRow.deed_id, -func.sum(MovementRow.mass_g)).group_by(MovementRow.deed_id)
    left = left.join(WriteOffRow, WriteOffRow.deed_id == MovementRow.deed_id).order_by(MovementRow.deed_id)
    kept = select(WriteOffRow.deed_id, WriteOffRow.mass_g).where(WriteOffRow.mass_g.is_not(None))
    return Law("written off", ("deed",), left, kept.order_by(WriteOffRow.deed_id))


Recycled = dict[tuple[str | None, str | None], int]
CERTIFICATES_AT_ONCE = 200
_RECYCLED = Among(
    select(LotRow.number, ScrapEntryRow.scrap_class, ScrapEntryRow.customer_code, func.sum(MovementRow.mass_g))
    .select_from(LotRow)
    .join(MovementRow, (MovementRow.lot_id == LotRow.id) & (MovementRow.deed_id == LotRow.deed_id))
    .outerjoin(ScrapEntryRow, ScrapEntryRow.lot_id == MovementRow.origin_id)
    .group_by(LotRow.number, ScrapEntryRow.scrap_class, ScrapEntryRow.customer_code),
    LotRow.number,
)


_EMBODIED = Among(select(LotRow.number, LotRow.embodied_g), LotRow.number)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A certificate, and how many lines of it hold their delivered lot."""

    number: str
    status: str
    customer_code: str
    valid_until: date
    claimed_g: int
    payload: bytes
    payload_sha256: str
    live_lines: int


class Verification:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def blocks(self, query: Query) -> Iterator[Block]:
        """The rows of one side of a law, whole numbers all, streamed in blocks."""
        return self._connection.blocks(query)

    def count_movements(self) -> int:
        """How many movements there are."""
        return int(self._connection.execute(select(func.count()).select_from(MovementRow)).scalar_one())

    def lot_number(self, lot_id: int) -> str:
        """A lot's number, for a report."""
        number = self._connection.execute(select(LotRow.number).where(LotRow.id == lot_id)).scalar()
        return str(number) if number else f"#{lot_id}"

    def doubly_certified(self) -> list[str]:
        """Deliveries in two live certificates; the index forbids it, and this looks whether it did."""
        query = select(LotRow.number).join(CertificateLineRow, CertificateLineRow.lot_id == LotRow.id)
        query = query.where(CertificateLineRow.live).group_by(LotRow.number).having(func.count() > 1)
        return list(self._connection.execute(query).scalars())

    def certificates(self) -> Iterator[Claimed]:
        """Every certificate with its payload, streamed: some hundred at a time, for a payload may be long."""
        lines = select(func.count()).where(CertificateLineRow.certificate_id == CertificateRow.id)
        columns = (
            CertificateRow.number,
            CertificateRow.status,
            CertificateRow.customer_code,
            CertificateRow.valid_until,
            CertificateRow.claimed_g,
            CertificateRow.payload,
            CertificateRow.payload_sha256,
        )
        query = select(*columns, lines.where(CertificateLineRow.live).scalar_subquery())
        query = query.where(CertificateRow.status != Status.VOID.value).order_by(CertificateRow.id)
        streamed = query.execution_options(stream_results=True, yield_per=CERTIFICATES_AT_ONCE)
        return (Claimed(*row) for row in self._connection.execute(streamed))

    def embodied(self, numbers: Sequence[str]) -> dict[str, int]:
        """Grams of CO2e of delivered lots as made."""
        return {row[0]: row[1] for row in self._connection.execute_among(_EMBODIED, numbers)}

    def recycled(self, numbers: Sequence[str]) -> dict[str, Recycled]:
        """Grams of delivered lots as their movements made them: by lot, by (scrap class, source customer)."""
        found: dict[str, Recycled] = {}
        for number, scrap_class, customer, mass_g in self._connection.execute_among(_RECYCLED, numbers):
            found.setdefault(number, {})[scrap_class, customer] = int(mass_g)
        return found
