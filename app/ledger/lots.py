"""Lots: metal with a number, a kind and a place; and how some of one is taken."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.ledger.grams import GRAMS_PER_KG
from app.ledger.metal import Metal
from app.ledger.refusals import Code, Refused

LEAST_DELIVERY_G = 1 * GRAMS_PER_KG


class Kind(StrEnum):
    SCRAP = "scrap"
    PRIMARY = "primary"
    ALLOYING = "alloying"
    INGOT = "ingot"
    BILLET = "billet"
    PRODUCT = "product"
    RETURN = "return"
    HEEL = "heel"


BOUGHT = (Kind.PRIMARY, Kind.ALLOYING, Kind.INGOT, Kind.BILLET)
CERTIFIABLE = (Kind.INGOT, Kind.BILLET, Kind.PRODUCT)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lot is: at a site, or with the customer it was delivered to. Exactly one of the two."""

    site: str | None = None
    customer: str | None = None

    @property
    def code(self) -> str:
        return self.site or self.customer or ""


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot as it stands: ``metal`` and ``units`` are what remains; ``since`` is when it came to its place."""

    number: str
    kind: Kind
    place: Place
    since: datetime
    metal: Metal
    units: int | None = None
    furnace: str | None = None  # of a heel: the furnace it stays in


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is asked for: grams, or whole units of a lot that has units. Exactly one of the two."""

    mass_g: int | None = None
    units: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking gave: the metal poured out, its units, and the lot with what is left."""

    metal: Metal
    units: int | None
    left: Lot


def take(lot: Lot, amount: Amount) -> Taken:
    """Pour an amount out of a lot.

    Units: floor of remaining grams x units / remaining units, and all that is left with the last (domain.md).
    Raises Refused: units_required, no_units, not_enough_metal.
    """
    if lot.units is None:
        if amount.units is not None:
            raise Refused(Code.NO_UNITS, lot=lot.number)
        return _take_grams(lot, amount.mass_g or 0)
    if amount.units is None:
        raise Refused(Code.UNITS_REQUIRED, lot=lot.number)
    return _take_units(lot, lot.units, amount.units)


def _take_grams(lot: Lot, mass_g: int) -> Taken:
    if mass_g > lot.metal.mass_g:
        raise Refused(Code.NOT_ENOUGH_METAL, lot=lot.number, asked_g=mass_g, remaining_g=lot.metal.mass_g)
    poured, left = lot.metal.pour(mass_g)
    return Taken(poured, None, replace(lot, metal=left))


def _take_units(lot: Lot, remaining: int, units: int) -> Taken:
    if units > remaining:
        raise Refused(Code.NOT_ENOUGH_METAL, "units", lot=lot.number, asked=units, remaining=remaining)
    whole_g = lot.metal.mass_g
    poured, left = lot.metal.pour(whole_g if units == remaining else whole_g * units // remaining)
    if not poured.mass_g:
        raise Refused(Code.NOT_ENOUGH_METAL, "weightless", lot=lot.number, asked=units, remaining_g=whole_g)
    return Taken(poured, units, replace(lot, metal=left, units=remaining - units))


def require_here(lot: Lot) -> None:
    """Refuse metal that is not ours any more: it is with a customer (wrong_place)."""
    if lot.place.customer is not None:
        raise Refused(Code.WRONG_PLACE, "delivered", lot=lot.number, customer=lot.place.customer)


def require_at_site(lot: Lot, site: str) -> None:
    """Refuse metal that is elsewhere: at another site, or already with a customer (wrong_place)."""
    require_here(lot)
    if lot.place.site != site:
        raise Refused(Code.WRONG_PLACE, lot=lot.number, place=lot.place.code, site=site)


def require_existed(lot: Lot, at: datetime) -> None:
    """Refuse a deed that happened before the lot was there (before_it_existed)."""
    if at < lot.since:
        raise Refused(Code.BEFORE_IT_EXISTED, lot=lot.number, since=lot.since, at=at)


def require_movable(lot: Lot) -> None:
    """A heel is liquid in its furnace: only that furnace's next heat takes it (kind_not_allowed)."""
    if lot.kind is Kind.HEEL:
        raise Refused(Code.KIND_NOT_ALLOWED, "heel_stays", lot=lot.number, furnace=lot.furnace)
