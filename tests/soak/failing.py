"""A write that fails in the middle of a deed: nothing is left of it, for each kind of deed, and then it is done."""

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, redirect_stderr
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from sqlalchemy import Engine, inspect

from app.lookups.ledger_check import check_ledger
from tests.house import House, opened
from tests.soak.databases import Place
from tests.soak.every_deed import Deed, prepare
from tests.soak.faults import ROOM, STATES, Disk, failing, refusing, with_small_pages
from tests.soak.figures import Figure, Tell

BROKE = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INTERNAL_SERVER_ERROR)
AUDIT = "audit_log"
# Written by the second of a certificate's two transactions: where that fails, the first stands and is gone on from.
SECOND = ("certificate_documents", "footprints")
# And what the first of them writes, by the deed it is part of.
RESERVED = frozenset({"certificates", "certificate_lines", "number_series"})
DISPATCHED = frozenset({"deeds", "dispatches", "dispatch_lines", "lots", "lot_edges"})
MOVED = frozenset({"lot_states", "lot_contents", "movements", "embodied_movements"})
ORDERED = DISPATCHED | MOVED | {"quotes", "reservations", "quote_certificates"}
TWO_PARTS = {"certificate": RESERVED, "certified order": RESERVED | ORDERED}
OF_ANY_DEED = {AUDIT, "outcomes"}
Dump = dict[str, Counter[str]]
Fault = tuple[str, AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Sizes:
    """``kinds``: how many kinds of deed, in the order they stand; None is all."""

    kinds: int | None = None


def failing_writes(place: Place, sizes: Sizes, seed: int, tell: Tell) -> list[Figure]:
    """Learn on one database what each deed writes; then, on another, make each of these writes fail."""
    # The service's log is of failures that are meant, and must not meet the limit on the files of this process.
    with redirect_stderr(io.StringIO()):
        return _failing_writes(place, sizes, tell)


def _failing_writes(place: Place, sizes: Sizes, tell: Tell) -> list[Figure]:
    learned = _learn(place)
    url = place.fresh()
    file = Path(url.removeprefix("sqlite:///"))
    if place.kind == "sqlite":
        with_small_pages(file)
    with opened(url, place.folder) as house:
        deeds = list(prepare(house).items())[: sizes.kinds]
        trial = Trial(house, file, Disk(house.records.engine, file) if place.kind == "sqlite" else None)
        for name, deed in deeds:
            trial.try_deed(name, deed, learned[name])
        left_reserved = sum("reserved" in row for row in _dump(house.records.engine)["certificates"])
        differences = check_ledger(house.records).differences
    for line in trial.found:
        tell(line)
    return [
        Figure("kinds of deed", len(deeds)),
        *(Figure(f"writes that failed, {fault}", count) for fault, count in sorted(trial.faults.items())),
        Figure("failures that were not felt, or left something", len(trial.found), 0),
        Figure("deeds not done once the fault was gone", len(trial.undone), 0),
        Figure("certificates half-way that the same key finished", trial.half_way),
        Figure("certificates left reserved", left_reserved, 0),
        Figure("differences found by ledger check", len(differences), 0),
    ]


def _learn(place: Place) -> dict[str, list[str]]:
    """The tables that each deed writes new rows into, the audit log first."""
    learned = {}
    with opened(place.fresh(), place.folder) as house:
        for name, deed in prepare(house).items():
            before = _dump(house.records.engine)
            assert deed(house) == HTTPStatus.CREATED, name
            after = _dump(house.records.engine)
            written = [table for table in after if after[table].total() > before[table].total()]
            learned[name] = sorted(written, key=lambda table: (table in SECOND, table))
            assert AUDIT in written, f"{name} left no row in the audit log"
    return learned


def _dump(engine: Engine) -> Dump:
    """Every row of every table."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return {
            table: Counter(str(tuple(row)) for row in connection.exec_driver_sql(f"SELECT * FROM {table}"))
            for table in tables
        }


class Trial:
    """Deeds tried under every fault there is, on one database."""

    def __init__(self, house: House, file: Path, disk: Disk | None) -> None:
        self._house, self._file, self._disk = house, file, disk
        self._engine = house.records.engine
        self.faults: Counter[str] = Counter()
        self.found: list[str] = []
        self.undone: list[str] = []
        self.half_way = 0

    def try_deed(self, name: str, deed: Deed, tables: list[str]) -> None:
        """Under each fault nothing may be left; without one the same deed is done."""
        kept = _dump(self._engine)
        for fault, broken in self._faults(tables):
            with broken:
                answer = deed(self._house)
            kept = self._look(name, fault, answer, kept)
        if self._disk is not None:
            self._disk.fill()
            self._with_ever_more_room(name, deed, self._disk)
        answer = deed(self._house)
        if answer != HTTPStatus.CREATED:
            self.undone.append(f"{name}: {answer}")

    def _faults(self, tables: list[str]) -> Iterator[Fault]:
        yield "audit row refused", refusing(self._engine, AUDIT)
        for table in tables:
            if self._disk is not None:
                yield "row refused", refusing(self._engine, table)
            else:
                yield from ((fault, refusing(self._engine, table, state)) for fault, state in STATES.items())
        if self._disk is not None:
            yield "I/O error", failing(self._file)

    def _with_ever_more_room(self, name: str, deed: Deed, disk: Disk) -> None:
        """A disk that is full at another point of the deed each time, until all of it fits."""
        kept = _dump(self._engine)
        for room in ROOM:
            with disk.full(room):
                answer = deed(self._house)
            if answer == HTTPStatus.CREATED and room:
                return
            kept = self._look(name, "disk full", answer, kept)

    def _look(self, name: str, fault: str, answer: int, kept: Dump) -> Dump:
        """Whether a failure was told and left nothing; what is in the tables now."""
        self.faults[fault] += 1
        now = _dump(self._engine)
        if answer not in BROKE:
            self.found.append(f"{name}: {fault}: answered {answer}")
        if now == kept:
            return kept
        if name in TWO_PARTS and (_is_reservation(kept, now, TWO_PARTS[name]) or _is_issue(kept, now)):
            self.half_way += 1
            return now
        changed = {table: (now[table] - kept[table], kept[table] - now[table]) for table in now}
        self.found.append(f"{name}: {fault}: left {[(t, c) for t, c in changed.items() if any(c)]}")
        return now


def _is_issue(before: Dump, after: Dump) -> bool:
    """Whether the second of them stands, whole, and only the memory of its answer is missing: the key tells it then."""
    new = {table: after[table] - before[table] for table in after}
    written = {table for table, counted in new.items() if counted}
    return written == {"certificates", *SECOND, AUDIT} and new[SECOND[0]].total() == 1


def _is_reservation(before: Dump, after: Dump, first: frozenset[str]) -> bool:
    """Whether the first of a certificate's two transactions stands, whole, and nothing else."""
    new = {table: after[table] - before[table] for table in after}
    rows = [row for row in new["certificates"] if "'reserved'" in row]
    written = {table for table, counted in new.items() if counted}
    return len(rows) == 1 and written - OF_ANY_DEED == first
