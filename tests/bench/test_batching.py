"""The batch in short: the real command on a small ledger, run twice."""

import pytest

from tests.bench.batching import batch
from tests.bench.ledger import ledger


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_batch_is_issued_and_known_again(kind: str) -> None:
    with ledger(kind, 1, lambda _: None) as built:
        figure = batch(built, certificates=20)
    assert figure.ours > 0
    assert figure.notes["known again per s"]
    assert figure.notes["MB at 2"]
