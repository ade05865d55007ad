"""Labels printed: who printed which, and whether it was a reprint."""

from collections.abc import Sequence

from app.operations.again import tried_again
from app.operations.problems import Invalid, Problem
from app.records.deeds import Doer
from app.records.stock import LotView
from app.records.unit import Records

PRINTED = "print_label"


@tried_again
def print_labels(records: Records, doer: Doer, numbers: Sequence[str], layout: str) -> list[LotView]:
    """The lots whose labels are printed, and a row in the audit log for each. Raises Invalid."""
    with records.writing(doer) as books:
        found = [(number, books.stock.one(number)) for number in numbers]
        unknown = [Problem(("lots",), "unknown_lot", {"value": number}) for number, lot in found if lot is None]
        if unknown or not found:
            raise Invalid(unknown or [Problem(("lots",), "required")])
        for number, _ in found:
            again = books.audit_log.last(PRINTED, "lot", number) is not None
            books.audit.add(PRINTED, "lot", number, {"layout": layout, "again": again})
        books.commit()
    return [lot for _, lot in found if lot is not None]
