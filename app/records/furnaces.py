"""Furnaces: known from the first heat that named them, and held before any lot is."""

from sqlalchemy import ForeignKey, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.ledger.lots import Kind
from app.records.base import Base, CodeKey
from app.records.connection import Connection
from app.records.lot_tables import LotRow, LotStateRow


class FurnaceRow(Base):
    """A furnace of a site."""

    __tablename__ = "furnaces"
    site_code: Mapped[str] = mapped_column(String(40), ForeignKey("sites.code"), primary_key=True)
    name: Mapped[CodeKey]


_HOLD = text(
    "INSERT INTO furnaces (site_code, name) VALUES (:site, :name)"
    " ON CONFLICT (site_code, name) DO UPDATE SET name = excluded.name"
)


class Furnaces:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, site: str, name: str | None) -> None:
        """Lock a furnace, before any lot: two heats of one furnace at once would both miss the other's heel.

        A site with one furnace need not name it: heats that name none are heats of that one.
        """
        self._connection.execute_with(_HOLD, site=site, name=name or "")

    def heels(self, site: str, furnace: str | None) -> list[str]:
        """Numbers of the live heels of a furnace that is held."""
        numbers = select(LotRow.number).join(LotStateRow, LotStateRow.lot_id == LotRow.id).order_by(LotRow.id)
        numbers = numbers.where(LotRow.kind == Kind.HEEL.value, LotRow.furnace == furnace)
        numbers = numbers.where(LotStateRow.site_code == site, LotStateRow.mass_g > 0)
        return list(self._connection.execute(numbers).scalars())

    def names(self, site: str | None) -> list[str]:
        """Furnaces that heats of a site, or of any, have named."""
        query = select(FurnaceRow.name).where(FurnaceRow.name != "").distinct().order_by(FurnaceRow.name)
        return list(self._connection.execute(query.where(FurnaceRow.site_code == site) if site else query).scalars())
