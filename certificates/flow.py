"""The geometry of "the way the metal went", for paper and page alike, in units of neither.

Two axes. *Along* runs with the metal, in stations: 0 is where the inputs of the first stage begin, 1 the bar of the
first stage, 2 that of the second, and so on; the last station is the bar of what was delivered. *Across* is grams on
one scale for the whole picture: 0 is the upper edge of the band (the left edge where the picture is turned), and it
grows downwards. A drawing on paper maps along to x and across to y; turned by 90 degrees it maps along to y and across
to x. Divide across by ``Picture.thickest_g`` and multiply by the thickness the widest band should have.

Order of drawing: rests, strata, inlets, pipes, then the bars over them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from certificates.content import Recycled, Stage, Way
from certificates.last_steps import drawn_through

Point = tuple[float, float]

HAIRLINE = 0.008  # least drawn thickness, of the thickest band: a flow under 0.5 % is still a line
_LATE = 0.55  # where, between two bars, metal that enters later begins
_REST_ENDS = 0.62  # how far towards the next bar the branch of other units reaches
_REST_DROPS = 0.12  # and how far it bends away, of the thickest band
_LATE_GAP = 0.08


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A band of constant thickness from one place to another: (along, across) of its upper edge at both ends.

    ``column`` is the column of recycled content whose colour it has (0 closed loop, 1 other post-consumer,
    2 pre-consumer, 3 the rest), None for mixed metal. ``mass_g`` is what it carries; ``thickness_g`` what to draw,
    never less than a hairline.
    """

    column: int | None
    mass_g: int
    start: Point
    end: Point
    thickness_g: float

    @property
    def outline(self) -> tuple[Point, ...]:
        """Eight points: move to 0, curve (1, 2, 3) along the upper edge, line to 4, curve (5, 6, 7) back, close.

        The curves are cubic Béziers with tangents along the axis; a straight ribbon has the same eight points.
        """
        (x0, y0), (x1, y1) = self.start, self.end
        middle, t = (x0 + x1) / 2, self.thickness_g
        upper = ((x0, y0), (middle, y0), (middle, y1), (x1, y1))
        return (*upper, (x1, y1 + t), (middle, y1 + t), (middle, y0 + t), (x0, y0 + t))

    @property
    def centre_of_start(self) -> float:
        """Across, where the label of an inlet belongs."""
        return self.start[1] + self.thickness_g / 2

    @property
    def is_straight(self) -> bool:
        """Whether a rectangle draws it."""
        return self.start[1] == self.end[1]


@dataclass(frozen=True, slots=True)
class Pipe:
    """In-house returns: leaves the bar at (along, across), runs a little way on and bends away downwards."""

    along: float
    across: float
    mass_g: int
    thickness_g: float


@dataclass(frozen=True, slots=True)
class Station:
    """A stage: its bar across the band, and what stands above and below it.

    The bar reaches from 0 to ``bar_g`` across; ``below_g`` is where everything that leaves it to the next station
    ends, so that a label starts under it. ``entered_g`` came in at this stage, ``rest_g`` is stock and other units.
    """

    along: float
    kind: str
    numbers: tuple[str, ...]
    bar_g: float
    below_g: float
    input_g: int
    entered_g: int
    loss_g: int
    returns_g: int
    made_g: int
    made_units: int | None
    rest_g: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to draw. Columns and flows of nothing are left out; ``stations`` may be empty.

    ``inlets`` are the input stacks: those at the first station begin at along 0 and need labels (column, ``mass_g`` at
    ``centre_of_start``); later ones begin between two bars. ``strata`` are the bands that go on, straight, ``rests``
    the branches of stock and other units, ``pipes`` the in-house returns. The delivered bar stands at ``end`` along,
    from 0 to ``delivered_g`` across. ``depth_g`` is the lowest point of all across, ``thickest_g`` the widest band.
    """

    thickest_g: int
    depth_g: float
    end: float
    inlets: tuple[Ribbon, ...]
    strata: tuple[Ribbon, ...]
    rests: tuple[Ribbon, ...]
    pipes: tuple[Pipe, ...]
    stations: tuple[Station, ...]
    delivered_g: int
    delivered_units: int | None

    @property
    def first_inlets(self) -> tuple[Ribbon, ...]:
        """The labelled input stacks, those that begin at along 0."""
        return tuple(inlet for inlet in self.inlets if inlet.start[0] == 0)


def picture(way: Way, pitch: float = 0.3) -> Picture:
    """The picture of a way; ``pitch`` is the least distance of the centres of two inlets, of the thickest band."""
    told, way = way, drawn_through(way)
    thickest = _thickest(way)
    stations = tuple(_station(index, stage, told.stages[index], thickest) for index, stage in enumerate(way.stages))
    strata = tuple(_strata(way, thickest))
    inlets = (*_first_inlets(way, thickest, pitch), *_late_inlets(way, stations, thickest))
    rests = tuple(_rests(way, thickest))
    lowest = [r.start[1] + r.thickness_g for r in inlets] + [s.below_g for s in stations] + [way.delivered.mass_g]
    return Picture(
        thickest_g=thickest,
        depth_g=max(lowest),
        end=float(len(way.stages) + 1),
        inlets=inlets,
        strata=strata,
        rests=rests,
        pipes=tuple(_pipes(way, thickest)),
        stations=stations,
        delivered_g=way.delivered.mass_g,
        delivered_units=way.delivered_units,
    )


def _thickest(way: Way) -> int:
    """The widest of what is drawn to arrive at a bar and of its length, which is more where metal skipped a stage."""
    fed = [_fed_g(way, index) for index in range(len(way.stages))]
    bars = [max(stage.input_g, _left_g(stage)) for stage in way.stages]
    return max([way.delivered.mass_g, *fed, *bars, 1])


def _fed_g(way: Way, index: int) -> int:
    """What is drawn to arrive at a bar: the metal passed on to it and what entered there."""
    before = way.stages[index - 1].passed.mass_g if index else 0
    return before + way.stages[index].entered.mass_g


def _left_g(stage: Stage) -> int:
    return stage.made.mass_g + stage.returns_g


def _rest_g(stage: Stage) -> int:
    return max(stage.made.mass_g - stage.passed.mass_g, 0)


def _station(index: int, stage: Stage, told: Stage, thickest: int) -> Station:
    """A bar as long as what is drawn through it; its figures are those of the stage itself."""
    rest = _rest_g(stage)
    bar = float(max(stage.input_g, _left_g(stage)))
    return Station(
        along=index + 1.0,
        kind=stage.kind,
        numbers=stage.numbers,
        bar_g=bar,
        below_g=max(bar, stage.made.mass_g + _REST_DROPS * thickest if rest else 0.0),
        input_g=told.input_g,
        entered_g=told.entered.mass_g,
        loss_g=told.loss_g,
        returns_g=told.returns_g,
        made_g=told.made.mass_g,
        made_units=told.made_units,
        rest_g=rest,
    )


def _columns(metal: Recycled) -> Iterator[tuple[int, int]]:
    return ((column, mass) for column, mass in enumerate(metal.columns_g) if mass > 0)


def _drawn(mass: int, thickest: int) -> float:
    return max(float(mass), HAIRLINE * thickest)


def _strata(way: Way, thickest: int) -> Iterator[Ribbon]:
    """The metal between two bars, column under column, straight."""
    for index, stage in enumerate(way.stages):
        across = 0.0
        for column, mass in _columns(stage.passed):
            yield Ribbon(column, mass, (index + 1.0, across), (index + 2.0, across), _drawn(mass, thickest))
            across += mass


def _first_inlets(way: Way, thickest: int, pitch: float) -> Iterator[Ribbon]:
    """The stacks at the left: the first one straight, the others apart enough for labels and joining in curves."""
    across = 0.0
    starts = _spread([mass for _, mass in _columns(_entering(way))], thickest, pitch)
    for (column, mass), start in zip(_columns(_entering(way)), starts, strict=True):
        yield Ribbon(column, mass, (0.0, start), (1.0, across), _drawn(mass, thickest))
        across += mass


def _entering(way: Way) -> Recycled:
    return way.stages[0].entered if way.stages else way.delivered


def _spread(masses: Sequence[int], thickest: int, pitch: float) -> list[float]:
    """Upper edges such that stacks keep a gap and their centres the pitch."""
    starts = [0.0] if masses else []
    for before, mass in pairwise(masses):
        by_gap = starts[-1] + before + _LATE_GAP * thickest
        by_pitch = starts[-1] + before / 2 + pitch * thickest - mass / 2
        starts.append(max(by_gap, by_pitch))
    return starts


def _late_inlets(way: Way, stations: Sequence[Station], thickest: int) -> Iterator[Ribbon]:
    """Metal entering at a later stage, from below the band; at the bar it lies under what was passed on."""
    for index in range(1, len(way.stages)):
        across = float(way.stages[index - 1].passed.mass_g)
        start = max(stations[index - 1].below_g, across) + _LATE_GAP * thickest
        for column, mass in _columns(way.stages[index].entered):
            thickness = _drawn(mass, thickest)
            yield Ribbon(column, mass, (index + _LATE, start), (index + 1.0, across), thickness)
            across, start = across + mass, start + thickness + _LATE_GAP * thickest


def _rests(way: Way, thickest: int) -> Iterator[Ribbon]:
    for index, stage in enumerate(way.stages):
        rest, across = _rest_g(stage), float(stage.passed.mass_g)
        if rest:
            end = (index + 1 + _REST_ENDS, across + _REST_DROPS * thickest)
            yield Ribbon(None, rest, (index + 1.0, across), end, _drawn(rest, thickest))


def _pipes(way: Way, thickest: int) -> Iterator[Pipe]:
    for index, stage in enumerate(way.stages):
        if stage.returns_g:
            mass = stage.returns_g
            yield Pipe(index + 1.0, float(stage.made.mass_g), mass, _drawn(mass, thickest))
