"""Everything of the books that a certificate draws on, read in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.carbon.energy import Energy
from app.ledger.lineage import Movement, Stage, Way, stages
from app.ledger.lots import Kind
from app.ledger.transformations import StepKind
from app.operations.references import References
from app.records.dispatches import Delivery
from app.records.lineage import Edge, LotRead, OriginRead, StepRead
from app.records.lots import Held
from app.records.unit import Shelves

_GOING_ROUND = (Kind.RETURN, Kind.HEEL)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The delivered lots and the way to them. ``root`` maps a part of a lot to the lot it was made as."""

    recipient: str
    delivered: tuple[Held, ...]
    deliveries: Mapping[int, Delivery]
    origins: Mapping[int, Sequence[OriginRead]]
    steps: tuple[StepRead, ...]
    lots: Mapping[int, LotRead]
    outputs: Sequence[LotRead]
    root: Mapping[int, int]
    stages: tuple[Stage, ...]
    references: References
    energy: Mapping[int, Energy]


def gather(books: Shelves, references: References, recipient: str, delivered: Sequence[Held]) -> Gathered:
    """Read what a certificate for these delivered lots draws on."""
    ids = [held.id for held in delivered]
    edges = books.lineage.way_back(ids)
    steps = tuple(books.lineage.steps(sorted({edge.deed_id for edge in edges})))
    step_deeds = [step.deed_id for step in steps]
    outputs = books.lineage.outputs(step_deeds)
    lots = books.lineage.lots(sorted({edge.from_lot_id for edge in edges} | {edge.to_lot_id for edge in edges}))
    root = _roots(edges, set(step_deeds))
    origins = books.lineage.origins(ids)
    return Gathered(
        recipient,
        tuple(delivered),
        books.dispatches.deliveries(ids),
        origins,
        steps,
        lots,
        outputs,
        root,
        _stages(books, recipient, steps, lots, outputs, root, origins),
        references,
        books.transformations.energy(step_deeds),
    )


def _roots(edges: Sequence[Edge], step_deeds: set[int]) -> dict[int, int]:
    """A lot that is a part of another (transfer, dispatch) counts as made where the whole was made."""
    source = {edge.to_lot_id: edge.from_lot_id for edge in edges if edge.deed_id not in step_deeds}
    root = {}
    for lot in source:
        whole = lot
        while whole in source:
            whole = source[whole]
        root[lot] = whole
    return root


def _stages(
    books: Shelves,
    recipient: str,
    steps: Sequence[StepRead],
    lots: Mapping[int, LotRead],
    outputs: Sequence[LotRead],
    root: Mapping[int, int],
    origins: Mapping[int, Sequence[OriginRead]],
) -> tuple[Stage, ...]:
    moved = [Movement(*row) for row in books.lineage.movements([step.deed_id for step in steps])]
    column = _columns(books, recipient, {movement.origin for movement in moved})
    made_by = {lot.id: lot.deed_id for lot in outputs if Kind(lot.kind) not in _GOING_ROUND}
    parts = {part: made_by[whole] for part, whole in root.items() if whole in made_by}
    returns = frozenset(lot.id for lot in outputs if lot.kind == Kind.RETURN)
    way = Way({step.deed_id: StepKind(step.kind) for step in steps}, made_by | parts, returns)
    delivered = [Movement(0, lot, origin.id, origin.made_g) for lot, rows in origins.items() for origin in rows]
    return stages(way, moved, delivered, column.__getitem__)


def _columns(books: Shelves, recipient: str, origin_ids: set[int]) -> dict[int, int]:
    groups = books.lineage.origin_groups(sorted(origin_ids))
    return {id_: column_of(scrap_class, customer == recipient) for id_, (_, scrap_class, customer) in groups.items()}


def column_of(scrap_class: str | None, own: bool) -> int:
    """Which of the four columns of recycled content an origin counts in (domain.md)."""
    if scrap_class == "post_consumer":
        return 0 if own else 1
    return 2 if scrap_class == "pre_consumer" else 3
