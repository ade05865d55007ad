"""Quotes, their lines, and metal held for them: how much of which lot, until when, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, and_, func, or_, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, Code, CustomerCode, Grams, Id, Key, Number
from app.records.connection import Connection
from app.records.dispatches import DispatchRow
from app.records.lot_tables import LotRow, LotStateRow


class QuoteState(StrEnum):
    OPEN = "open"
    ORDERED = "ordered"
    WITHDRAWN = "withdrawn"


class Hold(StrEnum):
    """What became of a reservation: ``held`` counts until its day has passed, the others count no more."""

    HELD = "held"
    RELEASED = "released"
    LAPSED = "lapsed"
    USED = "used"


class QuoteRow(Base):
    __tablename__ = "quotes"
    id: Mapped[Key]
    number: Mapped[Number]
    customer_code: Mapped[CustomerCode]
    valid_until: Mapped[date]
    note: Mapped[str | None]
    state: Mapped[Code]
    made_at: Mapped[datetime]
    person: Mapped[str] = mapped_column(String(200))
    ordered_by_id: Mapped[int | None] = mapped_column(Id, ForeignKey("deeds.id"))


class QuoteLineRow(Base):
    """What was asked for: kilograms, or units of an item that is counted."""

    __tablename__ = "quote_lines"
    __table_args__ = (CheckConstraint("(mass_g IS NULL) <> (units IS NULL)", name="amount"),)
    quote_id: Mapped[int] = mapped_column(Id, ForeignKey("quotes.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer(), primary_key=True)
    kind: Mapped[Code]
    item: Mapped[str | None] = mapped_column(String(40), ForeignKey("items.code"))
    alloy: Mapped[str | None] = mapped_column(String(40), ForeignKey("alloys.code"))
    mass_g: Mapped[Grams | None]
    units: Mapped[int | None] = mapped_column(Integer())


class ReservationRow(Base):
    """Metal of one lot held for one line. ``until`` is an inclusive day in Japan time."""

    __tablename__ = "reservations"
    __table_args__ = (
        CheckConstraint("(mass_g IS NULL) <> (units IS NULL)", name="amount"),
        CheckConstraint("mass_g > 0", name="mass"),
        CheckConstraint("units > 0", name="units"),
        Index(None, "quote_id"),
        Index(
            "ix_reservations_held",
            "lot_id",
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
    )
    id: Mapped[Key]
    quote_id: Mapped[int] = mapped_column(Id, ForeignKey("quotes.id"))
    position: Mapped[int] = mapped_column(Integer())
    lot_id: Mapped[int] = mapped_column(Id, ForeignKey("lots.id"))
    mass_g: Mapped[Grams | None]
    units: Mapped[int | None] = mapped_column(Integer())
    until: Mapped[date]
    state: Mapped[Code]
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reservation with the numbers people know it by; ``site`` is where its lot lies, None at a customer."""

    id: int
    quote: str
    position: int
    lot_id: int
    lot: str
    mass_g: int | None
    units: int | None
    until: date
    state: str
    site: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote with its lines and every reservation that was made for it; the delivery note once it is ordered."""

    id: int
    number: str
    customer_code: str
    valid_until: date
    note: str | None
    state: str
    made_at: datetime
    person: str
    dispatch: str | None
    lines: Sequence[dict[str, Any]]
    reservations: Sequence[Reservation]


_RESERVATIONS = (
    select(
        ReservationRow.id,
        QuoteRow.number,
        ReservationRow.position,
        ReservationRow.lot_id,
        LotRow.number,
        ReservationRow.mass_g,
        ReservationRow.units,
        ReservationRow.until,
        ReservationRow.state,
        LotStateRow.site_code,
    )
    .join(QuoteRow, QuoteRow.id == ReservationRow.quote_id)
    .join(LotRow, LotRow.id == ReservationRow.lot_id)
    .join(LotStateRow, LotStateRow.lot_id == ReservationRow.lot_id)
    .order_by(ReservationRow.id)
)
_QUOTES: Any = select(QuoteRow.__table__, DispatchRow.number.label("dispatch"))
_QUOTES = _QUOTES.outerjoin(DispatchRow, DispatchRow.deed_id == QuoteRow.ordered_by_id)


class Quotes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, quote: dict[str, Any], lines: Sequence[dict[str, Any]]) -> int:
        """Write a quote and its lines, column by column as the tables have them; returns its id."""
        [id_] = self._connection.new_ids(QuoteRow)
        self._connection.insert_all(QuoteRow, [{**quote, "id": id_, "state": QuoteState.OPEN.value}])
        numbered = [{**line, "quote_id": id_, "position": position} for position, line in enumerate(lines, start=1)]
        self._connection.insert_all(QuoteLineRow, numbered)
        return id_

    def numbers_taken(self, numbers: Sequence[str]) -> set[str]:
        """Which of these numbers a quote already has."""
        query = select(QuoteRow.number).where(QuoteRow.number.in_(list(numbers)))
        return set(self._connection.execute(query).scalars())

    def hold(self, number: str) -> Quote | None:
        """Lock a quote for this unit of work, before any lot."""
        self._connection.execute(select(QuoteRow.id).where(QuoteRow.number == number).with_for_update()).first()
        return self.one(number)

    def one(self, number: str) -> Quote | None:
        """A quote by its number, or None."""
        row = self._connection.execute(_QUOTES.where(QuoteRow.number == number)).mappings().first()
        if row is None:
            return None
        lines = select(QuoteLineRow.__table__).where(QuoteLineRow.quote_id == row["id"]).order_by(QuoteLineRow.position)
        values = {name: text for name, text in row.items() if name != "ordered_by_id"}
        return Quote(
            **values,
            lines=[dict(line) for line in self._connection.execute(lines).mappings()],
            reservations=self._found(_RESERVATIONS.where(ReservationRow.quote_id == row["id"])),
        )

    def listed(self, after: int, limit: int, customer: str | None = None) -> list[dict[str, Any]]:
        """Quotes, newest first."""
        query = _QUOTES.where(QuoteRow.id < after) if after else _QUOTES
        query = query.where(QuoteRow.customer_code == customer) if customer else query
        rows = self._connection.execute(query.order_by(QuoteRow.id.desc()).limit(limit)).mappings()
        return [dict(row) for row in rows]

    def short(self, today: date, limit: int) -> list[tuple[str, str]]:
        """(number, customer) of open quotes, not past their day, a line of which has less held than it asks for."""
        counts = and_(
            ReservationRow.quote_id == QuoteLineRow.quote_id,
            ReservationRow.position == QuoteLineRow.position,
            ReservationRow.state == Hold.HELD.value,
            ReservationRow.until >= today,
        )
        held = (func.coalesce(func.sum(column), 0) for column in (ReservationRow.mass_g, ReservationRow.units))
        grams, units = (select(each).where(counts).scalar_subquery() for each in held)
        query = select(QuoteRow.number, QuoteRow.customer_code).join(QuoteLineRow, QuoteLineRow.quote_id == QuoteRow.id)
        query = query.where(QuoteRow.state == QuoteState.OPEN.value, QuoteRow.valid_until >= today)
        query = query.where(or_(grams < QuoteLineRow.mass_g, units < QuoteLineRow.units))
        rows = self._connection.execute(query.group_by(QuoteRow.id, QuoteRow.number).order_by(QuoteRow.id).limit(limit))
        return [(row[0], row[1]) for row in rows]

    def held_on(self, lot_ids: Sequence[int]) -> list[Reservation]:
        """Every reservation that is marked as held on these lots, whether or not its day has passed."""
        held = _RESERVATIONS.where(ReservationRow.lot_id.in_(list(lot_ids)), ReservationRow.state == Hold.HELD.value)
        return self._found(held)

    def _found(self, query: Any) -> list[Reservation]:
        return [Reservation(*row) for row in self._connection.execute(query)]

    def reserve(self, **values: object) -> int:
        """Write a reservation and count it on its lot, which is held; the table refuses more than there is."""
        [id_] = self._connection.new_ids(ReservationRow)
        self._connection.insert_all(ReservationRow, [{**values, "id": id_, "state": Hold.HELD.value}])
        self._count(int(str(values["lot_id"])), values.get("mass_g"), values.get("units"), +1)
        return id_

    def settle(self, reservation: Reservation, state: Hold, now: datetime) -> None:
        """Counts no more on its lot, which is held; once, for it may have lapsed while that was waited for."""
        held = ReservationRow.state == Hold.HELD.value
        settled = update(ReservationRow).where(ReservationRow.id == reservation.id, held)
        done = self._connection.execute(settled.values(state=state.value, settled_at=now))
        if done.rowcount:
            self._count(reservation.lot_id, reservation.mass_g, reservation.units, -1)

    def renew(self, reservation_id: int, until: date) -> bool:
        """Hold it until another day; False where it lapsed while its lot, which is held now, was waited for."""
        held = (ReservationRow.id == reservation_id, ReservationRow.state == Hold.HELD.value)
        return bool(self._connection.execute(update(ReservationRow).where(*held).values(until=until)).rowcount)

    def _count(self, lot_id: int, mass_g: Any, units: Any, sign: int) -> None:
        counted = update(LotStateRow).where(LotStateRow.lot_id == lot_id)
        self._connection.execute(
            counted.values(
                reserved_g=LotStateRow.reserved_g + sign * (mass_g or 0),
                reserved_units=LotStateRow.reserved_units + sign * (units or 0),
            )
        )

    def order(self, quote_id: int, deed_number: str) -> None:
        """The quote was ordered: this dispatch carries it."""
        deed = select(DispatchRow.deed_id).where(DispatchRow.number == deed_number).scalar_subquery()
        ordered = update(QuoteRow).where(QuoteRow.id == quote_id)
        self._connection.execute(ordered.values(state=QuoteState.ORDERED.value, ordered_by_id=deed))

    def withdraw(self, quote_id: int) -> None:
        """The quote is none any more."""
        withdrawn = update(QuoteRow).where(QuoteRow.id == quote_id).values(state=QuoteState.WITHDRAWN.value)
        self._connection.execute(withdrawn)
