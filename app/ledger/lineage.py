"""The way the metal went, summed into stages: all steps of one kind on the way to some delivered lots."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.ledger.transformations import StepKind

COLUMNS = 4
ORDER = tuple(StepKind)

Column = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Movement:
    """Grams of an origin into (+) or out of (-) a lot by a deed."""

    deed: int
    lot: int
    origin: int
    mass_g: int


@dataclass(frozen=True, slots=True)
class Way:
    """What is known of a way: the kind of each step's deed, and which of these deeds made each lot.

    ``made_by`` leaves out lots that go round (returns, heels) and all that came from outside the way; a part of a lot
    counts as made by the deed that made the whole. ``returns`` are lots of kind return.
    """

    step_kinds: Mapping[int, StepKind]
    made_by: Mapping[int, int]
    returns: frozenset[int]


@dataclass(slots=True)
class Stage:
    """One stage in grams: what came from outside, went in, was lost, went back, was made and went on.

    Columns are those of ``column``; input = lost + returned + made, and what passed between steps of the same stage
    is in none of them.
    """

    kind: StepKind
    deeds: list[int] = field(default_factory=list)
    entered_g: list[int] = field(default_factory=lambda: [0] * COLUMNS)
    made_g: list[int] = field(default_factory=lambda: [0] * COLUMNS)
    passed_g: list[int] = field(default_factory=lambda: [0] * COLUMNS)
    input_g: int = 0
    returns_g: int = 0

    @property
    def loss_g(self) -> int:
        return self.input_g - self.returns_g - sum(self.made_g)


def stages(way: Way, movements: Iterable[Movement], delivered: Sequence[Movement], column: Column) -> tuple[Stage, ...]:
    """Sum a way into stages, in the order of the process.

    ``movements`` are those of the steps' deeds; ``delivered`` what went into the delivered lots (their content).
    """
    found = {kind: Stage(kind) for kind in ORDER if kind in way.step_kinds.values()}
    for deed, kind in sorted(way.step_kinds.items()):
        found[kind].deeds.append(deed)
    for movement in movements:
        stage = found[way.step_kinds[movement.deed]]
        if movement.mass_g < 0:
            _count_input(way, found, stage, movement, column(movement.origin))
        elif movement.lot in way.returns:
            stage.returns_g += movement.mass_g
        else:
            stage.made_g[column(movement.origin)] += movement.mass_g
    for movement in delivered:
        maker = way.made_by.get(movement.lot)
        if maker is not None:
            found[way.step_kinds[maker]].passed_g[column(movement.origin)] += movement.mass_g
    return tuple(found.values())


def _count_input(way: Way, found: Mapping[StepKind, Stage], stage: Stage, movement: Movement, at: int) -> None:
    taken_g = -movement.mass_g
    maker = way.made_by.get(movement.lot)
    source = None if maker is None else found[way.step_kinds[maker]]
    if source is stage:
        stage.made_g[at] -= taken_g
        return
    stage.input_g += taken_g
    if source is None:
        stage.entered_g[at] += taken_g
    else:
        source.passed_g[at] += taken_g
