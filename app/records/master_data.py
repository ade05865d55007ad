"""Master data: customers, sites, items, alloys, step rules, flag rules and versioned factors."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import CheckConstraint, Executable, Integer, String, UniqueConstraint, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.carbon.factors import Factor
from app.records.base import Base, Code, CodeKey, Grams, Key
from app.records.connection import Connection
from app.records.memory import Memory, SheetRow, Sheets


class Customer(Base):
    __tablename__ = "customers"
    code: Mapped[CodeKey]
    name_ja: Mapped[str]
    name_en: Mapped[str]
    name_public: Mapped[bool]


class Site(Base):
    __tablename__ = "sites"
    code: Mapped[CodeKey]
    name_ja: Mapped[str]
    name_en: Mapped[str]
    does: Mapped[str]


class Alloy(Base):
    __tablename__ = "alloys"
    code: Mapped[CodeKey]
    alias: Mapped[str | None]
    series: Mapped[str | None]
    form: Mapped[str | None]
    note: Mapped[str | None]


class ScrapClass(Base):
    __tablename__ = "scrap_classes"
    code: Mapped[CodeKey]
    name_ja: Mapped[str]
    name_en: Mapped[str]
    counts: Mapped[str]


class Item(Base):
    __tablename__ = "items"
    code: Mapped[CodeKey]
    name_ja: Mapped[str]
    name_en: Mapped[str]
    counter_ja: Mapped[str | None]
    unit_factor: Mapped[str | None]
    unit_divisor: Mapped[str | None]
    plausible_min_g: Mapped[Grams | None]
    plausible_max_g: Mapped[Grams | None]
    scrap_classes: Mapped[str]  # codes, space between
    note: Mapped[str | None]


class StepRuleRow(Base):
    __tablename__ = "step_rules"
    step: Mapped[CodeKey]
    name_ja: Mapped[str]
    inputs: Mapped[str]  # kinds, space between
    outputs: Mapped[str]
    yield_min: Mapped[str]
    yield_max: Mapped[str]
    note: Mapped[str | None]


class FlagRuleRow(Base):
    """Thresholds of what is possible but unlikely; the bands of items and steps stand with these."""

    __tablename__ = "flag_rules"
    key: Mapped[CodeKey]
    threshold: Mapped[str]
    unit: Mapped[str]
    note: Mapped[str | None]


class FactorRow(Base):
    __tablename__ = "factors"
    __table_args__ = (
        UniqueConstraint("key", "version"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        CheckConstraint("version >= 1", name="version"),
    )
    id: Mapped[Key]
    key: Mapped[Code]
    value: Mapped[str]  # as published; a decimal text, because SQLite has no exact decimals
    unit: Mapped[str]
    version: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str]
    note: Mapped[str]


class RoadmapRow(Base):
    """A line of the company's roadmap, as published; its rounded intensities do not recompute."""

    __tablename__ = "roadmap"
    id: Mapped[Key]
    sheet: Mapped[str] = mapped_column(String(20))
    line: Mapped[int]
    content: Mapped[str]  # the row as JSON


# The first column of each is its key.
KEYED: dict[str, type[Base]] = {
    "customers": Customer,
    "sites": Site,
    "alloys": Alloy,
    "scrap_classes": ScrapClass,
    "items": Item,
    "step_rules": StepRuleRow,
    "flag_rules": FlagRuleRow,
}


class MasterDataStateRow(Base):
    """One row whose mark the database itself draws anew whenever a sheet or a factor is written (migration 0005)."""

    __tablename__ = "master_data_state"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)
    id: Mapped[int] = mapped_column(Integer(), primary_key=True, autoincrement=False)
    mark: Mapped[str] = mapped_column(String(40))


_MARK = select(MasterDataStateRow.mark)
_SHEETS = {name: select(row.__table__) for name, row in KEYED.items()}
_FACTORS = select(*(getattr(FactorRow, name) for name in Factor.__slots__)).order_by(FactorRow.key, FactorRow.version)


class RowTaken(Exception):
    """The database itself refuses a row: another one of its code has just been written."""


class FactorTaken(Exception):
    """The database itself refuses a version of a factor: another one has just been written."""


class MasterData:
    """Reads and keeps master data."""

    def __init__(self, connection: Connection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory
        self._here: Sheets | None = None

    def sheet(self, name: str) -> Mapping[str, SheetRow]:
        """All rows of one sheet by code, by its name (a file's name without its ending)."""
        return self._sheets().rows[name]

    def factors(self) -> Sequence[Factor]:
        """Every version of every factor."""
        return self._sheets().factors

    def _sheets(self) -> Sheets:
        if self._here is None:
            self._here = self._memory.sheets_at(self._mark(), self._read)
        return self._here

    def _mark(self) -> str | None:
        mark: str | None = self._connection.execute(_MARK).scalar()
        return mark

    def _read(self) -> tuple[Sheets, str | None]:
        """The sheets, and the mark as it stands after reading them: under PostgreSQL it may be another by then."""
        rows = {
            name: {row[0]: MappingProxyType(dict(row._mapping)) for row in self._connection.execute(query)}
            for name, query in _SHEETS.items()
        }
        factors = tuple(Factor(*row) for row in self._connection.execute(_FACTORS))
        return Sheets(rows, factors), self._mark()

    def row(self, sheet: str, code: str) -> dict[str, Any] | None:
        """One row by its code, or None."""
        table = KEYED[sheet].__table__
        key = table.columns[0]
        found = self._connection.execute(select(table).where(key == code)).mappings().first()
        return dict(found) if found else None

    def hold(self, sheet: str, code: str) -> dict[str, Any] | None:
        """Lock a row for this unit of work; it as it stands then, or None."""
        table = KEYED[sheet].__table__
        self._connection.execute(select(table).where(table.columns[0] == code).with_for_update()).first()
        return self.row(sheet, code)

    def put(self, sheet: str, row: dict[str, Any]) -> bool:
        """Add a row or bring it up to date; True where that changed anything. Raises RowTaken."""
        table = KEYED[sheet].__table__
        key = table.columns[0]
        kept = self.row(sheet, row[key.name])
        if kept == row:
            return False
        if kept is None:
            self.add(sheet, row)
        else:
            self._connection.execute(update(KEYED[sheet]).where(key == row[key.name]).values(**row))
        self._here = None
        return True

    def add(self, sheet: str, row: dict[str, Any]) -> None:
        """Add a row, and never bring up to date one that came meanwhile. Raises RowTaken."""
        try:
            self._connection.execute(insert(KEYED[sheet]).values(**row))
        except IntegrityError as error:
            raise RowTaken(str(error.orig)) from error

    def add_factor(self, factor: Factor) -> None:
        """Add a version of a factor; a version once there is never changed. Raises FactorTaken."""
        values = {name: getattr(factor, name) for name in Factor.__slots__}
        self._write_factor(insert(FactorRow).values(**values))

    def end_factor(self, factor: Factor) -> None:
        """Give a version its last day, the one thing of it that may change. Raises FactorTaken."""
        version = update(FactorRow).where(FactorRow.key == factor.key, FactorRow.version == factor.version)
        self._write_factor(version.values(valid_to=factor.valid_to))

    def _write_factor(self, statement: Executable) -> None:
        try:
            self._connection.execute(statement)
        except IntegrityError as error:
            raise FactorTaken(str(error.orig)) from error
        self._here = None

    def roadmap_lines(self, sheet: str) -> list[str]:
        """The roadmap as published: its rows as JSON, in order."""
        rows = select(RoadmapRow.content).where(RoadmapRow.sheet == sheet).order_by(RoadmapRow.line)
        return list(self._connection.execute(rows).scalars())

    def add_roadmap_line(self, sheet: str, line: int, content: str) -> None:
        self._connection.execute(insert(RoadmapRow).values(sheet=sheet, line=line, content=content))
