"""Undo a whole import, all of it or nothing, while nobody has used any of its metal."""

from app.ledger.refusals import Code, Refused
from app.operations.again import tried_again
from app.operations.problems import NotFound
from app.operations.reverse import reverse_within
from app.records.deeds import Doer
from app.records.unit import Records


@tried_again
def undo_import(records: Records, doer: Doer, import_id: int, reason: str) -> int:
    """Reverse every lot of an import that still stands; how many that were. Raises NotFound, Refused.

    A lot that was reversed by itself before stays so. The same file may be imported again afterwards.
    """
    with records.writing(doer) as books:
        found = books.lists.one_import(import_id)
        if found is None:
            raise NotFound("import", str(import_id))
        numbers = [lot["number"] for lot in books.lists.lots_of_import(import_id) if lot["live"]]
        if not numbers:
            raise Refused(Code.ALREADY_REVERSED, "import", number=found["file_name"])
        books.lots.hold(numbers)  # all of them before any is changed, in the order of everybody else
        for number in numbers:
            reverse_within(books, "lot", number, reason)
        books.audit.add("undo", "file", found["file_name"], {"lots": len(numbers), "reason": reason})
        books.commit()
    return len(numbers)
