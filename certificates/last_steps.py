"""Where products of one certificate left the works by different steps: how much left by which, as far as it is told.

A body is extruded and fabricated, the profile beside it only extruded. A way sums its steps by kind, so what left
after an earlier stage is not written down; it follows where each stage can have been fed by one stage only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from certificates.content import Recycled, Stage, Way


@dataclass(frozen=True, slots=True)
class Parts:
    """What is delivered, in grams: by the last stage, by each earlier one, and bought metal that went through none.

    ``earlier_g`` is by the place of a stage; it is None where the way does not tell, and ``beside_g`` is all of it.
    """

    last_g: int
    earlier_g: dict[int, int] | None
    beside_g: int


def parts_of(way: Way) -> Parts | None:
    """None where all that is delivered left by the last stage."""
    beside_g = way.delivered.mass_g - way.stages[-1].passed.mass_g if way.stages else 0
    if beside_g <= 0:
        return None
    straight = _straight(way.stages)
    told = straight is not None and sum(straight.values()) <= beside_g
    earlier_g = straight if told else None
    return Parts(way.stages[-1].passed.mass_g, earlier_g, beside_g - sum((earlier_g or {}).values()))


def _straight(stages: Sequence[Stage]) -> dict[int, int] | None:
    """What each stage but the last passed on and no later one took; None where two could have fed a third."""
    left: dict[int, int] = {}
    for index, stage in enumerate(stages):
        fed = stage.input_g - stage.entered.mass_g
        if fed and sum(left.values()) == fed:
            left = {}
        elif fed and len(left) == 1:
            left = {before: mass - fed for before, mass in left.items()}
        elif fed:
            return None
        if index < len(stages) - 1 and stage.passed.mass_g:
            left[index] = stage.passed.mass_g
    return None if any(mass < 0 for mass in left.values()) else {index: mass for index, mass in left.items() if mass}


def drawn_through(way: Way) -> Way:
    """The way with what left by an earlier stage drawn on through the later bars, so that no band ends in the air."""
    parts = parts_of(way)
    if parts is None:
        return way
    aside = [after - before for after, before in zip(_four(way.delivered), _four(way.stages[-1].passed), strict=True)]
    if min(aside) < 0:
        return way
    first = min(parts.earlier_g) if parts.earlier_g and len(parts.earlier_g) == 1 else len(way.stages) - 2
    later = (_carrying(stage, aside) if index > first else stage for index, stage in enumerate(way.stages))
    return replace(way, stages=tuple(later))


def _carrying(stage: Stage, aside: Sequence[int]) -> Stage:
    made, passed = (
        Recycled(*(a + b for a, b in zip(_four(metal), aside, strict=True))) for metal in (stage.made, stage.passed)
    )
    return replace(stage, input_g=stage.input_g + passed.mass_g - stage.passed.mass_g, made=made, passed=passed)


def _four(metal: Recycled) -> tuple[int, int, int, int]:
    return metal.post_consumer_g, metal.closed_loop_g, metal.pre_consumer_g, metal.rest_g
