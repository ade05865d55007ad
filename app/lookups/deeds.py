"""Steps, dispatches and flags as recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.lookups.lots import LotAnswer, lots_made_by
from app.records.dispatches import Dispatch
from app.records.transformations import TransformationRead
from app.records.unit import Records


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """A step with its outputs; its flags are those of the lots it made, each told once."""

    step: TransformationRead
    outputs: Sequence[LotAnswer]

    @property
    def flags(self) -> list[dict[str, Any]]:
        told = {
            flag["rule"]: flag for lot in self.outputs for flag in lot.flags if flag["deed_id"] == self.step.deed_id
        }
        return list(told.values())


def one_step(records: Records, number: str) -> StepAnswer | None:
    """A step by its number, or None."""
    with records.reading() as books:
        step = books.transformations.find(number)
        return StepAnswer(step, lots_made_by(books, step.deed_id)) if step else None


def one_dispatch(records: Records, number: str) -> Dispatch | None:
    """A dispatch by its number, or None."""
    with records.reading() as books:
        return books.dispatches.find(number)


def list_flags(records: Records, open_only: bool, after: int, limit: int) -> list[dict[str, Any]]:
    """A page of flags, oldest first."""
    with records.reading() as books:
        return books.flags.find(None, open_only, after, limit)
