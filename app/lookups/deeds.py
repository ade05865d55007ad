"""Steps, dispatches and flags as recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.lookups.lots import lots_made_by
from app.records.dispatches import Dispatch
from app.records.entered import LotAnswer
from app.records.reversals import Reversal
from app.records.transfers import Transfer
from app.records.transformations import TransformationRead
from app.records.unit import Records


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """A step with its outputs; its flags are those of the lots it made, each told once."""

    step: TransformationRead
    outputs: Sequence[LotAnswer]
    reversal: Reversal | None

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
        if step is None:
            return None
        return StepAnswer(step, lots_made_by(books, step.deed_id), books.reversals.of(step.deed_id))


@dataclass(frozen=True, slots=True)
class TransferAnswer:
    """A transfer, with what it was flagged for."""

    transfer: Transfer
    flags: Sequence[dict[str, Any]]
    reversal: Reversal | None


def one_transfer(records: Records, number: str) -> TransferAnswer | None:
    """A transfer by its number, or None."""
    with records.reading() as books:
        found = books.transfers.find(number)
        if found is None:
            return None
        flags = [flag for flag in books.flags.find([found.became_lot_id]) if flag["deed_id"] == found.deed_id]
        return TransferAnswer(found, flags, books.reversals.of(found.deed_id))


@dataclass(frozen=True, slots=True)
class DispatchAnswer:
    """A dispatch, and whether it was undone."""

    dispatch: Dispatch
    reversal: Reversal | None


def one_dispatch(records: Records, number: str) -> DispatchAnswer | None:
    """A dispatch by its number, or None."""
    with records.reading() as books:
        found = books.dispatches.find(number)
        return DispatchAnswer(found, books.reversals.of(found.deed_id)) if found else None


def sent_for_quote(records: Records, number: str) -> DispatchAnswer | None:
    """The dispatch that a quote was ordered by, or None."""
    with records.reading() as books:
        quote = books.quotes.one(number)
    return one_dispatch(records, quote.dispatch) if quote and quote.dispatch else None


def list_flags(records: Records, open_only: bool, after: int, limit: int) -> list[dict[str, Any]]:
    """A page of flags, oldest first."""
    with records.reading() as books:
        return books.flags.find(None, open_only, after, limit)
