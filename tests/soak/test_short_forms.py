"""The long proofs in short: a few seconds each, on both databases. ``make soak`` runs them at full size."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.soak import certifying, failing, kills, pairs, race, stops, walking
from tests.soak.databases import KINDS, Place, placed
from tests.soak.figures import Figure, broken

SEED = secrets.randbelow(10**9)


@pytest.fixture(scope="module", params=KINDS)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    with placed(request.param) as made:
        yield made


def proved(proof: Callable[..., list[Figure]], place: Place, sizes: Any) -> list[Figure]:
    """Run a proof; every figure that has to be something must be it."""
    print(f"seed {SEED}")
    figures = proof(place, sizes, SEED, print)
    assert broken(figures) == []
    return figures


def found(figures: list[Figure], name: str) -> Any:
    [figure] = [each for each in figures if each.name == name]
    return figure.found


def test_racing_processes_overdraw_nothing_and_lose_no_gram(place: Place) -> None:
    figures = proved(race.race, place, race.Sizes(operations=160, processes=2))
    assert found(figures, "racing operations") == 160
    assert found(figures, "done") > 50


def test_of_two_who_reverse_the_same_at_once_one_succeeds(place: Place) -> None:
    figures = proved(pairs.pairs, place, pairs.Sizes(things=20, processes=2))
    assert found(figures, "succeeded") == 20


def test_of_many_who_certify_the_same_at_once_one_succeeds(place: Place) -> None:
    figures = proved(certifying.certifying, place, certifying.Sizes(deliveries=2, processes=2))
    assert found(figures, "certificates issued") == 2


def test_killed_workers_lose_nothing_that_was_acknowledged(place: Place) -> None:
    figures = proved(kills.kills, place, kills.Sizes(kills=2, workers=1, clients=2))
    assert found(figures, "connections cut or refused") > 0


def test_a_database_stopped_in_mid_flight_loses_nothing_that_was_acknowledged(place: Place) -> None:
    figures = proved(stops.stops, place, stops.Sizes(stops=1, workers=1, clients=2, longest_load_s=1.0))
    assert found(figures, "connections cut or refused") + found(figures, "answers 503") > 0


def test_the_ledger_and_the_model_have_the_same_books(place: Place) -> None:
    figures = proved(walking.walking, place, walking.Sizes(steps=200, processes=1))
    assert found(figures, "steps of the state machine") >= 200


def test_a_write_that_fails_leaves_nothing_behind(place: Place) -> None:
    figures = proved(failing.failing_writes, place, failing.Sizes())
    assert found(figures, "kinds of deed") == 29
    assert found(figures, "writes that failed, disk full") >= 18
