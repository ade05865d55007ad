"""One row of a slip file to the command that registers it, or to its faults, all of them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from app.operations.register_scrap import RegisterScrap
from app.schemas.weighing_slips import cells
from app.schemas.weighing_slips.dates import weighed_at
from app.schemas.weighing_slips.header import Column
from app.schemas.weighing_slips.limits import LONGEST_BAY, LONGEST_CELL, LONGEST_VEHICLE
from app.schemas.weighing_slips.names import Names
from app.schemas.weighing_slips.reasons import Fault, Reason, Wrong

_LONGEST_SHOWN = 40
_VEHICLE = partial(cells.plain_text, LONGEST_VEHICLE)
_BAY = partial(cells.plain_text, LONGEST_BAY)

T = TypeVar("T")


class RowReading:
    """A row being read: a reader is called for each cell, and what it refuses is kept as a fault."""

    def __init__(self, row: int, texts: Mapping[Column, str]) -> None:
        self.row = row
        self.faults: list[Fault] = []
        self._texts = texts

    def required(self, column: Column, read: Callable[[str], T]) -> T | None:
        """The value of a cell; None where it is blank or refused, with a fault."""
        if not self._texts.get(column):
            self.refuse(column, Reason.MISSING)
            return None
        return self.optional(column, read)

    def optional(self, column: Column, read: Callable[[str], T], blank: T | None = None) -> T | None:
        """The value of a cell; ``blank`` where it is blank; None where it is refused, with a fault."""
        written = self._texts.get(column)
        if not written:
            return blank
        if len(written) > LONGEST_CELL:
            self.refuse(column, Reason.TOO_LONG, most=LONGEST_CELL)
            return None
        try:
            return read(written)
        except Wrong as wrong:
            self.refuse(column, wrong.reason, **wrong.values)
            return None

    def refuse(self, column: Column, reason: Reason, **values: object) -> None:
        """Keep a fault of the cell in this column."""
        written = shown(self._texts.get(column, ""))
        self.faults.append(Fault(self.row, column.value, reason, {"written": written, **values}))


class SlipReader:
    """Reads the rows of one file, in order: of two equal slips at a site it refuses the later."""

    def __init__(self, names: Names) -> None:
        self._item_classes = names.item_classes
        self._customer = partial(cells.code, names.customers)
        self._item = partial(cells.code, names.items)
        self._scrap_class = partial(cells.code, names.scrap_classes)
        self._alloy = partial(cells.code, names.alloys)
        self._site = partial(cells.code, names.sites)
        self._first_rows: dict[tuple[str, str], int] = {}

    def read(self, reading: RowReading) -> RegisterScrap | None:
        """The command of a row, or None and the faults in ``reading``."""
        fields: dict[str, Any] = {
            "number": None,
            "slip_number": reading.required(Column.SLIP_NUMBER, cells.slip_number),
            "weighed_at": reading.required(Column.WEIGHED_AT, weighed_at),
            "customer": reading.required(Column.CUSTOMER, self._customer),
            "item": reading.required(Column.ITEM, self._item),
            "units": reading.required(Column.UNITS, cells.units),
            "vehicle": reading.optional(Column.VEHICLE, _VEHICLE),
            **_masses(reading),
            "alloy": reading.required(Column.ALLOY, self._alloy),
            "scrap_class": reading.required(Column.SCRAP_CLASS, self._scrap_class),
            "site": reading.required(Column.SITE, self._site),
            "bay": reading.optional(Column.BAY, _BAY),
        }
        self._require_first(reading, fields["site"], fields["slip_number"])
        self._require_class_of_item(reading, fields["item"], fields["scrap_class"])
        return None if reading.faults else RegisterScrap(**fields)

    def _require_first(self, reading: RowReading, site: str | None, slip_number: str | None) -> None:
        if site is None or slip_number is None:
            return
        first_row = self._first_rows.get((site, slip_number))
        if first_row is None:
            self._first_rows[site, slip_number] = reading.row
        else:
            reading.refuse(Column.SLIP_NUMBER, Reason.DUPLICATE, first_row=first_row, site=site)

    def _require_class_of_item(self, reading: RowReading, item: str | None, scrap_class: str | None) -> None:
        if item is None or scrap_class is None:
            return
        if scrap_class not in self._item_classes.get(item, ()):
            reading.refuse(Column.SCRAP_CLASS, Reason.NOT_ITS_CLASS, item=item)


def shown(written: str) -> str:
    """A cell's text as a sentence repeats it: not too long, and nothing in it that would move the cursor."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in written[:_LONGEST_SHOWN])


def _masses(reading: RowReading) -> dict[str, int | None]:
    gross_g = reading.required(Column.GROSS, cells.positive_mass_g)
    tare_g = reading.required(Column.TARE, cells.mass_g)
    deduction_g = reading.optional(Column.DEDUCTION, cells.mass_g, 0)
    stated_net_g = reading.optional(Column.NET, cells.mass_g)
    masses = {"gross_g": gross_g, "tare_g": tare_g, "deduction_g": deduction_g}
    if gross_g is None or tare_g is None or deduction_g is None:
        return masses
    net_g = gross_g - tare_g - deduction_g
    if net_g <= 0:
        reading.refuse(Column.GROSS, Reason.NOT_ABOVE_TARE, **masses)
    elif stated_net_g not in (None, net_g):
        reading.refuse(Column.NET, Reason.DOES_NOT_ADD_UP, net_g=net_g)
    return masses
