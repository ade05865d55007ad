"""Few-argument builders of deeds for the proofs: all of them happened at one moment, long ago."""

from datetime import UTC, datetime

from app.carbon.factors import JAPAN
from app.ledger.grams import GRAMS_PER_KG
from app.ledger.lots import Amount, Kind
from app.operations.dispatch import Dispatch, DispatchLine
from app.operations.register_metal import RegisterMetal, SupplierFootprint
from app.operations.register_scrap import RegisterScrap
from app.operations.transfer import Transfer
from app.records.deeds import Doer

AT = datetime(2025, 10, 1, 9, tzinfo=JAPAN)
CUSTOMER = "TRUCK-M"
ALLOY = "A6N01"


def doer(person: str) -> Doer:
    return Doer(person, datetime.now(UTC))


def slip(number: str, kg: int, units: int = 1, site: str = "MC") -> RegisterScrap:
    """A slip of truck bodies, its number that of the lot."""
    return RegisterScrap(
        number=number,
        slip_number=f"W-{number}",
        customer=CUSTOMER,
        item="truck-body",
        units=units,
        scrap_class="post_consumer",
        gross_g=kg * GRAMS_PER_KG,
        tare_g=0,
        deduction_g=0,
        alloy="mixed",
        site=site,
        bay=None,
        vehicle=None,
        weighed_at=AT,
    )


def bought(number: str, kind: Kind, kg: int, site: str, own: SupplierFootprint | None = None) -> RegisterMetal:
    """Bought metal, with the usual footprint unless the supplier states its own."""
    return RegisterMetal(number, kind, kg * GRAMS_PER_KG, ALLOY, site, AT, own)


def sent(number: str, site: str, *lines: tuple[str, int], customer: str = CUSTOMER) -> Dispatch:
    """Metal to a customer, (lot, grams) a line."""
    return Dispatch(number, customer, site, AT, tuple(DispatchLine(lot, Amount(mass_g=g)) for lot, g in lines))


def moved(number: str, lot: str, to: str, mass_g: int, becomes: str | None = None) -> Transfer:
    """Metal to another site, all of it arriving at once."""
    return Transfer(number, lot, to, Amount(mass_g=mass_g), AT, AT, None, becomes)
