"""Master data as the doors need it: what things are called."""

from collections.abc import Mapping, Sequence
from typing import Any

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
