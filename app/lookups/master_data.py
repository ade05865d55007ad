"""Master data as the doors need it: what things are called."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.carbon.factors import Factor, FactorSet, in_force, japan_day
from app.records.unit import Records

SHEETS = ("customers", "items", "scrap_classes", "alloys", "sites")


def called(records: Records) -> dict[str, Sequence[Mapping[str, Any]]]:
    """The rows of every sheet that a weighing slip names things from."""
    with records.reading() as books:
        return {sheet: list(books.master_data.sheet(sheet).values()) for sheet in SHEETS}


def books_are_empty(records: Records) -> bool:
    """Whether no lot was ever registered."""
    with records.reading() as books:
        return not books.stock.any_lot()


def named_rows(records: Records, sheet: str) -> Mapping[str, Mapping[str, Any]]:
    """The rows of one sheet by code."""
    with records.reading() as books:
        return books.master_data.sheet(sheet)


def factors_on(records: Records, moment: datetime) -> FactorSet:
    """The factors in force on the Japanese day of a moment."""
    with records.reading() as books:
        return in_force(books.master_data.factors(), japan_day(moment))


def all_factors(records: Records) -> Sequence[Factor]:
    """Every version of every factor."""
    with records.reading() as books:
        return books.master_data.factors()
