"""What a certificate says, as frozen values; every mass is grams and every emission grams of CO2e.

This is the one source: the canonical JSON is these values written out (``certificates.seal``), and the PDF and the
page behind the QR are drawn from nothing else.
"""

from dataclasses import dataclass
from datetime import date

FORMAT = "green-material-certificate/1"


@dataclass(frozen=True, slots=True)
class Party:
    """An issuer, a recipient or a site, by the names it had on the day of issue."""

    code: str | None
    name_ja: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Recycled:
    """The four columns of recycled content, grams; ``closed_loop_g`` is part of ``post_consumer_g``."""

    post_consumer_g: int
    closed_loop_g: int
    pre_consumer_g: int
    rest_g: int

    @property
    def other_post_consumer_g(self) -> int:
        return self.post_consumer_g - self.closed_loop_g

    @property
    def columns_g(self) -> tuple[int, int, int, int]:
        """Closed loop, other customers' post-consumer, pre-consumer, the rest: the order of bar, legend and flow."""
        return self.closed_loop_g, self.other_post_consumer_g, self.pre_consumer_g, self.rest_g

    @property
    def mass_g(self) -> int:
        return self.post_consumer_g + self.pre_consumer_g + self.rest_g


@dataclass(frozen=True, slots=True)
class Avoided:
    """The three figures, grams of CO2e; ``by_unit_g`` is None where nothing certified has a unit factor."""

    claimed_g: int
    by_unit_g: int | None
    by_mass_g: int
    method_version: int


@dataclass(frozen=True, slots=True)
class Footprint:
    """Cradle to gate, cut-off: six decimals half up, and the grams of CO2e it was divided from."""

    kg_co2e_per_kg: str
    embodied_g: int


@dataclass(frozen=True, slots=True)
class UnitFactor:
    """Published kg of CO2e per unit, as the division it is: 50,000 / 16 for a car; ``divisor`` is "1" otherwise."""

    kg_per_unit: str
    divisor: str


@dataclass(frozen=True, slots=True)
class Part:
    """Metal of one line from one origin. Another customer's scrap is only ever a sum, so its ``origin`` is None."""

    group: str  # a Group below
    origin: str | None
    mass_g: int


@dataclass(frozen=True, slots=True)
class Line:
    """One delivered lot. ``product_*`` is the item's name, or the kind's (ingot, billet) where it has no item."""

    delivery: str | None  # None in the public form where the recipient is not named
    lot: str | None
    delivery_note: str | None
    kind: str  # ingot | billet | product
    item: str | None
    product_ja: str
    product_en: str
    counter_ja: str | None
    alloy: str
    mass_g: int
    units: int | None
    unit_factor: UnitFactor | None
    made_on: date
    recycled: Recycled
    avoided_co2: Avoided
    cfp: Footprint
    content: tuple[Part, ...]


# Origin groups, in the order of the tables. The first three are the first three columns; all others are "the rest".
GROUPS = ("own", "other", "pre_consumer", "primary", "alloying", "internal", "ingot", "billet")


@dataclass(frozen=True, slots=True)
class Supplier:
    """A bought metal's own footprint, with the document it rests on."""

    kg_per_kg: str
    document: str
    issuer: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Origin:
    """A row of "where the metal came from": a lot by number, or a sum of lots (``lot`` None, ``lots`` how many)."""

    group: str
    name_ja: str
    name_en: str
    lot: str | None
    lots: int
    units: int | None
    counter_ja: str | None
    slip: str | None
    vehicle: str | None  # a truck's plate or a train set
    received_g: int  # net mass at entry
    in_product_g: int
    supplier: Supplier | None


@dataclass(frozen=True, slots=True)
class MadeLot:
    """A lot on the way to the product (billet, ingot …). ``number`` is None in the public form without a name."""

    number: str | None
    kind: str
    alloy: str
    mass_g: int


@dataclass(frozen=True, slots=True)
class Step:
    """A transformation the metal went through. ``yield_ratio`` has four decimals, all outputs over all inputs."""

    number: str
    kind: str  # sort | remelt | cast | extrude | fabricate
    name_ja: str
    site: Party
    ended_on: date
    input_g: int
    output_g: int  # all outputs, returns and heel included
    returns_g: int  # of them kind return
    loss_g: int
    yield_ratio: str
    made: tuple[MadeLot, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """All steps of one kind on the way, summed; the bars of the flow picture.

    input = loss + returns + made. ``entered`` is what came in here from outside the way (scrap, bought metal, returns,
    heels); ``made`` is every output but returns; ``passed`` the part of it that went on towards this certificate
    (further steps, or for the last stage the delivery itself). made - passed is stock, heel or other deliveries.
    """

    kind: str
    numbers: tuple[str, ...]
    entered: Recycled
    input_g: int
    loss_g: int
    returns_g: int
    made: Recycled
    made_units: int | None
    passed: Recycled


@dataclass(frozen=True, slots=True)
class Way:
    """The way the metal went: what entered at the stages, in order, and what was delivered. Whole steps, not shares."""

    stages: tuple[Stage, ...]  # empty where bought metal is delivered as it came
    delivered: Recycled
    delivered_units: int | None


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor used, as it stood: value as published, unit, version, first day, source."""

    key: str
    value: str
    unit: str
    version: int
    valid_from: date
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """Everything a certificate carries (domain.md, "What a certificate carries")."""

    format: str
    number: str
    check: str  # eight Crockford characters, without the hyphen printed in their middle
    verify_url: str
    issued_on: date
    valid_until: date  # inclusive
    issuer: Party
    verifier: str | None
    recipient: Party | None  # None in the public form of a recipient who is not to be named
    sites: tuple[Party, ...]  # where the certified lots were made
    delivery_notes: tuple[str, ...]
    quote: str | None
    replaces: str | None
    mass_g: int
    recycled: Recycled
    avoided_co2: Avoided
    cfp: Footprint
    lines: tuple[Line, ...]
    origins: tuple[Origin, ...]
    steps: tuple[Step, ...]
    way: Way
    factors: tuple[Factor, ...]
