"""Reversals, returns and write-offs as recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.records.returns import Return
from app.records.reversals import Reversal
from app.records.unit import Records, Shelves
from app.records.write_offs import WriteOff


@dataclass(frozen=True, slots=True)
class Reversed:
    """A record and how it was undone."""

    noun: str
    number: str
    reversal: Reversal


@dataclass(frozen=True, slots=True)
class WriteOffAnswer:
    """A write-off with the flag that waits, or waited, for a second person."""

    write_off: WriteOff
    flags: Sequence[dict[str, Any]]
    reversal: Reversal | None

    @property
    def status(self) -> str:
        """pending | accepted | withdrawn | reversed."""
        if self.reversal is not None:
            return "withdrawn" if self.write_off.mass_g is None else "reversed"
        return "pending" if self.write_off.mass_g is None else "accepted"


def one_reversal(records: Records, noun: str, number: str) -> Reversed | None:
    """How a record was undone; None where it is not there or stands."""
    with records.reading() as books:
        deed_id = _deed_of(books, noun, number)
        reversal = books.reversals.of(deed_id) if deed_id is not None else None
    return Reversed(noun, number, reversal) if reversal else None


def _deed_of(books: Shelves, noun: str, number: str) -> int | None:
    finders: dict[str, Any] = {
        "lot": books.stock.one,
        "transformation": books.transformations.find,
        "transfer": books.transfers.find,
        "dispatch": books.dispatches.find,
        "return": books.returns.find,
        "write_off": books.write_offs.find,
    }
    found = finders[noun](number)
    return None if found is None else int(found.deed_id)


def one_return(records: Records, number: str) -> Return | None:
    """A return by its number, or None."""
    with records.reading() as books:
        return books.returns.find(number)


def one_write_off(records: Records, number: str) -> WriteOffAnswer | None:
    """A write-off by its number, or None."""
    with records.reading() as books:
        found = books.write_offs.find(number)
        if found is None:
            return None
        flags = [flag for flag in books.flags.find([found.lot_id]) if flag["deed_id"] == found.deed_id]
        return WriteOffAnswer(found, flags, books.reversals.of(found.deed_id))


def one_flag(records: Records, flag_id: int) -> dict[str, Any] | None:
    """A flag by its id, or None."""
    with records.reading() as books:
        return books.flags.one(flag_id)
