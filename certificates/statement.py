"""What a footprint statement (CFP算定書) says, as frozen values; it carries no claim of avoided CO2.

It is about a lot as it was made. For a quote it is provisional: metal held, not delivered, and nothing is certified.
"""

from dataclasses import dataclass
from datetime import date

from certificates.content import Factor, Footprint, Party, Recycled

FORMAT = "carbon-footprint-statement/1"


@dataclass(frozen=True, slots=True)
class Contribution:
    """A part of the CO2e embodied in the lot: of a kind of metal, of a step, or of in-house returns and heels."""

    what: str  # metal | step | round
    name_ja: str
    name_en: str
    number: str | None  # of a step
    site: Party | None
    measured: bool
    co2e_g: int


@dataclass(frozen=True, slots=True)
class Promised:
    """The quote a provisional statement is for, and how much of the lot is held for it until when."""

    quote: str
    mass_g: int | None
    units: int | None
    until: date


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything a statement carries. ``comparison`` is kg CO2e per kg of the same product made of ore alone."""

    format: str
    stated_on: date
    issuer: Party
    verifier: str | None
    recipient: Party | None
    promised: Promised | None
    lot: str
    kind: str
    product_ja: str
    product_en: str
    counter_ja: str | None
    alloy: str
    mass_g: int
    units: int | None
    made_on: date
    made_at: Party | None
    recycled: Recycled
    cfp: Footprint
    contributions: tuple[Contribution, ...]
    measured_g: int
    comparison: str
    period_from: date
    period_to: date
    method_version: int
    factors: tuple[Factor, ...]
