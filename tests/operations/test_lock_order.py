"""Every deed locks in one order: idempotency row, quote, furnace, lots by ascending id, certificate.

Two deeds that lock in two orders wait for each other until PostgreSQL gives one of them up. What counts is what the
database is asked, so the statements themselves are looked at, of every deed there is.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby, takewhile
from typing import Any

import pytest
from sqlalchemy import event

from tests.campaign import scrap
from tests.house import House
from tests.soak.every_deed import REASON, Posted, prepare

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite's writers are alone

ORDER = ("outcomes", "quotes", "furnaces", "lot_states", "certificates")
LOCKING = re.compile(r"SELECT .* FROM (\w+) .* FOR UPDATE|INSERT INTO (outcomes|furnaces) .* ON CONFLICT")
BY_ID = "ORDER BY lot_states.lot_id FOR UPDATE"

# What each transaction of a deed locks. A certificate has two, and its answer is kept in a third.
TO_CERTIFY = ["certificates", "outcomes"]
LOCKED = {
    "scrap": ["outcomes"],
    "bought metal": ["outcomes"],
    "step": ["outcomes furnaces lot_states"],
    "transfer": ["outcomes lot_states"],
    "dispatch": ["outcomes lot_states"],
    "certificate": ["outcomes lot_states", *TO_CERTIFY],
    "revocation": ["outcomes lot_states certificates"],
    "return": ["outcomes lot_states"],
    "write-off": ["outcomes lot_states"],
    "acceptance": ["outcomes lot_states"],
    "reversal of a lot": ["outcomes lot_states"],
    "reversal of a step": ["outcomes lot_states"],
    "reversal of a transfer": ["outcomes lot_states"],
    "reversal of a dispatch": ["outcomes lot_states"],
    "reversal of a return": ["outcomes lot_states"],
    "reversal of a write-off": ["outcomes lot_states"],
    "import": [],
    "key": [],
    "quote": ["outcomes"],
    "reservation": ["outcomes quotes lot_states"],
    "renewal": ["outcomes quotes lot_states"],
    "certificate to a quote": ["outcomes quotes certificates"],
    "file to a quote": ["quotes"],
    "pack": ["outcomes quotes certificates"],
    "certificate off a quote": ["outcomes quotes"],
    "release": ["outcomes quotes lot_states"],
    "order": ["outcomes quotes lot_states"],
    "certified order": ["outcomes quotes lot_states", *TO_CERTIFY],
    "withdrawal": ["outcomes quotes lot_states"],
}

# Statements, each with what is in its places.
Transaction = list[tuple[str, Any]]
Every = dict[str, list[Transaction]]


@contextmanager
def listening(house: House) -> Iterator[list[Transaction]]:
    """What is said to the database within this, a list a transaction."""
    said: list[Transaction] = []

    def begin(_: object) -> None:
        said.append([])

    def hear(_: object, __: object, statement: str, places: Any, *___: object) -> None:
        said[-1].append((" ".join(statement.split()), places))

    listeners = (("begin", begin), ("before_cursor_execute", hear))
    for name, listener in listeners:
        event.listen(house.records.engine, name, listener)
    try:
        yield said
    finally:
        for name, listener in listeners:
            event.remove(house.records.engine, name, listener)


def noun(statement: str) -> str | None:
    """What a statement locks."""
    found = LOCKING.match(statement)
    return (found[1] or found[2]) if found else None


def locked(said: list[Transaction]) -> list[str]:
    """The nouns that each transaction locked, one after the other; those that locked nothing are left out."""
    nouns = ([noun(statement) for statement, _ in transaction] for transaction in said)
    return list(filter(None, (" ".join(each for each, _ in groupby(filter(None, some))) for some in nouns)))


def lots(places: Any) -> set[int]:
    """Ids of the lots that a statement on lot_states is about."""
    some = places if isinstance(places, list) else [places]
    return {id_ for each in some for name, id_ in each.items() if name.startswith(("ids_", "lot"))}


@pytest.fixture
def every(house: House) -> Every:
    """What every deed says to the database."""
    every = {}
    for name, deed in prepare(house).items():
        with listening(house) as said:
            assert deed(house) == 201, name
        every[name] = said
    return every


def test_every_deed_locks_what_it_decides_on_in_one_order(every: Every) -> None:
    assert {name: locked(said) for name, said in every.items()} == LOCKED
    for name, nouns in LOCKED.items():
        for transaction in nouns:
            assert transaction.split() == sorted(transaction.split(), key=ORDER.index), name


def test_lots_are_locked_by_ascending_id_and_none_is_changed_that_was_not(every: Every) -> None:
    for name, said in every.items():
        for transaction in said:
            held: set[int] = set()
            for statement, places in transaction:
                if noun(statement) == "lot_states":
                    assert statement.endswith(BY_ID), (name, statement)
                    assert all(id_ > max(held, default=0) for id_ in lots(places) - held), (name, places)
                    held |= lots(places)
                elif statement.startswith("UPDATE lot_states"):
                    assert lots(places) <= held, (name, statement, places)


def read_again(transaction: Transaction, locks: str, reads: str) -> bool:
    """Whether a table is read between the last lock on another and the first row that is written then."""
    last = max(at for at, (statement, _) in enumerate(transaction) if noun(statement) == locks)
    after = [statement for statement, _ in transaction[last + 1 :]]
    before_a_write = takewhile(lambda statement: not statement.startswith(("INSERT", "UPDATE", "DELETE")), after)
    read = re.compile(rf"SELECT .* (?:FROM|JOIN) {reads}\b")
    return any(read.match(statement) for statement in before_a_write)


def test_what_a_deed_decides_on_is_read_after_it_is_locked(every: Every) -> None:
    for name, said in every.items():
        for transaction in said:
            for table in {noun(statement) for statement, _ in transaction} & {"quotes", "lot_states", "certificates"}:
                assert table
                assert read_again(transaction, table, table), (name, table)
    [acceptance] = [each for each in every["acceptance"] if locked([each])]
    assert read_again(acceptance, "lot_states", "flags")


def test_a_heat_that_took_a_heel_is_reversed_with_its_furnace_in_hand(house: House) -> None:
    scrap(house, "A")
    heat = {"kind": "remelt", "site": "MC", "furnace": "F1", "ended_at": "2026-10-02T09:00:00+09:00"}
    heel = {"number": "HEEL", "kind": "heel", "kg": "100", "alloy": "A6N01"}
    billet = {"kind": "billet", "kg": "800", "alloy": "A6N01"}
    house.post("/transformations", heat | {"inputs": [{"lot": "A", "kg": "1000"}], "outputs": [billet, heel]})
    taken = [{"lot": "A", "kg": "800"}, {"lot": "HEEL", "kg": "100"}]
    house.post("/transformations", heat | {"number": "H-2", "inputs": taken, "outputs": [billet]})
    with listening(house) as said:
        assert Posted("/transformations/H-2/reversal", REASON, "plant")(house) == 201
    assert locked(said) == ["outcomes furnaces lot_states"]
