"""One lot with its way in both directions on one screen: what it was made from, what took metal of it, what is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.records.audit import AuditEntry
from app.records.deeds import DeedKind
from app.records.entered import LotAnswer
from app.records.history import Touch
from app.records.lineage import EdgeRead
from app.records.onward import onward
from app.records.photos import PhotoRead
from app.records.unit import Records, Shelves

POST_CONSUMER, PRE_CONSUMER = "post_consumer", "pre_consumer"
COLUMNS = 4
Groups = Mapping[int, tuple[str, str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Strata:
    """Grams in four columns: one customer's post-consumer scrap, other customers', pre-consumer, the rest."""

    grams: tuple[int, int, int, int]

    @property
    def mass_g(self) -> int:
        return sum(self.grams)

    @property
    def post_consumer_g(self) -> int:
        return self.grams[0] + self.grams[1]


@dataclass(frozen=True, slots=True)
class Input:
    """A lot that went into the step that made this one, with what of it did."""

    number: str
    kind: str
    strata: Strata


@dataclass(frozen=True, slots=True)
class Taker:
    """A deed that took metal of this lot, and (number, kind, grams) of what it made."""

    kind: str
    number: str
    touch: Touch
    strata: Strata
    made: Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class LotPage:
    """Everything one screen says of a lot. ``customer`` is whose scrap the first column is."""

    answer: LotAnswer
    customer: str | None
    made: Strata
    remaining: Strata
    maker: Touch
    inputs: Sequence[Input]
    step_loss_g: int
    takers: Sequence[Taker]
    touches: Sequence[Touch]
    upstream: Sequence[EdgeRead]
    downstream: Sequence[EdgeRead]
    certificates: Sequence[tuple[str, str, str]]
    blocking: Sequence[tuple[str, str]]
    photos: Sequence[PhotoRead]
    audit: Sequence[AuditEntry]
    names: Mapping[str, str] = field(default_factory=dict)


def lot_page(records: Records, number: str) -> LotPage | None:
    """A lot as its page shows it, or None. A fixed number of queries, however long its way."""
    with records.reading() as books:
        view = books.stock.one(number)
        if view is None:
            return None
        origins = books.lineage.origins([view.id]).get(view.id, [])
        answer = LotAnswer(view, books.flags.find([view.id]), origins)
        touches = books.history.touches(view.id)
        audit = books.audit_log.about([("lot", number)])
        people = {touch.person for touch in touches} | {row.person for row in audit}
        people |= {flag["accepted_by"] for flag in answer.flags if flag["accepted_at"]}
        making = books.lineage.movements([view.deed_id])
        moved = books.history.movements(view.id)
        groups = books.lineage.origin_groups(sorted({m[2] for m in making} | {m[1] for m in moved}))
        customer = _main_customer([(origin.id, origin.made_g) for origin in origins], groups)
        maker = next(touch for touch in touches if touch.deed_id == view.deed_id)
        went = onward(books.connection, number)
        takers = _takers(books, view.id, maker, touches, moved, groups, customer)
        return LotPage(
            answer=answer,
            customer=customer,
            made=_strata([(origin.id, origin.made_g) for origin in origins], groups, customer),
            remaining=_strata([(origin.id, origin.remaining_g) for origin in origins], groups, customer),
            maker=maker,
            inputs=_inputs(books, making, groups, customer),
            step_loss_g=max(0, -sum(grams for _, _, _, grams in making)) if maker.kind != DeedKind.ENTRY else 0,
            takers=takers,
            touches=touches,
            upstream=books.lineage.upstream(view.id),
            downstream=went.edges,
            certificates=went.certificates,
            blocking=books.reversals.after(view.deed_id, [view.id]),
            photos=books.photos.of_lot(view.id),
            audit=audit,
            names=books.people.names(sorted(people)),
        )


def _main_customer(content: Iterable[tuple[int, int]], groups: Groups) -> str | None:
    """Whose post-consumer scrap there is most of."""
    grams: dict[str, int] = {}
    for origin, mass_g in content:
        _, scrap_class, customer = groups[origin]
        if scrap_class == POST_CONSUMER and customer:
            grams[customer] = grams.get(customer, 0) + mass_g
    return max(grams, key=lambda customer: grams[customer]) if grams else None


def _strata(content: Iterable[tuple[int, int]], groups: Groups, customer: str | None) -> Strata:
    grams = [0] * COLUMNS
    for origin, mass_g in content:
        grams[column_of(groups[origin], customer)] += mass_g
    return Strata((grams[0], grams[1], grams[2], grams[3]))


def column_of(group: tuple[str, str | None, str | None], customer: str | None) -> int:
    """Which of the four columns an origin belongs to."""
    _, scrap_class, source = group
    if scrap_class == POST_CONSUMER:
        return 0 if source == customer else 1
    return 2 if scrap_class == PRE_CONSUMER else 3


def _inputs(
    books: Shelves, making: Sequence[tuple[int, int, int, int]], groups: Groups, customer: str | None
) -> list[Input]:
    taken: dict[int, list[tuple[int, int]]] = {}
    for _, lot_id, origin, grams in making:
        if grams < 0:
            taken.setdefault(lot_id, []).append((origin, -grams))
    lots = books.lineage.lots(sorted(taken))
    return [Input(lots[id_].number, lots[id_].kind, _strata(taken[id_], groups, customer)) for id_ in sorted(taken)]


def _takers(
    books: Shelves,
    lot_id: int,
    maker: Touch,
    touches: Sequence[Touch],
    moved: Sequence[tuple[int, int, int]],
    groups: Groups,
    customer: str | None,
) -> list[Taker]:
    standing = {
        touch.deed_id: touch
        for touch in touches
        if touch.deed_id != maker.deed_id and not touch.reversed and touch.kind != DeedKind.REVERSAL
    }
    taken: dict[int, list[tuple[int, int]]] = {}
    for deed_id, origin, grams in moved:
        if grams < 0 and deed_id in standing:
            taken.setdefault(deed_id, []).append((origin, -grams))
    made: dict[int, Any] = books.history.made_from(lot_id, sorted(taken))
    return [
        Taker(touch.kind, touch.number or "", touch, _strata(taken[deed_id], groups, customer), made.get(deed_id, ()))
        for deed_id, touch in standing.items()
        if deed_id in taken
    ]
