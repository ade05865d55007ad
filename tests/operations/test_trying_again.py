"""Deeds that collide: tried again, and told 503 with nothing changed where that does not help."""

import threading

import pytest
from sqlalchemy import text

from app.operations.again import TRIES, tried_again
from app.records.unit import Collided, Unavailable
from tests.campaign import delivered, scrap, three_bodies
from tests.house import House


@pytest.mark.parametrize("collisions", range(TRIES))
def test_a_deed_that_collided_is_tried_again(collisions: int) -> None:
    left = iter([True] * collisions + [False])

    @tried_again
    def deed() -> str:
        if next(left):
            raise Collided("deadlock")
        return "done"

    assert deed() == "done"


def test_it_is_not_tried_for_ever() -> None:
    tries: list[int] = []

    @tried_again
    def deed() -> None:
        tries.append(1)
        raise Collided("deadlock")

    with pytest.raises(Unavailable):
        deed()
    assert len(tries) == TRIES


def test_what_is_refused_is_not_tried_again() -> None:
    tries: list[int] = []

    @tried_again
    def deed() -> None:
        tries.append(1)
        raise Unavailable("gone")

    with pytest.raises(Unavailable):
        deed()
    assert len(tries) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite's writers queue at a file lock
def test_a_lot_that_somebody_holds_too_long_is_503_and_nothing_changes(house: House) -> None:
    scrap(house, "A")
    with house.records.engine.begin() as holder:
        holder.execute(text("SELECT 1 FROM lot_states FOR UPDATE"))
        line = {"lot": "A", "kg": "10"}
        note = {"customer": "TRUCK-M", "site": "MC", "dispatched_at": "2026-10-05T09:00:00+09:00", "lines": [line]}
        answer = house.send("POST", "/dispatches", json=note)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert house.get("/lots/A")["remaining_kg"] == "2400"
    assert house.post("/dispatches", note)["lots"][0]["kg"] == "10"


def test_of_eight_threads_taking_the_same_metal_only_those_it_suffices_for_get_it(house: House) -> None:
    scrap(house, "A", kg="350", units=1)
    results: list[int] = []

    def take(n: int) -> None:
        line = {"lot": "A", "kg": "100"}
        note = {"number": f"R{n}", "customer": "TRUCK-M", "site": "MC", "dispatched_at": "2026-10-05T09:00:00+09:00"}
        results.append(house.send("POST", "/dispatches", json=note | {"lines": [line]}).status_code)

    threads = [threading.Thread(target=take, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [201] * 3 + [409] * 5
    assert house.get("/lots/A")["remaining_kg"] == "50"


def test_of_eight_threads_certifying_one_delivery_one_gets_it(house: House) -> None:
    three_bodies(house)
    delivery = delivered(house, "D-1", "T")
    results: list[int] = []

    def certify() -> None:
        body = {"customer": "TRUCK-M", "deliveries": [delivery]}
        results.append(house.send("POST", "/certificates", json=body).status_code)

    threads = [threading.Thread(target=certify) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [201] + [409] * 7
    assert len(house.get("/certificates")["items"]) == 1
