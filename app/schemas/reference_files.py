"""Master data as files: the project's own in ``app/reference``, or a company's own of the same form."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from io import StringIO
from typing import Any

from app.carbon.factors import Factor
from app.ledger.grams import grams_from_kilograms
from app.operations.load_reference import Sheets

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
    """A file that is not master data; the message names it and why."""


def own_files() -> list[tuple[str, str]]:
    """(sheet, text) of the files that the product carries."""
    folder = files("app.reference")
    return [(name, folder.joinpath(f"{name}.csv").read_text("utf-8")) for name in (*KEYED, *FACTOR_SHEETS, *ROADMAP)]


def own_slips() -> bytes:
    """The demonstration's file of weighing slips, as a yard exported it."""
    return files("app.reference").joinpath("weighing_slips_2026-10.csv").read_bytes()


def read_sheets(named_texts: Iterable[tuple[str, str]]) -> Sheets:
    """Read files given as (sheet, text). Raises BadReferenceFile."""
    rows: dict[str, list[dict[str, Any]]] = {}
    factors: list[Factor] = []
    roadmap: dict[str, list[str]] = {}
    for sheet, text in named_texts:
        try:
            table = _table(sheet, text)
            if sheet in ROADMAP:
                roadmap[sheet] = [json.dumps(row, ensure_ascii=False) for row in table]
            elif sheet in FACTOR_SHEETS:
                factors += [_factor(row) for row in _with_full_sources(table)]
            else:
                rows[sheet] = [_row(row) for row in table]
        except (ValueError, KeyError, csv.Error) as error:
            raise BadReferenceFile(f"{sheet}: {error}") from error
    return Sheets(rows, factors, roadmap)


def _table(sheet: str, text: str) -> list[dict[str, str]]:
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff")), strict=True)
    expected: Sequence[str] | None = FACTOR_COLUMNS if sheet in FACTOR_SHEETS else KEYED.get(sheet)
    if expected is None and sheet not in ROADMAP:
        raise ValueError("no such sheet")
    if expected is not None and list(reader.fieldnames or []) != list(expected):
        raise ValueError(f"the columns must be {', '.join(expected)}")
    return list(reader)


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
        version=int(row["version"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        source=row["source"],
        note=row["note"],
    )
    if factor.exact <= 0:
        raise ValueError(f"{factor.key} must be above zero")
    return factor


def _row(row: dict[str, str]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, text in row.items():
        if name.endswith("_kg"):
            read[name.removesuffix("_kg") + "_g"] = grams_from_kilograms(text) if text else None
        elif name == "name_public":
            read[name] = {"yes": True, "no": False}[text]
        else:
            read[name] = text or (None if name in _OPTIONAL else "")
    return read
