"""What the CO2e in a lot comes from: metal that entered, steps it went through, and in-house returns.

The books keep one figure a lot. Poured, it is a mixture as the metal is one, so its sources follow in proportion, and
whole grams are kept whole by largest remainders: the parts of a lot sum to what is embodied in it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.ledger.lots import Kind
from app.ledger.metal import allot

_GOING_ROUND = (Kind.RETURN, Kind.HEEL)


class From(StrEnum):
    """What a source is: metal from outside, a step, or metal that went round in the works and is not followed on."""

    METAL = "metal"
    STEP = "step"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Source:
    """``id`` is that of a lot, or of a step's deed."""

    what: From
    id: int


@dataclass(frozen=True, slots=True)
class Made:
    """A lot as it was made, with the grams of CO2e then embodied in it."""

    id: int
    kind: Kind
    deed_id: int
    embodied_g: int


@dataclass(frozen=True, slots=True)
class Pouring:
    """A step on the way: CO2e that left lots and went into lots, and what the step itself emitted; grams."""

    deed_id: int
    taken_g: Mapping[int, int]
    given_g: Mapping[int, int]
    emitted_g: int


@dataclass(frozen=True, slots=True)
class Passing:
    """Some of a lot became a lot of its own, by a transfer or a dispatch."""

    deed_id: int
    from_lot: int
    to_lot: int


Parts = Mapping[Source, int]


def contributions(lots: Mapping[int, Made], deeds: Sequence[Pouring | Passing], of: Sequence[int]) -> dict[int, Parts]:
    """For each of the lots ``of``, the grams of CO2e of each source; they sum to what was embodied in it when made.

    ``lots`` are all lots on the way back from these and all that its steps made, ``deeds`` what connects them, in the
    order they were done. Raises ValueError where a step does not close to the gram.
    """
    done = {deed.deed_id for deed in deeds}
    parts: dict[int, Parts] = {}
    for lot in lots.values():
        if lot.deed_id not in done or (lot.kind in _GOING_ROUND and lot.id not in of):
            source = Source(From.ROUND if lot.kind in _GOING_ROUND else From.METAL, lot.id)
            parts[lot.id] = {source: lot.embodied_g} if lot.embodied_g else {}
    for deed in deeds:
        if isinstance(deed, Passing):
            parts[deed.to_lot] = _shared(parts.get(deed.from_lot, {}), lots[deed.to_lot].embodied_g)
        else:
            _pour(deed, lots, parts)
    return {lot: parts.get(lot, {}) for lot in of}


def _pour(deed: Pouring, lots: Mapping[int, Made], parts: dict[int, Parts]) -> None:
    charge: Counter[Source] = Counter()
    for lot, co2_g in deed.taken_g.items():
        charge.update(_shared(parts.get(lot, {}), co2_g))
    if sum(charge.values()) + deed.emitted_g != sum(deed.given_g.values()):
        raise ValueError(f"step {deed.deed_id} does not close")
    others_g = {lot: co2_g for lot, co2_g in deed.given_g.items() if lots[lot].kind is not Kind.RETURN}
    if not others_g:
        return
    # Offcuts leave before the step's emissions are added (domain.md): those are borne by what else is made.
    borne = Counter(_shared(charge, sum(others_g.values()) - deed.emitted_g))
    borne[Source(From.STEP, deed.deed_id)] += deed.emitted_g
    for lot, co2_g in others_g.items():
        if lot not in parts:
            parts[lot] = _shared(borne, co2_g)


def _shared(parts: Parts, co2_g: int) -> dict[Source, int]:
    whole = sum(parts.values())
    return {source: grams for source, grams in allot(parts.items(), co2_g, whole).items() if grams} if whole else {}
