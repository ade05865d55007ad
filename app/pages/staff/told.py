"""What is wrong, as a page says it: in the words of the page, with names instead of codes, days and figures as read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.current import locale, service
from app.ledger.grams import Fault
from app.ledger.refusals import Refused
from app.lookups.master_data import named_rows
from app.operations.problems import Problem
from app.pages.staff.figures import day, kg, when
from app.schemas import fields
from app.schemas.amounts import BOTH_OF_TWO, ONE_OF_TWO
from app.schemas.certificates import DELIVERIES_OR_DISPATCH
from app.wording.catalogue import marked
from app.wording.problems import field_sentence, refusal_sentence

# A program reads the names of the contract's fields and how a value is written; a person reads labels.
ON_PAGES: Mapping[str, str] = {
    ONE_OF_TWO: marked("Give the mass, or the units where the lot is counted in units."),
    BOTH_OF_TWO: marked("Give only one of the two: the mass or the units."),
    DELIVERIES_OR_DISPATCH: marked("Choose at least one delivery."),
    fields.MASS_FAULTS[Fault.NOT_A_NUMBER]: marked("Give kilograms in figures, such as 5003 or 0.125."),
    fields.QUANTITY_FAULTS[Fault.NOT_A_NUMBER]: marked("Give figures, such as 1200 or 85.5."),
    fields.NOT_A_MOMENT: marked("Give a day and a time."),
    fields.NOT_A_LIST: marked("Give at least one, and at most 500."),
}
PLACES = ("site", "place")  # what sentences call the code of a site


def told(problem: Problem) -> str:
    """What is wrong with a field."""
    return field_sentence(locale(), ON_PAGES.get(problem.reason, problem.reason), _as_read(problem.values))


def refused(error: Refused) -> str:
    """Why the ledger refuses."""
    return refusal_sentence(locale(), error.code.value, error.reason, _as_read(error.values))


def _as_read(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _shown(name, value) for name, value in values.items()}


def _shown(name: str, value: Any) -> object:
    if isinstance(value, datetime):
        return when(locale(), value)
    if isinstance(value, date):
        return day(locale(), value)
    if name.endswith("_g") and isinstance(value, int):
        return kg(value)
    if name in PLACES or name == "customer":
        return _called("sites" if name in PLACES else "customers", value)
    return value


def _called(sheet: str, code: Any) -> object:
    """What a site or customer is called; the code where there is no such row."""
    row = named_rows(service().records, sheet).get(code)
    return (row["name_ja"] if locale() == "ja" else row["name_en"] or row["name_ja"]) if row else code
