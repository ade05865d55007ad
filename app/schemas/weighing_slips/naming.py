"""The names of the master data, folded, for reading files."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.schemas.weighing_slips.names import Names, fold

NAMING = ("code", "name_ja", "name_en", "alias")


def names_of(sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> Names:
    """What yards may call the rows of the master data: code, Japanese and English name, alias."""
    return Names(
        customers=_folded(sheets["customers"]),
        items=_folded(sheets["items"]),
        scrap_classes=_folded(sheets["scrap_classes"]),
        alloys=_folded(sheets["alloys"]),
        sites=_folded(sheets["sites"]),
        item_classes={row["code"]: frozenset(row["scrap_classes"].split()) for row in sheets["items"]},
    )


def _folded(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {fold(row[name]): row["code"] for row in rows for name in NAMING if row.get(name)}
