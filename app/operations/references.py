"""Master data as a deed needs it: looked up once, and what it does not know becomes a problem of a field."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from app.carbon.avoided import UnitFactor
from app.carbon.factors import FactorSet, in_force, japan_day
from app.ledger.lots import Kind
from app.ledger.transformations import StepKind, StepRule
from app.operations.problems import Path, Problems
from app.records.unit import Shelves


class References:
    """The master data of one unit of work."""

    def __init__(self, books: Shelves) -> None:
        self._books = books
        self._sets: dict[date, FactorSet] = {}
        self._per_unit: dict[tuple[str, date], Fraction | None] = {}
        self.problems = Problems()

    def sheet(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """All rows of a sheet by code."""
        return self._books.master_data.sheet(name)

    def factors_at(self, moment: datetime) -> FactorSet:
        """The factors in force on the Japanese day of a moment."""
        day = japan_day(moment)
        if day not in self._sets:
            self._sets[day] = in_force(self._books.master_data.factors(), day)
        return self._sets[day]

    def require(self, sheet: str, code: str | None, path: Path) -> str:
        """The code of a row that is there; an unknown one becomes a problem of its field."""
        rows = self.sheet(sheet)
        if code is None or code not in rows:
            self.problems.add(path, f"unknown_{sheet}", value=code)
            return code or ""
        return code

    def require_item(self, code: str | None, path: Path) -> None:
        """A product is of an item: one that is not named is told otherwise than one that is not there."""
        if code is None:
            self.problems.add(path, "no_item_given")
        else:
            self.require("items", code, path)

    def alloy(self, written: str, path: Path) -> str:
        """The code of an alloy by its code or alias."""
        for code, row in self.sheet("alloys").items():
            if written in (code, row["alias"]):
                return code
        self.problems.add(path, "unknown_alloys", value=written)
        return written

    def unit_factor(self, item: str | None) -> UnitFactor | None:
        """How avoided CO2 is counted per unit of an item, None where it is sold by the kilogram."""
        row = self.sheet("items").get(item or "")
        if not row or not row["unit_factor"]:
            return None
        return UnitFactor(row["unit_factor"], row["unit_divisor"])

    def grams_per_unit(self, item: str, moment: datetime) -> Fraction | None:
        """Grams of CO2e that a unit of an item stands for on the Japanese day of a moment, None where it has none."""
        at = (item, japan_day(moment))
        if at not in self._per_unit:
            unit_factor = self.unit_factor(item)
            self._per_unit[at] = unit_factor.grams_per_unit(self.factors_at(moment)) if unit_factor else None
        return self._per_unit[at]

    def step_rule(self, kind: StepKind) -> StepRule:
        """Which kinds a step takes and makes."""
        row = self.sheet("step_rules")[kind.value]
        return StepRule(kind, _kinds(row["inputs"]), _kinds(row["outputs"]))

    def not_in_future(self, moment: datetime, now: datetime, path: Path) -> None:
        """A deed that has not happened yet is a problem of its time."""
        if moment > now:
            self.problems.add(path, "in_future", value=moment)


def _kinds(codes: Iterable[str] | str) -> frozenset[Kind]:
    return frozenset(Kind(code) for code in str(codes).split())
