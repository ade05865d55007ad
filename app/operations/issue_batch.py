"""Issue certificates by the row (証明書の一括発行): a list of them, each in transactions of its own.

A row that was done before is known by the certificate itself: a live one that states exactly its deliveries for its
customer with its words. Nothing else is remembered that could disagree with the books, and a list can be taken up
again after any end of any process, or by several at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.ledger.refusals import Code, Refused
from app.operations.issue_certificate import IssueCertificate, Issuer, issue_certificate
from app.operations.press import Press
from app.operations.problems import Invalid, Problem
from app.operations.recover_certificates import finish_or_void
from app.operations.references import References
from app.records.certificate_tables import Status
from app.records.certificates import Stored
from app.records.deeds import Doer
from app.records.unit import Records, Shelves
from certificates import seal


class Result(StrEnum):
    """What became of a row: ``finished`` was found half-way, ``before`` was there already."""

    ISSUED = "issued"
    FINISHED = "finished"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A row as the file numbers it; ``ended`` is a certificate that was issued for it once and holds no more."""

    row: int
    wanted: IssueCertificate
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """What a row names, as far as it can be read."""

    row: int
    customer: str | None
    deliveries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing to correct in a file: row, column, a word for why (or a sentence), and what its sentence needs."""

    row: int
    column: str
    reason: str
    values: dict[str, object] = field(default_factory=dict)


def unknown_in(records: Records, rows: Sequence[Named]) -> list[RowProblem]:
    """Customers and deliveries that are not in the books, row by row."""
    deliveries = sorted({number for row in rows for number in row.deliveries})
    with records.reading() as books:
        customers = References(books).sheet("customers")
        there = books.lots.numbers_taken(deliveries)
    problems = []
    for row in rows:
        if row.customer is not None and row.customer not in customers:
            problems.append(RowProblem(row.row, "customer", "unknown_customers", {"value": row.customer}))
        unknown = [number for number in row.deliveries if number not in there]
        problems += [RowProblem(row.row, "deliveries", "unknown_lot", {"value": number}) for number in unknown]
    return problems


def with_ended(records: Records, rows: Iterable[BatchRow]) -> list[BatchRow]:
    """The rows, those marked whose certificate was revoked or replaced since: they are not issued a second time."""
    with records.reading() as books:
        ended = {frozenset(each.deliveries): each.certificate for each in books.certificates.ended()}
        return [_marked(books, row, ended.get(frozenset(row.wanted.deliveries))) for row in rows]


def _marked(books: Shelves, row: BatchRow, number: str | None) -> BatchRow:
    stored = books.certificates.by_number(number) if number else None
    return replace(row, ended=stored.number) if stored and _same_words(stored, row.wanted) else row


def issue_row(records: Records, press: Press, issuer: Issuer, doer: Doer, row: BatchRow) -> tuple[Result, str]:
    """Issue the certificate of a row, finish it, or find it done; with its number.

    Raises Refused, Invalid, CannotPrint, Unavailable; Invalid where it was ended since, or could not be finished.
    """
    stated = _stated(records, row.wanted)
    if stated is None and row.ended:
        raise Invalid([Problem(("deliveries",), "ended_since", {"certificate": row.ended})])
    if stated is None:
        try:
            return Result.ISSUED, issue_certificate(records, press, issuer, doer, row.wanted)
        except Refused as refused:
            # Another run of the same list may just have been faster.
            stated = _stated(records, row.wanted) if refused.code is Code.ALREADY_CERTIFIED else None
            if stated is None:
                raise
    return _completed(records, press, doer, stated)


def _completed(records: Records, press: Press, doer: Doer, stored: Stored) -> tuple[Result, str]:
    if stored.status is not Status.RESERVED:
        return Result.BEFORE, stored.number
    reason = finish_or_void(records, press, doer, stored)
    if reason is not None:
        raise Invalid([Problem(("deliveries",), "void", {"number": stored.number, "reason": reason})])
    return Result.FINISHED, stored.number


def _stated(records: Records, wanted: IssueCertificate) -> Stored | None:
    """The live certificate of exactly these deliveries, with these words; None where there is none."""
    with records.reading() as books:
        holding = books.certificates.holding(books.lots.ids(wanted.deliveries))
        if len({number for _, number in holding}) != 1:
            return None
        stored = books.certificates.by_number(holding[0][1])
        if stored is None or set(books.certificates.lots_of(stored.id)) != set(wanted.deliveries):
            return None
    return stored if _same_words(stored, wanted) else None


def _same_words(stored: Stored, wanted: IssueCertificate) -> bool:
    """A validity that is left out follows from the day of issue, so any will do."""
    if stored.customer_code != wanted.customer or wanted.valid_until not in (None, stored.valid_until):
        return False
    return seal.read(stored.payload).quote == wanted.quote
