"""The tables of lots: what was made (never changed), how it stands now, its content, and what came from what."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.records.base import Base, DeedId, Grams, Id, Key, LotKey, Number


class LotRow(Base):
    """A lot as made. ``source_lot_id`` names the lot it is a part of (transfer, dispatch)."""

    __tablename__ = "lots"
    __table_args__ = (Index(None, "deed_id"), Index(None, "source_lot_id"))
    id: Mapped[Key]
    number: Mapped[Number]
    kind: Mapped[str] = mapped_column(String(40), index=True)
    alloy: Mapped[str] = mapped_column(String(40), ForeignKey("alloys.code"))
    item: Mapped[str | None] = mapped_column(String(40), ForeignKey("items.code"))
    mass_g: Mapped[Grams]
    embodied_g: Mapped[Grams]
    units: Mapped[int | None] = mapped_column(Integer())
    pieces: Mapped[int | None] = mapped_column(Integer())
    furnace: Mapped[str | None] = mapped_column(String(40))
    made_at: Mapped[datetime]
    deed_id: Mapped[DeedId]
    source_lot_id: Mapped[int | None] = mapped_column(Id, ForeignKey("lots.id"))


class LotStateRow(Base):
    """The balance of a lot: what remains, where, and how much of it is held for quotes."""

    __tablename__ = "lot_states"
    __table_args__ = (
        CheckConstraint("mass_g >= 0", name="mass"),
        CheckConstraint("embodied_g >= 0", name="embodied"),
        CheckConstraint("units >= 0", name="units"),
        CheckConstraint("reserved_g >= 0 AND reserved_g <= mass_g", name="reserved"),
        CheckConstraint("reserved_units >= 0", name="reserved_units"),
        CheckConstraint("reserved_units = 0 OR reserved_units <= units", name="units_left"),
        CheckConstraint("(site_code IS NULL) <> (customer_code IS NULL)", name="one_place"),
        Index(None, "site_code", "lot_id"),
        Index(None, "customer_code", "lot_id"),
    )
    lot_id: Mapped[LotKey]
    site_code: Mapped[str | None] = mapped_column(String(40), ForeignKey("sites.code"))
    customer_code: Mapped[str | None] = mapped_column(String(40), ForeignKey("customers.code"))
    since: Mapped[datetime]
    mass_g: Mapped[Grams]
    embodied_g: Mapped[Grams]
    units: Mapped[int | None] = mapped_column(Integer())
    reserved_g: Mapped[int] = mapped_column(BigInteger(), server_default="0")
    reserved_units: Mapped[int] = mapped_column(Integer(), server_default="0")


class LotContentRow(Base):
    """Grams of one origin in one lot, as made and as they remain: the origins of any lot are one indexed query."""

    __tablename__ = "lot_contents"
    __table_args__ = (
        CheckConstraint("remaining_g >= 0 AND remaining_g <= made_g", name="remaining"),
        Index(None, "origin_id"),
    )
    lot_id: Mapped[LotKey]
    origin_id: Mapped[LotKey]
    made_g: Mapped[Grams]
    remaining_g: Mapped[Grams]


class LotEdgeRow(Base):
    """Metal of one lot went into another by one deed."""

    __tablename__ = "lot_edges"
    __table_args__ = (Index(None, "to_lot_id"), Index(None, "deed_id"))
    from_lot_id: Mapped[LotKey]
    to_lot_id: Mapped[LotKey]
    deed_id: Mapped[DeedId]
