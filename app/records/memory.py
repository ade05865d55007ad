"""What a process remembers of the master data, for as long as nobody anywhere has changed it; and digests of documents.

Every unit of work reads the mark that the database draws anew with each change, in its own transaction: what it is
given is what it would have read itself, whoever changed the sheets, and by whatever program.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.carbon.factors import Factor
from app.records.digests import Digests

SheetRow = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheets:
    """All master data of one state: rows by sheet and code, and every version of every factor. Shared: read only."""

    rows: Mapping[str, Mapping[str, SheetRow]]
    factors: Sequence[Factor]


class Memory:
    """The sheets of the mark that was last met; one for each process and database."""

    def __init__(self) -> None:
        self._known: tuple[str, Sheets] | None = None
        self.digests = Digests()

    def sheets_at(self, mark: str | None, read: Callable[[], tuple[Sheets, str | None]]) -> Sheets:
        """The sheets of a mark, read where it is not the one that is remembered.

        They are remembered only where the mark stayed the same meanwhile. A mark is drawn at random: that of a change
        which was undone is never met again, so what was read within it does no harm.
        """
        known = self._known
        if known is not None and known[0] == mark:
            return known[1]
        sheets, after = read()
        if mark is not None and mark == after:
            self._known = (mark, sheets)
        return sheets
