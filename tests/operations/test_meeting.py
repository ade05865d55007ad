"""Two deeds that meet at the same metal, both begun before either is done: one is done, the other is told in words."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from sqlalchemy import text

from app.ledger.grams import GRAMS_PER_KG
from app.ledger.lots import Amount, Kind
from app.ledger.refusals import Code
from app.ledger.transformations import StepKind
from app.lookups.ledger_check import check_ledger
from app.operations.accept_flag import accept_flag
from app.operations.order_quote import Order, order_quote
from app.operations.record_transformation import (
    RecordTransformation,
    StepInput,
    StepOutput,
    record_transformation,
)
from tests.campaign import held, quote, scrap, three_bodies
from tests.house import House
from tests.operations.test_at_once import ROUNDS, at_once, told
from tests.soak.entries import ALLOY

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
PATIENCE_S = 20.0
HEEL = Amount(mass_g=50 * GRAMS_PER_KG)


@contextmanager
def nobody_gets_a_lot(house: House) -> Iterator[None]:
    """Every deed that wants a lot waits within this; on SQLite every deed that wants anything does."""
    if house.records.engine.dialect.name == "sqlite":
        with house.records.alone():
            yield
        return
    with house.records.engine.begin() as holder:
        holder.execute(text("SELECT 1 FROM lot_states FOR UPDATE"))
        yield


def waiting(house: House) -> int:
    """How many deeds wait for a lock: of a row, or of the file at which SQLite's writers queue."""
    if house.records.engine.dialect.name == "sqlite":
        return sum("flock" in thread.name for thread in threading.enumerate())
    with house.records.engine.connect() as connection:
        return int(connection.execute(WAITING).scalar_one())


def meeting(house: House, *deeds: Callable[[], object]) -> list[str]:
    """The reasons of those who were refused, where none could be done before all of them had read the books."""
    with ThreadPoolExecutor(1) as pool:
        with nobody_gets_a_lot(house):
            met = pool.submit(at_once, *deeds)
            until = time.monotonic() + PATIENCE_S
            while waiting(house) < len(deeds):
                assert time.monotonic() < until, "they never met"
                time.sleep(0.01)
        return told(met.result())


def heat(house: House, furnace: str, lot: str, *heels: str) -> Callable[[], object]:
    """A heat of a furnace that leaves a heel in it."""
    given = (StepInput(lot, Amount(mass_g=1000 * GRAMS_PER_KG)), *(StepInput(each, HEEL) for each in heels))
    outputs = (
        StepOutput(None, Kind.BILLET, 900 * GRAMS_PER_KG, ALLOY),
        StepOutput(f"{furnace}-{lot}", Kind.HEEL, 50 * GRAMS_PER_KG, ALLOY),
    )
    step = RecordTransformation(None, StepKind.REMELT, "MC", furnace, house.clock(), given, outputs)
    return partial(record_transformation, house.records, house.doer(lot), step)


def heels(house: House, furnace: str) -> list[str]:
    with house.records.reading() as books:
        return books.furnaces.heels("MC", furnace)


def test_two_heats_of_an_empty_furnace_leave_one_heel_in_it(house: House) -> None:
    for lot in "AB":
        scrap(house, lot)
    for turn in range(2):
        furnace = f"F{turn}"
        assert meeting(house, *(heat(house, furnace, lot) for lot in "AB")) == [Code.HEEL_LEFT_OUT.value]
        assert len(heels(house, furnace)) == 1
    assert check_ledger(house.records).differences == ()


def test_of_two_heats_that_take_the_same_heel_one_gets_it(house: House) -> None:
    for lot in "ABC":
        scrap(house, lot)
    heat(house, "F1", "C")()
    [heel] = heels(house, "F1")
    took = [heat(house, "F1", lot, heel) for lot in "AB"]
    assert meeting(house, *took) == [Code.NOT_ENOUGH_METAL.value]
    assert len(heels(house, "F1")) == 1
    assert check_ledger(house.records).differences == ()


def test_a_quote_that_two_order_leaves_once(house: House) -> None:
    three_bodies(house)
    for turn in range(ROUNDS):
        number = quote(house, f"Q-{turn}", units=1)
        held(house, "T", 1, number)
        orders = [
            partial(order_quote, house.records, house.doer(who), number, Order(None, "MC", house.clock()))
            for who in ("one", "other")
        ]
        assert meeting(house, *orders) == [Code.ALREADY_ORDERED.value]
        assert house.get("/lots/T")["remaining_kg"] == str(2100 - 700 * (turn + 1))
    assert check_ledger(house.records).differences == ()


def test_a_write_off_that_two_accept_is_poured_out_once(house: House) -> None:
    scrap(house, "A")
    for turn in range(ROUNDS):
        asked = house.post("/write-offs", {"lot": "A", "kg": "100", "reason": "fell into the sea"}, "logistics")
        accepts = [
            partial(accept_flag, house.records, house.doer(who), asked["flags"][0]["id"], "seen")
            for who in ("one", "other")
        ]
        assert meeting(house, *accepts) == [Code.ALREADY_ACCEPTED.value]
        assert house.get("/lots/A")["remaining_kg"] == str(2400 - 100 * (turn + 1))
    assert check_ledger(house.records).differences == ()
