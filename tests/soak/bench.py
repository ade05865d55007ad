"""What the state machine works on: the service's deeds beside the model's, and what the books say of a lot."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.ledger.refusals import Refused
from app.operations.footprint_sources import sources
from app.operations.issue_certificate import Issuer
from app.operations.press import Press
from app.operations.problems import Invalid, NotFound, SamePerson
from app.records.lot_tables import LotContentRow, LotRow, LotStateRow
from app.records.quotes import Hold, ReservationRow
from app.records.unit import Records
from certificates import seal
from tests.soak.model.books import Books, Flag, Lot
from tests.soak.model.certifying import Line


@dataclass(frozen=True)
class Answer:
    """What a deed gave, or the code of its refusal with the values of that."""

    gave: Any
    code: str | None = None
    values: dict[str, object] = field(default_factory=dict)


@dataclass
class Bench:
    """The service for one process, and what it counted."""

    records: Records
    press: Press
    issuer: Issuer
    name: str
    examples: int = 0
    steps: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    tell: Callable[[int], None] = lambda _: None

    def count(self, outcome: str) -> None:
        """One more step, and how it came out."""
        self.steps += 1
        self.outcomes[outcome] += 1
        self.tell(self.steps)


@dataclass(frozen=True)
class Standing:
    """A lot as either side has it."""

    kind: str
    item: str | None
    place: tuple[str, str]
    since: datetime
    mass_g: int
    co2_g: int
    units: int | None
    content: dict[str, int]
    promised: tuple[int, int] = (0, 0)


def asked(deed: Callable[[], Any]) -> Answer:
    """What a deed answers; anything but an answer goes through."""
    try:
        return Answer(deed())
    except Refused as refused:
        return Answer(None, refused.code.value, dict(refused.values))
    except Invalid:
        return Answer(None, "malformed")
    except NotFound:
        return Answer(None, "not_found")
    except SamePerson:
        return Answer(None, "same_person")


def flag_of(records: Records, books: Books, flag: Flag) -> int:
    """The id of a flag of the model: both have raised the flags of a lot in the same order."""
    raised = [each for each in books.flags if each.rule == flag.rule and flag.lots[0] in each.lots]
    with records.reading() as shelves:
        found = [each for each in shelves.flags.find(shelves.lots.ids([flag.lots[0]])) if each["rule"] == flag.rule]
    assert len(found) == len(raised)
    return int(found[raised.index(flag)]["id"])


def modelled(books: Books, lot: Lot) -> Standing:
    content = {books.origins[origin - 1].number: grams for origin, grams in lot.metal.grams.items()}
    metal = lot.metal
    here = (lot.kind, lot.item, lot.place, lot.since)
    return Standing(*here, metal.mass_g, metal.co2_g, lot.units, content, books.promised(lot.number))


def kept(records: Records, numbers: Iterable[str], today: date) -> dict[str, Standing]:
    """What the balance and content rows say of lots, and what is held of them today."""
    state = (LotStateRow.site_code, LotStateRow.customer_code, LotStateRow.since, LotStateRow.mass_g)
    lots = select(LotRow.id, LotRow.number, LotRow.kind, LotRow.item, *state, LotStateRow.embodied_g, LotStateRow.units)
    lots = lots.join(LotStateRow, LotStateRow.lot_id == LotRow.id).where(LotRow.number.in_(sorted(numbers)))
    with records.engine.connect() as connection:
        rows = list(connection.execute(lots))
        content = select(LotContentRow.lot_id, LotRow.number, LotContentRow.remaining_g)
        content = content.join(LotRow, LotRow.id == LotContentRow.origin_id).where(LotContentRow.remaining_g != 0)
        content = content.where(LotContentRow.lot_id.in_([row[0] for row in rows])).order_by(LotContentRow.origin_id)
        grams: dict[int, dict[str, int]] = {}
        for lot_id, origin, remaining_g in connection.execute(content):
            grams.setdefault(lot_id, {})[origin] = remaining_g
        held = select(ReservationRow.lot_id, func.sum(ReservationRow.mass_g), func.sum(ReservationRow.units))
        held = held.where(ReservationRow.state == Hold.HELD.value, ReservationRow.until >= today)
        held = held.where(ReservationRow.lot_id.in_([row[0] for row in rows])).group_by(ReservationRow.lot_id)
        promised = {id_: (int(mass_g or 0), int(units or 0)) for id_, mass_g, units in connection.execute(held)}
    return {
        number: Standing(kind, item, _place(*place), *metal, grams.get(id_, {}), promised.get(id_, (0, 0)))
        for id_, number, kind, item, *place, since, mass_g, embodied_g, units in rows
        for metal in [(since, mass_g, embodied_g, units)]
    }


def _place(site: str | None, customer: str | None) -> tuple[str, str]:
    return ("site", site) if site is not None else ("customer", customer or "")


def assert_sources_sum(records: Records, deliveries: Iterable[str]) -> None:
    """What is told of the sources of a lot's CO2e comes to what is embodied in it, to the gram."""
    with records.reading() as books:
        ids = books.lots.ids(list(deliveries))
        found = sources(books, ids)
    for id_ in ids:
        assert sum(found.parts[id_].values()) == found.lots[id_].embodied_g, found.lots[id_]


def stated(records: Records, certificate: str) -> list[Line]:
    """What a certificate says, delivery by delivery, as its stored payload has it."""
    with records.reading() as books:
        found = books.certificates.by_number(certificate)
    assert found is not None
    return [
        Line(
            line.mass_g,
            line.recycled.post_consumer_g,
            line.recycled.pre_consumer_g,
            line.recycled.closed_loop_g,
            line.avoided_co2.by_mass_g,
            line.avoided_co2.by_unit_g,
            line.avoided_co2.claimed_g,
        )
        for line in seal.read(found.payload).lines
    ]
