"""Flagged metal goes no further until another person has accepted the flag (domain.md, "Flags")."""

from collections.abc import Iterable

from app.ledger.refusals import Code, Refused
from app.operations.held_back import let_lapse
from app.records.lots import Held
from app.records.unit import Books


def require_unflagged(books: Books, held: Iterable[Held]) -> None:
    """Refuse metal with an open flag on it (flag_open); what was held for a quote until yesterday is free again."""
    held = list(held)
    let_lapse(books, held)
    for lot, rule, flag_id in books.flags.open_on([each.id for each in held]):
        raise Refused(Code.FLAG_OPEN, lot=lot, rule=rule, flag=flag_id)
