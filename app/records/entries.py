"""Metal that entered from outside: weighed-in scrap, with its slip, and bought metal, with its supplier's figure."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, bindparam, insert, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.records.among import Among
from app.records.base import Base, Code, CustomerCode, Grams, Id, Key, LotKey, SiteCode
from app.records.connection import Connection
from app.records.lot_tables import LotRow


class ImportRow(Base):
    """A file of weighing slips, known again by the fingerprint of what its rows said."""

    __tablename__ = "imports"
    id: Mapped[Key]
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    file_name: Mapped[str]
    lots: Mapped[int]
    mass_g: Mapped[Grams]
    recorded_at: Mapped[datetime]
    person: Mapped[str]


class ScrapEntryRow(Base):
    """What the weighing slip of a scrap lot said. ``live`` holds the slip number at its site."""

    __tablename__ = "scrap_entries"
    __table_args__ = (
        CheckConstraint("gross_g > tare_g + deduction_g", name="net"),
        CheckConstraint("units >= 1", name="units"),
        Index(
            "ux_scrap_entries_live_slip",
            "site_code",
            "slip_number",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
        Index(None, "vehicle", "weighed_at"),
        Index(None, "customer_code", "lot_id"),
        Index(None, "import_id"),
    )
    lot_id: Mapped[LotKey]
    live: Mapped[bool]
    slip_number: Mapped[Code]
    site_code: Mapped[SiteCode]
    customer_code: Mapped[CustomerCode]
    item: Mapped[str] = mapped_column(String(40), ForeignKey("items.code"))
    units: Mapped[int] = mapped_column(Integer())
    scrap_class: Mapped[str] = mapped_column(String(40), ForeignKey("scrap_classes.code"))
    gross_g: Mapped[Grams]
    tare_g: Mapped[Grams]
    deduction_g: Mapped[Grams]
    bay: Mapped[str | None] = mapped_column(String(40))
    vehicle: Mapped[str | None] = mapped_column(String(80))
    weighed_at: Mapped[datetime]
    potential_g: Mapped[Grams | None]
    import_id: Mapped[int | None] = mapped_column(Id, ForeignKey("imports.id"))


class MetalEntryRow(Base):
    """Bought metal; where the supplier gave a footprint of its own, with the document behind it."""

    __tablename__ = "metal_entries"
    lot_id: Mapped[LotKey]
    received_at: Mapped[datetime]
    kg_per_kg: Mapped[str | None]
    document: Mapped[str | None]
    issuer: Mapped[str | None]
    valid_until: Mapped[date | None]


# In the very words of the index on live slips: SQLite does not see that "live = 1" is what it holds.
_LIVE = text("scrap_entries.live")
_LIVE_SLIPS = Among(
    select(ScrapEntryRow.slip_number).where(_LIVE, ScrapEntryRow.site_code == bindparam("site")),
    ScrapEntryRow.slip_number,
)
_VEHICLES = Among(
    select(ScrapEntryRow.vehicle, ScrapEntryRow.weighed_at).where(
        ScrapEntryRow.live, ScrapEntryRow.weighed_at.between(bindparam("earliest"), bindparam("latest"))
    ),
    ScrapEntryRow.vehicle,
)


class Entries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def live_slips(self, site_code: str, slip_numbers: list[str]) -> set[str]:
        """Which of these slips of a site belong to a live lot."""
        return {row[0] for row in self._connection.execute_among(_LIVE_SLIPS, slip_numbers, site=site_code)}

    def lots_by_slip(self) -> dict[str, str]:
        """Lot number by slip number, of live lots."""
        query = select(ScrapEntryRow.slip_number, LotRow.number).join(LotRow, LotRow.id == ScrapEntryRow.lot_id)
        return {row[0]: row[1] for row in self._connection.execute(query.where(ScrapEntryRow.live))}

    def vehicle_seen(self, vehicles: list[str], earliest: datetime, latest: datetime) -> list[tuple[str, datetime]]:
        """(vehicle, when) of live entries of these vehicles at any site in a span of time."""
        seen = self._connection.execute_among(_VEHICLES, vehicles, earliest=earliest, latest=latest)
        return [(row[0], row[1]) for row in seen]

    def add_scrap(self, rows: list[dict[str, object]]) -> None:
        """Write scrap entries, column by column as the table has them."""
        self._connection.insert_all(ScrapEntryRow, rows)

    def add_metal(self, row: dict[str, object]) -> None:
        self._connection.insert_all(MetalEntryRow, [row])

    def free_slip(self, lot_id: int) -> None:
        """The slip of a reversed lot may be registered again."""
        self._connection.execute(update(ScrapEntryRow).where(ScrapEntryRow.lot_id == lot_id).values(live=False))

    def import_of(self, fingerprint: str) -> tuple[str, datetime, int] | None:
        """(file name, when, lots) of the first import of the same slips whose lots all still stand."""
        undone = select(ScrapEntryRow.import_id).where(~ScrapEntryRow.live, ScrapEntryRow.import_id == ImportRow.id)
        query = select(ImportRow.file_name, ImportRow.recorded_at, ImportRow.lots)
        query = query.where(ImportRow.fingerprint == fingerprint, ~undone.exists()).order_by(ImportRow.id)
        row = self._connection.execute(query).first()
        return (row[0], row[1], row[2]) if row else None

    def import_id_of(self, fingerprint: str) -> int | None:
        """The last import of these slips, or None."""
        query = select(ImportRow.id).where(ImportRow.fingerprint == fingerprint).order_by(ImportRow.id.desc()).limit(1)
        return self._connection.execute(query).scalar()

    def add_import(self, **values: object) -> int:
        """Record a file and return its id."""
        [id_] = self._connection.new_ids(ImportRow)
        self._connection.execute(insert(ImportRow).values(id=id_, **values))
        return id_
