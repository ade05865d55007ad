"""Each row of the bench runs on each database. How long it takes is not judged here: a busy machine is no fault."""

from collections.abc import Iterator

import pytest

from tests.bench.__main__ import DATABASES, GROWTH, ROWS
from tests.bench.ledger import Ledger, ledger

LOTS = 240  # a dozen rounds: certificates are copied every so many


@pytest.fixture(scope="module", params=DATABASES)
def small(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    with ledger(request.param, LOTS, lambda _: None, brief=True) as built:
        yield built


# The batch issues ten thousand; its own test has it issue a few.
@pytest.mark.parametrize("row", [row for row in ROWS if row != "batch"])
def test_a_row_runs_and_has_a_figure(small: Ledger, row: str) -> None:
    figure = ROWS[row](small)
    assert figure.ours > 0
    assert figure.floor is not None
    assert figure.floor > 0


@pytest.mark.parametrize("row", GROWTH)
def test_a_row_of_growth_runs_beside_another_ledger(small: Ledger, row: str) -> None:
    with ledger(small.kind, LOTS // 2, lambda _: None, brief=True) as other:
        figure = GROWTH[row](other, small)
    assert figure.ratio is not None
    assert figure.ratio > 0
