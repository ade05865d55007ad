"""Master data as files: the project's own in ``app/reference``, or a company's own of the same form."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from io import StringIO
from typing import Any, TypeVar

from app.carbon.factors import Factor
from app.ledger.grams import grams_from_kilograms
from app.operations.load_reference import Sheets

Read = TypeVar("Read")
Made = TypeVar("Made")
FIRST_ROW = 2  # below the names of the columns, as a spreadsheet counts
SAME_DOCUMENT = "同"
SECTION = re.compile(r"[0-9]+-[0-9]+ ")
ROADMAP = ("roadmap", "roadmap_measures")
KEYED = {
    "customers": ("code", "name_ja", "name_en", "name_public"),
    "sites": ("code", "name_ja", "name_en", "does"),
    "alloys": ("code", "alias", "series", "form", "note"),
    "scrap_classes": ("code", "name_ja", "name_en", "counts"),
    "items": (
        "code",
        "name_ja",
        "name_en",
        "counter_ja",
        "unit_factor",
        "unit_divisor",
        "plausible_min_kg",
        "plausible_max_kg",
        "scrap_classes",
        "note",
    ),
    "step_rules": ("step", "name_ja", "inputs", "outputs", "yield_min", "yield_max", "note"),
    "flag_rules": ("key", "threshold", "unit", "note"),
}
# The company's published ones, and those of bought energy, which are no part of its roadmap.
FACTOR_SHEETS = ("factors", "energy_factors")
FACTOR_COLUMNS = ("key", "value", "unit", "version", "valid_from", "valid_to", "source", "note")
_OPTIONAL = {"alias", "series", "form", "note", "counter_ja", "unit_factor", "unit_divisor"}


class BadReferenceFile(ValueError):
    """A file that is not master data: which one, and why, as a reason with its values."""

    def __init__(self, sheet: str, reason: str, **values: object) -> None:
        super().__init__(f"{sheet}: {reason}")
        self.sheet, self.reason, self.values = sheet, reason, values


class _BadCell(ValueError):
    """A cell that cannot be what its column holds."""

    def __init__(self, column: str, reason: str = "cell") -> None:
        super().__init__(column)
        self.column, self.reason = column, reason


def own_files() -> list[tuple[str, str]]:
    """(sheet, text) of the files that the product carries."""
    folder = files("app.reference")
    return [(name, folder.joinpath(f"{name}.csv").read_text("utf-8")) for name in (*KEYED, *FACTOR_SHEETS, *ROADMAP)]


def own_slips() -> bytes:
    """The demonstration's file of weighing slips, as a yard exported it."""
    return files("app.reference").joinpath("weighing_slips_2026-10.csv").read_bytes()


def decoded(sheet: str, file: bytes) -> str:
    """The text of a file. Raises BadReferenceFile."""
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadReferenceFile(sheet, "not_utf_8") from error


def read_sheets(named_texts: Iterable[tuple[str, str]]) -> Sheets:
    """Read files given as (sheet, text). Raises BadReferenceFile."""
    rows: dict[str, list[dict[str, Any]]] = {}
    factors: list[Factor] = []
    roadmap: dict[str, list[str]] = {}
    for sheet, text in named_texts:
        table = _table(sheet, text)
        if sheet in ROADMAP:
            roadmap[sheet] = [json.dumps(row, ensure_ascii=False) for row in table]
        elif sheet in FACTOR_SHEETS:
            factors += _each(sheet, _with_full_sources(table), _factor)
        else:
            rows[sheet] = _each(sheet, table, _row)
    return Sheets(rows, factors, roadmap)


def _table(sheet: str, text: str) -> list[dict[str, str]]:
    expected: Sequence[str] | None = FACTOR_COLUMNS if sheet in FACTOR_SHEETS else KEYED.get(sheet)
    if expected is None and sheet not in ROADMAP:
        raise BadReferenceFile(sheet, "no_such_sheet", sheets=(*KEYED, *FACTOR_SHEETS, *ROADMAP))
    try:
        reader = csv.DictReader(StringIO(text.removeprefix("\ufeff")), strict=True)
        columns, table = list(reader.fieldnames or []), list(reader)
    except csv.Error as error:
        raise BadReferenceFile(sheet, "not_csv") from error
    if expected is not None and columns != list(expected):
        raise BadReferenceFile(sheet, "columns", columns=tuple(expected))
    for at, row in enumerate(table, start=FIRST_ROW):
        if None in row or None in row.values():
            raise BadReferenceFile(sheet, "cells", row=at)
    return table


def _each(sheet: str, table: Iterable[dict[str, str]], read: Callable[[dict[str, str]], Made]) -> list[Made]:
    """Every row of a sheet, read. Raises BadReferenceFile, which names the row and the column."""
    made = []
    for at, row in enumerate(table, start=FIRST_ROW):
        try:
            made.append(read(row))
        except _BadCell as error:
            where = {"row": at, "column": error.column, "value": row[error.column]}
            raise BadReferenceFile(sheet, error.reason, **where) from error
    return made


def _cell(row: dict[str, str], column: str, read: Callable[[str], Read]) -> Read:
    try:
        return read(row[column])
    except (ValueError, KeyError) as error:
        raise _BadCell(column) from error


def _with_full_sources(table: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """A source that says 同 (the same document) stands alone on a certificate, so the document is named in each."""
    document = ""
    for row in table:
        said, separator, clause = row["source"].partition(" ")
        if said == SAME_DOCUMENT and separator:
            yield {**row, "source": f"{document} {clause}"}
            continue
        if SECTION.match(clause):
            document = said
        yield row


def _factor(row: dict[str, str]) -> Factor:
    factor = Factor(
        key=row["key"],
        value=row["value"],
        unit=row["unit"],
        version=_cell(row, "version", int),
        valid_from=_cell(row, "valid_from", date.fromisoformat),
        valid_to=_cell(row, "valid_to", date.fromisoformat) if row["valid_to"] else None,
        source=row["source"],
        note=row["note"],
    )
    if _cell(row, "value", lambda _: factor.exact) <= 0:
        raise _BadCell("value", "not_above_zero")
    return factor


def _row(row: dict[str, str]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, text in row.items():
        if name.endswith("_kg"):
            read[name.removesuffix("_kg") + "_g"] = _cell(row, name, grams_from_kilograms) if text else None
        elif name == "name_public":
            read[name] = _cell(row, name, lambda text: {"yes": True, "no": False}[text])
        else:
            read[name] = text or (None if name in _OPTIONAL else "")
    return read
