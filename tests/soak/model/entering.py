"""Metal that enters the model: scrap with its slip, bought metal with its supplier's figure."""

from fractions import Fraction
from math import floor

from app.operations.register_metal import RegisterMetal
from app.operations.register_scrap import RegisterScrap
from tests.soak.model.books import Books, Flag, Lot, Origin, Reasons
from tests.soak.model.metal import Metal
from tests.soak.model.method import BANDS_G, CLASSES, LOWEST_FOOTPRINT, PRIMARY


def weigh_in(books: Books, slip: RegisterScrap) -> Reasons:
    reasons: Reasons = set()
    number = slip.number or ""
    if number in books.lots:
        reasons.add("duplicate_number")
    if (slip.site, slip.slip_number) in books.slips:
        reasons.add("duplicate_slip")
    if slip.scrap_class not in CLASSES[slip.item]:
        reasons.add("kind_not_allowed")
    if reasons:
        return reasons
    mass_g = slip.gross_g - slip.tare_g - slip.deduction_g
    co2_g = floor(mass_g * PRIMARY) if slip.scrap_class == "internal" else 0
    deed = books.new_deed("lot", number, slip.weighed_at)
    origin = Origin(number, slip.scrap_class, slip.customer)
    books.origins.append(origin)
    metal = Metal({len(books.origins): mass_g}, co2_g)
    books.put(deed, Lot(number, "scrap", ("site", slip.site), slip.weighed_at, metal))
    books.slips[slip.site, slip.slip_number] = number
    least, most = BANDS_G.get(slip.item, (0, mass_g))
    if not least * slip.units <= mass_g <= most * slip.units:
        books.flags.append(Flag(deed, "weight-outside-band", (number,)))
    return set()


def buy(books: Books, metal: RegisterMetal) -> Reasons:
    number = metal.number or ""
    if number in books.lots:
        return {"duplicate_number"}
    footprint = Fraction(metal.footprint.kg_per_kg) if metal.footprint else PRIMARY
    deed = books.new_deed("lot", number, metal.received_at)
    books.origins.append(Origin(number, None, None))
    content = Metal({len(books.origins): metal.mass_g}, floor(metal.mass_g * footprint))
    books.put(deed, Lot(number, metal.kind.value, ("site", metal.site), metal.received_at, content))
    if footprint < LOWEST_FOOTPRINT:
        books.flags.append(Flag(deed, "bought-metal-below", (number,)))
    return set()
