"""Take a file of weighing slips in, all or nothing; the same slips a second time change nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.operations.again import tried_again
from app.operations.collecting import uncollected
from app.operations.register_scrap import Progress, RegisterScrap, check_slips, register_slips, untold
from app.records.deeds import Doer
from app.records.unit import Records, Shelves


@dataclass(frozen=True, slots=True)
class SlipsToImport:
    """A file that was read without a fault. ``fingerprint`` is of what its rows say, not of its bytes."""

    file_name: str
    fingerprint: str
    slips: tuple[RegisterScrap, ...]

    @property
    def mass_g(self) -> int:
        return sum(slip.net_g for slip in self.slips)


@dataclass(frozen=True, slots=True)
class Imported:
    """New lots and their flags; or, where these slips were imported before, when and as which file.

    Of an import that was only tried the lots have no numbers yet: those of their slips stand for them.
    """

    lots: tuple[str, ...]
    mass_g: int
    flags: tuple[tuple[str, str], ...]
    before: tuple[str, datetime, int] | None = None


class SlipsTaken(Exception):
    """Slips of the file that live lots already have, by their positions among the slips."""

    def __init__(self, taken: Sequence[int]) -> None:
        super().__init__(f"{len(taken)} slips are registered already")
        self.taken = tuple(taken)


@uncollected()
def try_import(records: Records, doer: Doer, wanted: SlipsToImport) -> Imported:
    """What importing slips would come to, as the books stand; nobody who writes waits for it.

    Raises Invalid, Refused, SlipsTaken.
    """
    with records.reading() as books:
        if before := _imported_before(books, wanted):
            return before
        numbers = tuple(slip.slip_number for slip in wanted.slips)
        flags = check_slips(books, wanted.slips, doer.now)
    return Imported(numbers, wanted.mass_g, tuple(sorted((numbers[at], rule) for at, rule in flags)))


def _imported_before(books: Shelves, wanted: SlipsToImport) -> Imported | None:
    before = books.entries.import_of(wanted.fingerprint)
    if before:
        return Imported((), 0, (), before)
    if taken := _taken(books, wanted.slips):
        raise SlipsTaken(taken)
    return None


@tried_again
@uncollected()
def import_slips(records: Records, doer: Doer, wanted: SlipsToImport, progress: Progress = untold) -> Imported:
    """Import slips, telling ``progress`` how many are written. Raises Invalid, Refused, SlipsTaken."""
    with records.writing(doer) as books:
        if before := _imported_before(books, wanted):
            return before
        import_id = books.entries.add_import(
            fingerprint=wanted.fingerprint,
            file_name=wanted.file_name,
            lots=len(wanted.slips),
            mass_g=wanted.mass_g,
            recorded_at=doer.now,
            person=doer.person,
        )
        done = register_slips(books, wanted.slips, import_id, progress)
        told = {"lots": len(done.numbers), "mass_g": wanted.mass_g, "fingerprint": wanted.fingerprint}
        books.audit.add("import", "file", wanted.file_name, told)
        books.commit()
    flags = tuple(sorted((done.numbers[at], rule) for at, rule in done.flags))
    return Imported(tuple(done.numbers), wanted.mass_g, flags)


def _taken(books: Shelves, slips: Sequence[RegisterScrap]) -> list[int]:
    """Positions of slips that live lots already have."""
    live = {
        (site, number)
        for site in sorted({slip.site for slip in slips})
        for number in books.entries.live_slips(site, [slip.slip_number for slip in slips if slip.site == site])
    }
    return [i for i, slip in enumerate(slips) if (slip.site, slip.slip_number) in live]
