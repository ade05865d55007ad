"""Rows as the driver takes them: what is read back is what was written, and constraints hold in a stream too."""

from datetime import UTC

import pytest

from app.carbon.factors import JAPAN
from app.ledger.refusals import Code, Refused
from app.records.audit import AuditRow
from app.records.connection import FailedTransaction
from app.records.deeds import DeedKind
from app.records.inserting import WORTH_A_STREAM
from app.records.lot_tables import LotRow
from app.records.unit import Books
from tests.campaign import scrap
from tests.house import NOW, House

AWKWARD = ("plain", "tab\there", "line\nbreak", "back\\slash", "\\N", "quote'\"", "百分率 %s", "𠮷野", "")
COUNTS = (1, WORTH_A_STREAM - 1, WORTH_A_STREAM, 3 * WORTH_A_STREAM)


def audit_rows(count: int) -> list[dict[str, object]]:
    shared = {"at": NOW.astimezone(JAPAN), "action": "a", "subject_kind": "k", "before": None, "request_id": None}
    return [
        {**shared, "person": AWKWARD[n % len(AWKWARD)], "subject": f"S{n}", "after": AWKWARD[-1 - n % len(AWKWARD)]}
        for n in range(count)
    ]


@pytest.mark.parametrize("count", COUNTS)
def test_awkward_texts_nothing_and_moments_come_back_as_they_were_however_many(house: House, count: int) -> None:
    wanted = audit_rows(count)
    with house.records.writing(house.doer()) as books:
        books.connection.insert_all(AuditRow, wanted)
        found = [entry for entry in books.audit_log.entries() if entry.subject_kind == "k"]
    told = [(e.at, e.person, e.subject, e.before, e.after, e.request_id) for e in found]
    assert told == [(NOW.astimezone(UTC), r["person"], r["subject"], None, r["after"], None) for r in wanted]


def lot_rows(books: Books, count: int, doubled: str) -> list[dict[str, object]]:
    ids = books.lots.new_ids(count)
    deed_id = books.deeds.add(DeedKind.ENTRY, NOW)
    shared = {"kind": "scrap", "alloy": "mixed", "mass_g": 1, "embodied_g": 0, "made_at": NOW, "deed_id": deed_id}
    numbers = [doubled, *(f"N{n}" for n in range(count - 1))]
    return [{"id": id_, "number": number, **shared} for id_, number in zip(ids, numbers, strict=True)]


@pytest.mark.parametrize("count", COUNTS)
def test_a_constraint_broken_by_one_of_many_is_the_ledgers_refusal_and_nothing_is_stored(
    house: House, count: int
) -> None:
    scrap(house, "A")
    with house.records.writing(house.doer()) as books:
        with pytest.raises(Refused) as refused:
            books.connection.insert_all(LotRow, lot_rows(books, count, "A"))
        books.audit.written += 1
        with pytest.raises(FailedTransaction):
            books.commit()
    assert refused.value.code is Code.DUPLICATE_NUMBER
    with house.records.reading() as books:
        assert books.lots.numbers_taken(["A", "N0"]) == {"A"}


def test_a_moment_without_a_zone_is_refused(house: House) -> None:
    rows = [row | {"at": NOW.replace(tzinfo=None)} for row in audit_rows(WORTH_A_STREAM)]
    with house.records.writing(house.doer()) as books, pytest.raises(ValueError, match="time zone"):
        books.connection.insert_all(AuditRow, rows)
