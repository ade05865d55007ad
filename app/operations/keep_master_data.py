"""Master data changed by hand: a row at a time, with what it said before in the audit log."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.carbon.factors import Factor
from app.operations.again import tried_again
from app.operations.load_reference import load_factors
from app.operations.problems import Invalid, NotFound, Problem, Problems
from app.operations.seen import require_seen
from app.records.deeds import Doer
from app.records.master_data import RowTaken
from app.records.unit import Books, Records

EDITED = ("customers", "sites", "items")
# What a new row has where the form does not ask: an item is given its unit factor by a file, with the factor's source.
NEW = {"items": {"unit_factor": None, "unit_divisor": None}}


@tried_again
def keep_row(records: Records, doer: Doer, sheet: str, row: dict[str, Any], new: bool, seen: str | None = None) -> None:
    """Add a row of a sheet, or change one that stands as it was ``seen`` (``app.operations.seen.mark``).

    The code of one is never changed. Raises Invalid (code_taken, changed_meanwhile), NotFound.
    """
    code = str(row["code"])
    with records.writing(doer) as books:
        kept = books.master_data.hold(sheet, code)
        problems = Problems()
        if new and kept is not None:
            problems.add(("code",), "code_taken", value=code)
        problems.raise_any()
        if not new and kept is None:
            raise NotFound("row", code)
        require_seen(seen, kept or {})
        row = (kept or NEW.get(sheet, {})) | row
        if _written(books, sheet, row, new):
            changed = {name: text for name, text in row.items() if kept is None or kept[name] != text}
            before = {name: kept[name] for name in changed} if kept else None
            books.audit.add("change" if kept else "add", sheet, code, changed, before)
            books.commit()


def _written(books: Books, sheet: str, row: dict[str, Any], new: bool) -> bool:
    """Whether there was anything to write."""
    if not new:
        return books.master_data.put(sheet, row)
    try:
        books.master_data.add(sheet, row)
    except RowTaken as error:  # at the same time as somebody else
        raise Invalid([Problem(("code",), "code_taken", {"value": row["code"]})]) from error
    return True


@tried_again
def add_factor_version(records: Records, doer: Doer, wanted: Factor) -> int:
    """Add a version of a factor from a day on; the open one before it ends the day before. Returns its version.

    Raises Invalid (factor_overlaps, factor_ends_early, no_such_factor, factor_in_past).
    """
    with records.writing(doer) as books:
        known = [factor for factor in books.master_data.factors() if factor.key == wanted.key]
        problems = Problems()
        if not known:
            problems.add(("key",), "no_such_factor", value=wanted.key)
        problems.raise_any()
        added = replace(wanted, version=max(factor.version for factor in known) + 1, unit=known[-1].unit)
        ended = [_ended(factor, wanted.valid_from) for factor in known if _is_open(factor, wanted.valid_from)]
        load_factors(books, [*ended, added])
        told = {"version": added.version, "value": added.value, "valid_from": added.valid_from}
        books.audit.add("add", "factor", added.key, told, {"version": known[-1].version, "value": known[-1].value})
        books.commit()
    return added.version


def _is_open(factor: Factor, day: date) -> bool:
    return factor.valid_to is None and factor.valid_from < day


def _ended(factor: Factor, day: date) -> Factor:
    return replace(factor, valid_to=day - timedelta(days=1))
