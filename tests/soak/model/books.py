"""The model's books: dictionaries of lots, deeds, certificates and flags, and what any deed does to them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from app.ledger.lots import Amount
from tests.soak.model.metal import NOTHING, Metal, pour

Place = tuple[str, str]
Reasons = set[str]


@dataclass(eq=False)
class Deed:
    """A deed, in the order of the books: what it moved by lot, what it made, and what it took elsewhere whole."""

    noun: str
    number: str
    order: int
    at: datetime
    person: str
    moved: dict[str, tuple[Metal, int]] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    took_at: str | None = None
    whole: str | None = None
    whole_from: Place = ("", "")
    heat_of: tuple[str, str | None] | None = None
    took_heel: bool = False
    asked: tuple[str, Amount] | None = None
    undone: bool = False

    def move(self, lot: str, metal: Metal, units: int = 0) -> None:
        """Metal into a lot (or, turned, out of it); a lot moved twice is one sum."""
        before, counted = self.moved.get(lot, (NOTHING, 0))
        self.moved[lot] = before.plus(metal), counted + units

    def touches(self, lot: str) -> bool:
        """Whether it used, moved or wants to write off a lot."""
        return lot in self.moved or lot == self.whole or (self.asked is not None and self.asked[0] == lot)


@dataclass(frozen=True)
class Lot:
    """A lot as it stands. Never changed: another takes its place."""

    number: str
    kind: str
    place: Place
    since: datetime
    metal: Metal
    units: int | None = None
    item: str | None = None
    furnace: str | None = None
    history: tuple[Deed, ...] = ()


@dataclass
class Origin:
    """What entered from outside."""

    number: str
    scrap_class: str | None
    customer: str | None


@dataclass
class Flag:
    deed: Deed
    rule: str
    lots: tuple[str, ...]
    accepted: bool = False


@dataclass
class Certificate:
    number: str
    customer: str
    deliveries: tuple[str, ...]
    status: str = "issued"


@dataclass(eq=False)
class Promise:
    """Metal of a lot held for a quote until a day; ``order`` counts the promises there were before it."""

    order: int
    lot: str
    amount: Amount
    until: date
    settled: bool = False


@dataclass
class Quote:
    """A quote of one line."""

    number: str
    customer: str
    kind: str
    item: str | None
    state: str = "open"
    promises: list[Promise] = field(default_factory=list)


@dataclass
class Taken:
    """What taking from a lot gives, or why it cannot be."""

    reasons: Reasons
    metal: Metal = NOTHING
    units: int | None = None
    left: Lot | None = None


class Books:
    """Everything there is, and what all deeds have in common."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.lots: dict[str, Lot] = {}
        self.deeds: dict[tuple[str, str], Deed] = {}
        self.origins: list[Origin] = []
        self.flags: list[Flag] = []
        self.certificates: dict[str, Certificate] = {}
        self.slips: dict[tuple[str, str], str] = {}
        self.quotes: dict[str, Quote] = {}

    def new_deed(self, noun: str, number: str, at: datetime, person: str = "model") -> Deed:
        deed = Deed(noun, number, len(self.deeds), at, person)
        self.deeds[noun, number] = deed
        return deed

    def flagged(self, lot: str) -> bool:
        """Whether a flag on it is open: neither accepted nor undone together with its deed."""
        return any(lot in flag.lots and not flag.accepted and not flag.deed.undone for flag in self.flags)

    def holder(self, delivery: str) -> Certificate | None:
        """The live certificate that states a delivery."""
        live = (each for each in self.certificates.values() if each.status == "issued")
        return next((each for each in live if delivery in each.deliveries), None)

    def counting(self, quote: Quote) -> list[Promise]:
        """What is held for a quote today: neither settled nor past its day."""
        return [each for each in quote.promises if not each.settled and each.until >= self.today]

    def held_on(self, lot: str) -> list[tuple[str, Promise]]:
        """(quote, what it was promised of a lot) for all that counts today, the first promised first."""
        quotes = self.quotes.values()
        found = [(quote.number, each) for quote in quotes for each in self.counting(quote) if each.lot == lot]
        return sorted(found, key=lambda each: each[1].order)

    def promises_made(self) -> int:
        return sum(len(quote.promises) for quote in self.quotes.values())

    def promised(self, lot: str) -> tuple[int, int]:
        """(grams, units) of a lot that nobody else may take."""
        amounts = [each.amount for _, each in self.held_on(lot)]
        return sum(each.mass_g or 0 for each in amounts), sum(each.units or 0 for each in amounts)

    def broken(self, taken: Taken) -> Reasons:
        """Why this cannot be taken where it leaves less of a lot than was promised of it."""
        if taken.left is None:
            return set()
        mass_g, units = self.promised(taken.left.number)
        too_little = taken.left.metal.mass_g < mass_g or (taken.left.units or 0) < units
        return {"not_enough_metal"} if too_little else set()

    def put(self, deed: Deed, lot: Lot) -> None:
        """A lot that a deed made."""
        self.lots[lot.number] = replace(lot, history=(deed,))
        deed.made.append(lot.number)
        deed.move(lot.number, lot.metal, lot.units or 0)

    def leave(self, deed: Deed, taken: Taken) -> None:
        """What is left of a lot that a deed took from."""
        assert taken.left is not None
        self.lots[taken.left.number] = taken.left
        deed.move(taken.left.number, taken.metal.turned(), -(taken.units or 0))


def take(lot: Lot, amount: Amount) -> Taken:
    """Grams of a lot without units, whole units of a lot with them; units so light that they are no gram are none."""
    if lot.units is None:
        if amount.units is not None:
            return Taken({"no_units"})
        grams, units = amount.mass_g or 0, None
        if grams > lot.metal.mass_g:
            return Taken({"not_enough_metal"})
    else:
        if amount.units is None:
            return Taken({"units_required"})
        units = amount.units
        if units > lot.units:
            return Taken({"not_enough_metal"})
        grams = lot.metal.mass_g * units // lot.units
        if not grams:
            return Taken({"not_enough_metal"})
    poured = pour(lot.metal, grams) if grams else NOTHING
    left = replace(lot, metal=lot.metal.minus(poured), units=None if units is None else (lot.units or 0) - units)
    return Taken(set(), poured, units, left)
