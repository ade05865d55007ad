"""Load master data: rows are added or brought up to date; a factor version, once there, only ever gets a last day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from app.carbon.factors import Factor, japan_day
from app.operations.problems import Invalid, Problem, Problems
from app.records.deeds import Doer
from app.records.master_data import FactorTaken
from app.records.unit import Books, Records

Factors = Mapping[tuple[str, int], Factor]


@dataclass(frozen=True, slots=True)
class Sheets:
    """Master data read from files: keyed rows by sheet, factors, and the roadmap's lines as JSON."""

    rows: Mapping[str, Sequence[dict[str, Any]]]
    factors: Sequence[Factor]
    roadmap: Mapping[str, Sequence[str]]


def load_reference(records: Records, doer: Doer, sheets: Sheets) -> dict[str, int]:
    """Load sheets, all or nothing; returns how many rows of each changed. Raises Invalid."""
    with records.writing(doer) as books:
        changed = {name: _load_rows(books, name, rows) for name, rows in sheets.rows.items()}
        changed["factors"] = load_factors(books, sheets.factors)
        for name, lines in sheets.roadmap.items():
            changed[name] = _load_roadmap(books, name, lines)
        changed = {name: count for name, count in changed.items() if count}
        if changed:
            books.audit.add("load", "reference", ", ".join(sorted(changed)), changed)
            books.commit()
    return changed


def _load_rows(books: Books, sheet: str, rows: Sequence[dict[str, Any]]) -> int:
    return sum(_load_row(books, sheet, row) for row in rows)


def _load_row(books: Books, sheet: str, row: dict[str, Any]) -> bool:
    """Add a row or bring it up to date, and tell what it said before; that a new one came is told with all of them."""
    code = str(next(iter(row.values())))
    kept = books.master_data.row(sheet, code)
    if not books.master_data.put(sheet, row):
        return False
    if kept is not None:
        changed = {name: value for name, value in row.items() if kept.get(name) != value}
        books.audit.add("change", sheet, code, changed, {name: kept.get(name) for name in changed})
    return True


def load_factors(books: Books, factors: Sequence[Factor]) -> int:
    """Write versions of factors in an open unit of work; how many changed. Raises Invalid.

    Checked first, then written: last days before new versions, for the database looks at each row by itself.
    """
    kept = {(factor.key, factor.version): factor for factor in books.master_data.factors()}
    wanted = {(factor.key, factor.version): factor for factor in factors}
    _refuse_what_cannot_be(kept, factors)
    _refuse_what_has_been_used(books, kept, wanted)
    ended = [factor for name, factor in wanted.items() if name in kept and kept[name] != factor]
    added = [factor for name, factor in wanted.items() if name not in kept]
    for factor in ended:
        _write(books.master_data.end_factor, factor)
        before = {"valid_to": kept[factor.key, factor.version].valid_to}
        books.audit.add("end", "factor", factor.key, {"version": factor.version, "valid_to": factor.valid_to}, before)
    for factor in added:
        _write(books.master_data.add_factor, factor)
    return len(ended) + len(added)


def _refuse_what_has_been_used(books: Books, kept: Factors, wanted: Factors) -> None:
    """What was reckoned with a factor stays right: once there are deeds, another one may count from tomorrow on."""
    changes = [(factor, _counts_from(kept, factor)) for name, factor in wanted.items() if kept.get(name) != factor]
    begun = [(factor, day) for factor, day in changes if day is not None]
    last = books.deeds.last() if begun else None
    if last is None:
        return
    today = japan_day(max(last, books.doer.now))
    problems = Problems()
    for factor, day in begun:
        if day <= today:
            problems.add(("factors", factor.key), "factor_in_past", version=factor.version, day=today)
    problems.raise_any()


def _counts_from(kept: Factors, factor: Factor) -> date | None:
    """From which day on a version, or the end of one, changes what has been in force; None where nothing was."""
    before = kept.get((factor.key, factor.version))
    if before is not None:
        ends = [day for day in (before.valid_to, factor.valid_to) if day is not None]
        return min(ends) + timedelta(days=1) if ends else None
    others = [each for each in kept.values() if each.key == factor.key]
    return factor.valid_from if any(_overlap(each, factor) for each in others) else None


def _overlap(one: Factor, other: Factor) -> bool:
    ends = date.max
    return one.valid_from <= (other.valid_to or ends) and other.valid_from <= (one.valid_to or ends)


def _write(write: Callable[[Factor], None], factor: Factor) -> None:
    try:
        write(factor)
    except FactorTaken as error:
        raise Invalid([Problem(("factors", factor.key), "factor_at_once")]) from error


def _refuse_what_cannot_be(kept: Mapping[tuple[str, int], Factor], factors: Sequence[Factor]) -> None:
    problems = Problems()
    known = dict(kept)
    for factor in factors:
        before = known.get((factor.key, factor.version))
        if before and replace(before, valid_to=factor.valid_to) != factor:
            problems.add(("factors", factor.key), "factor_changed", version=factor.version)
            continue
        if factor.valid_to and factor.valid_to < factor.valid_from:
            problems.add(("factors", factor.key), "factor_ends_early", version=factor.version)
        known[factor.key, factor.version] = factor
    _refuse_overlaps(problems, list(known.values()))
    problems.raise_any()


def _refuse_overlaps(problems: Problems, factors: Sequence[Factor]) -> None:
    ordered = sorted(factors, key=lambda factor: (factor.key, factor.valid_from))
    for earlier, later in pairwise(ordered):
        if earlier.key == later.key and earlier.in_force(later.valid_from):
            problems.add(("factors", later.key), "factor_overlaps", version=later.version, other=earlier.version)


def _load_roadmap(books: Books, sheet: str, lines: Sequence[str]) -> int:
    """The roadmap is stored as published: once there, it is not loaded again."""
    if books.master_data.roadmap_lines(sheet):
        return 0
    for position, line in enumerate(lines, start=1):
        books.master_data.add_roadmap_line(sheet, position, line)
    return len(lines)
