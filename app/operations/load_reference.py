"""Load master data: rows are added or brought up to date; a factor version, once there, only ever gets a last day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from app.carbon.factors import Factor
from app.operations.problems import Invalid, Problem, Problems
from app.records.deeds import Doer
from app.records.master_data import FactorTaken
from app.records.unit import Books, Records


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
    return sum(books.master_data.put(sheet, row) for row in rows)


def load_factors(books: Books, factors: Sequence[Factor]) -> int:
    """Write versions of factors in an open unit of work; how many changed. Raises Invalid.

    Checked first, then written: last days before new versions, for the database looks at each row by itself.
    """
    kept = {(factor.key, factor.version): factor for factor in books.master_data.factors()}
    wanted = {(factor.key, factor.version): factor for factor in factors}
    _refuse_what_cannot_be(kept, factors)
    ended = [factor for name, factor in wanted.items() if name in kept and kept[name] != factor]
    added = [factor for name, factor in wanted.items() if name not in kept]
    for factor in ended:
        _write(books.master_data.end_factor, factor)
    for factor in added:
        _write(books.master_data.add_factor, factor)
    return len(ended) + len(added)


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
