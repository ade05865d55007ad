"""A step: many lots in, many lots out, with a loss (domain.md, "A step")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.ledger.lots import Amount, Kind, Lot, Taken, require_at_site, require_existed, take
from app.ledger.metal import Metal, together
from app.ledger.refusals import Code, Refused


class StepKind(StrEnum):
    SORT = "sort"
    REMELT = "remelt"
    CAST = "cast"
    EXTRUDE = "extrude"
    FABRICATE = "fabricate"


FURNACE_STEPS = (StepKind.REMELT, StepKind.CAST)


@dataclass(frozen=True, slots=True)
class StepRule:
    """Which kinds a step takes and makes (step_rules.csv)."""

    kind: StepKind
    inputs: frozenset[Kind]
    outputs: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class Planned:
    """An output as entered: what it is and what it weighs."""

    kind: Kind
    mass_g: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Where and when a step ended, and in which furnace, if any."""

    kind: StepKind
    site: str
    ended_at: datetime
    furnace: str | None


@dataclass(frozen=True, slots=True)
class Charge:
    """The inputs poured: one Taken per input, in the order given."""

    taken: tuple[Taken, ...]

    @property
    def metal(self) -> Metal:
        return together(taken.metal for taken in self.taken)

    def mass_of(self, kind: Kind) -> int:
        """Grams charged from lots of one kind."""
        return sum(taken.metal.mass_g for taken in self.taken if taken.left.kind is kind)


@dataclass(frozen=True, slots=True)
class Tapped:
    """What a step made of its charge: a Metal per planned output in the order given, and the loss by origin."""

    outputs: tuple[Metal, ...]
    loss: Metal


def charge(rule: StepRule, heat: Heat, inputs: Sequence[tuple[Lot, Amount]], heels: Sequence[Lot]) -> Charge:
    """Take the inputs of a step.

    ``heels`` are the live heels of the heat's furnace: it takes each of them, whole. Raises Refused.
    """
    for lot, _ in inputs:
        if lot.kind not in rule.inputs:
            raise Refused(Code.KIND_NOT_ALLOWED, "input", lot=lot.number, kind=lot.kind, step=heat.kind)
        require_at_site(lot, heat.site)
        if lot.kind is Kind.HEEL and lot.furnace != heat.furnace:
            raise Refused(Code.WRONG_PLACE, "furnace", lot=lot.number, furnace=lot.furnace)
        require_existed(lot, heat.ended_at)
    charged = Charge(tuple(take(lot, amount) for lot, amount in inputs))
    _require_heels(charged, heels)
    return charged


def _require_heels(charged: Charge, heels: Sequence[Lot]) -> None:
    emptied = {taken.left.number for taken in charged.taken if not taken.left.metal.mass_g}
    for heel in heels:
        if heel.number not in emptied:
            raise Refused(Code.HEEL_LEFT_OUT, lot=heel.number, furnace=heel.furnace, remaining_g=heel.metal.mass_g)


def tap(rule: StepRule, charged: Metal, outputs: Sequence[Planned], process_co2_g: int) -> Tapped:
    """Pour a charge out: first the loss, then the returns, then, with the step's emissions added, the rest.

    Raises Refused: kind_not_allowed, more_out_than_in.
    """
    for output in outputs:
        if output.kind not in rule.outputs:
            raise Refused(Code.KIND_NOT_ALLOWED, "output", kind=output.kind, step=rule.kind)
    out_g = sum(output.mass_g for output in outputs)
    if out_g > charged.mass_g:
        raise Refused(Code.MORE_OUT_THAN_IN, in_g=charged.mass_g, out_g=out_g)
    lost, left = lose(charged, charged.mass_g - out_g)
    return Tapped(_pour_outputs(left, outputs, process_co2_g), lost)


def lose(metal: Metal, mass_g: int) -> tuple[Metal, Metal]:
    """Pour a loss out: it takes grams and no CO2e. Returns (lost, left)."""
    poured, left = metal.pour(mass_g)
    return Metal(poured.content, 0), left.with_emissions(poured.embodied_g)


def _pour_outputs(left: Metal, outputs: Sequence[Planned], process_co2_g: int) -> tuple[Metal, ...]:
    """Returns first, in the order given, and free of the step's emissions unless there is nothing else to bear them."""
    returns = [i for i, output in enumerate(outputs) if output.kind is Kind.RETURN]
    others = [i for i, output in enumerate(outputs) if output.kind is not Kind.RETURN]
    made: dict[int, Metal] = {}
    if not others:
        left = left.with_emissions(process_co2_g)
    for i in returns:
        made[i], left = left.pour(outputs[i].mass_g)
    if others:
        left = left.with_emissions(process_co2_g)
    for i in others:
        made[i], left = left.pour(outputs[i].mass_g)
    return tuple(made[i] for i in range(len(outputs)))
