"""What a quote comes to: what its certificates claim today, and what the metal held for it would, once certified."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.carbon.avoided import UnitFactor, avoided
from app.carbon.factors import in_force, japan_day
from app.records.quotes import Hold, Quote, Reservation
from app.records.unit import Records, Shelves
from certificates import seal
from certificates.content import Certificate

POST_CONSUMER = "post_consumer"


@dataclass(frozen=True, slots=True)
class Figures:
    """Grams. ``claimed_g`` stands on certificates that go with the quote and are in force; ``expected_g`` is no claim.

    ``mass_g`` and ``embodied_g`` are of both together, for the footprint.
    """

    claimed_g: int
    expected_g: int
    mass_g: int
    embodied_g: int


def figures_of(records: Records, quote: Quote, today: date) -> Figures:
    """The figures of a quote today."""
    with records.reading() as books:
        said = _certified(books, quote, today)
        held = [each for each in quote.reservations if each.state == Hold.HELD and each.until >= today]
        expected = [_expected(books, quote, each) for each in held]
    return Figures(
        sum(each.avoided_co2.claimed_g for each in said),
        sum(claimed_g for claimed_g, _, _ in expected),
        sum(each.mass_g for each in said) + sum(mass_g for _, mass_g, _ in expected),
        sum(each.cfp.embodied_g for each in said) + sum(embodied_g for _, _, embodied_g in expected),
    )


def _certified(books: Shelves, quote: Quote, today: date) -> list[Certificate]:
    attached = books.quote_papers.attached(quote.id)
    live = [each.id for each in attached if each.status == "issued" and each.valid_until >= today]
    payloads = [payload for _, payload in books.quote_papers.documents(live).values()]
    return [content for content in map(_read, payloads) if content]


def _read(payload: bytes) -> Certificate | None:
    """What a payload says; an altered one says nothing, and the page behind its code tells so."""
    try:
        return seal.read(payload)
    except seal.UnreadableCertificate:
        return None


def _expected(books: Shelves, quote: Quote, reservation: Reservation) -> tuple[int, int, int]:
    """(claim, mass, CO2e) of metal held: its share of what is left of the lot now, floored."""
    lot = books.stock.one(reservation.lot)
    assert lot is not None
    mass_g = _mass(lot, reservation)
    if not mass_g:
        return 0, 0, 0
    content = books.lineage.origins([lot.id]).get(lot.id, [])
    recycled_g = sum(each.remaining_g for each in content if each.scrap_class == POST_CONSUMER)
    recycled_g = recycled_g * mass_g // lot.remaining_g
    claim = avoided(recycled_g, reservation.units, _unit_factor(books, lot.item), _factors(books, lot.made_at))
    return claim.claimed_g, mass_g, lot.remaining_embodied_g * mass_g // lot.remaining_g


def _mass(lot: Any, reservation: Reservation) -> int:
    if reservation.units is None:
        return reservation.mass_g or 0
    return int(lot.remaining_g * reservation.units // lot.remaining_units) if lot.remaining_units else 0


def _unit_factor(books: Shelves, item: str | None) -> UnitFactor | None:
    row = books.master_data.sheet("items").get(item or "")
    return UnitFactor(row["unit_factor"], row["unit_divisor"] or None) if row and row["unit_factor"] else None


def _factors(books: Shelves, moment: datetime) -> Any:
    return in_force(books.master_data.factors(), japan_day(moment))
