"""Several stages of a long way told as one, so that the labels of the others have room beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from certificates.content import Recycled, Stage, Way


@dataclass(frozen=True, slots=True)
class Folded:
    """A way, and which of its stages stands for how many; ``stages`` is 1 where every stage stands for itself."""

    way: Way
    at: int = 0
    stages: int = 1


def folded(way: Way, most: int) -> Folded:
    """A way of at most so many stages. What comes first stays and so does the end; those between become one."""
    count = len(way.stages) - most + 1
    if count <= 1:
        return Folded(way)
    first = min(1, most - 1)
    one = _joined(way.stages[first : first + count])
    return Folded(replace(way, stages=(*way.stages[:first], one, *way.stages[first + count :])), first, count)


def _joined(stages: Sequence[Stage]) -> Stage:
    """What entered, was lost, returned or left aside in any of them; the last says what was made and went on."""
    last = stages[-1]
    made = _sum([last.made, *(_left(stage.made, stage.passed) for stage in stages[:-1])])
    loss, returns = sum(stage.loss_g for stage in stages), sum(stage.returns_g for stage in stages)
    return replace(
        last,
        numbers=tuple(number for stage in stages for number in stage.numbers),
        entered=_sum([stage.entered for stage in stages]),
        input_g=loss + returns + made.mass_g,
        loss_g=loss,
        returns_g=returns,
        made=made,
    )


def _sum(metals: Sequence[Recycled]) -> Recycled:
    return Recycled(
        sum(metal.post_consumer_g for metal in metals),
        sum(metal.closed_loop_g for metal in metals),
        sum(metal.pre_consumer_g for metal in metals),
        sum(metal.rest_g for metal in metals),
    )


def _left(made: Recycled, passed: Recycled) -> Recycled:
    own, other, pre, rest = (max(a - b, 0) for a, b in zip(made.columns_g, passed.columns_g, strict=True))
    return Recycled(own + other, own, pre, rest)
