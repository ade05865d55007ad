"""What the CO2e of lots comes from, read from the books in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.carbon.contributions import From, Made, Parts, Passing, Pouring, contributions
from app.ledger.lots import Kind
from app.records.embodied import LotMade, StepMade
from app.records.lineage import Edge
from app.records.unit import Shelves


@dataclass(frozen=True, slots=True)
class Sources:
    """The lots and steps on the way, and for each lot asked for the grams of CO2e of each source."""

    lots: Mapping[int, LotMade]
    steps: Mapping[int, StepMade]
    parts: Mapping[int, Parts]


def measured_g(found: Sources, parts: Parts) -> int:
    """Grams of CO2e that rest on meters: the primary data behind a footprint.

    A supplier's own figure is not counted: how much of it was measured is not known to us.
    """
    return sum(g for source, g in parts.items() if source.what is From.STEP and found.steps[source.id].measured)


def sources(books: Shelves, lot_ids: Sequence[int]) -> Sources:
    """Where the CO2e of lots comes from, back to what entered, went round or came bought."""
    edges = books.lineage.way_back(lot_ids)
    deeds = sorted({edge.deed_id for edge in edges})
    steps = books.embodied.steps(deeds)
    moved = books.embodied.moved(list(steps))
    on_the_way = {edge.from_lot_id for edge in edges} | {edge.to_lot_id for edge in edges}
    lots = books.embodied.lots(sorted(on_the_way | {lot for _, lot, _ in moved} | set(lot_ids)))
    made = {lot.id: Made(lot.id, Kind(lot.kind), lot.deed_id, lot.embodied_g) for lot in lots.values()}
    return Sources(lots, steps, contributions(made, _deeds(edges, steps, moved), lot_ids))


def _deeds(
    edges: Sequence[Edge], steps: Mapping[int, StepMade], moved: Sequence[tuple[int, int, int]]
) -> list[Pouring | Passing]:
    taken: dict[int, dict[int, int]] = {deed: {} for deed in steps}
    given: dict[int, dict[int, int]] = {deed: {} for deed in steps}
    for deed, lot, co2_g in moved:
        if co2_g < 0:
            taken[deed][lot] = -co2_g
        else:
            given[deed][lot] = co2_g
    passed = [Passing(edge.deed_id, edge.from_lot_id, edge.to_lot_id) for edge in edges if edge.deed_id not in steps]
    poured = [Pouring(deed, taken[deed], given[deed], step.process_co2_g) for deed, step in steps.items()]
    return sorted([*passed, *poured], key=lambda deed: deed.deed_id)
