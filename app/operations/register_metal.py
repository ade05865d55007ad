"""Enter bought metal: primary, alloying metal, ingot or billet, with the supplier's own footprint if there is one."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from app.carbon.factors import japan_day
from app.carbon.footprint import embodied_at_entry, entry_footprint
from app.ledger.grams import kilograms_text
from app.ledger.lots import Kind, Place
from app.ledger.metal import Metal
from app.operations.again import tried_again
from app.operations.numbering import lot_numbers
from app.operations.references import References
from app.operations.unlikely import bought_metal_flags
from app.records.deeds import DeedKind, Doer
from app.records.entered import LotAnswer, as_entered
from app.records.lots import NewLot
from app.records.movements import Moved
from app.records.unit import Books, Records


@dataclass(frozen=True, slots=True)
class SupplierFootprint:
    """A supplier's figure, kg CO2e per kg with three decimals at most, and the document it rests on."""

    kg_per_kg: str
    document: str
    issuer: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class RegisterMetal:
    """Bought metal; mass in grams."""

    number: str | None
    kind: Kind
    mass_g: int
    alloy: str
    site: str
    received_at: datetime
    footprint: SupplierFootprint | None


@tried_again
def register_metal(records: Records, doer: Doer, metal: RegisterMetal) -> LotAnswer:
    """Register one lot of bought metal and return it as it stands. Raises Invalid, Refused."""
    with records.writing(doer) as books:
        answer = _register(books, metal)
        books.commit()
    return answer


def _register(books: Books, entered: RegisterMetal) -> LotAnswer:
    references = References(books)
    alloy = _check(references, entered, books.doer.now)
    [number] = lot_numbers(books, [(entered.number, entered.kind, entered.received_at)])
    [lot_id], [deed_id] = books.new_lots_and_deeds(DeedKind.ENTRY, [entered.received_at])
    metal = Metal.of({lot_id: entered.mass_g}, _embodied_g(references, entered))
    at, entry = entered.received_at, _entry(entered, lot_id)
    lot = NewLot(number, entered.kind, alloy, metal, Place(site=entered.site), at, at, deed_id)
    books.lots.add([(lot_id, lot)])
    books.movements.add(deed_id, [Moved(lot_id, metal, +1)])
    books.entries.add_metal(entry)
    flags = bought_metal_flags(references, entered.footprint.kg_per_kg if entered.footprint else None)
    books.flags.add_all(
        [{"deed_id": deed_id, "lot_id": lot_id, "rule": r, "detail": d, "raised_at": books.doer.now} for r, d in flags]
    )
    books.audit.add("register", "lot", number, {"kind": entered.kind, "kg": kilograms_text(entered.mass_g)})
    return as_entered(lot_id, lot, entry, books.doer, None, books.flags.find([lot_id]) if flags else [])


def _check(references: References, entered: RegisterMetal, now: datetime) -> str:
    references.require("sites", entered.site, ("site",))
    references.not_in_future(entered.received_at, now, ("received_at",))
    if entered.footprint and entered.footprint.valid_until < japan_day(entered.received_at):
        references.problems.add(("footprint", "valid_until"), "out_of_date", value=entered.footprint.valid_until)
    alloy = references.alloy(entered.alloy, ("alloy",))
    references.problems.raise_any()
    return alloy


def _embodied_g(references: References, entered: RegisterMetal) -> int:
    if entered.footprint:
        return embodied_at_entry(entered.mass_g, Fraction(entered.footprint.kg_per_kg))
    factors = references.factors_at(entered.received_at)
    return embodied_at_entry(entered.mass_g, entry_footprint(entered.kind, None, factors))


def _entry(entered: RegisterMetal, lot_id: int) -> dict[str, object]:
    own = entered.footprint
    return {
        "lot_id": lot_id,
        "received_at": entered.received_at,
        "kg_per_kg": own.kg_per_kg if own else None,
        "document": own.document if own else None,
        "issuer": own.issuer if own else None,
        "valid_until": own.valid_until if own else None,
    }
