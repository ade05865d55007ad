"""A ledger to measure on: the service on a database of a kind and size."""

import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TextIO

from sqlalchemy import event

from tests.bench.campaign import TOKEN, play
from tests.bench.measuring import ROUNDS
from tests.bench.multiplying import LOTS_A_ROUND, multiply
from tests.house import House, furnish, opened
from tests.postgres import running


@dataclass
class Ledger:
    """``rounds`` rounds of the loop on one database; ``codes`` of its certificates."""

    house: House
    url: str
    folder: Path
    rounds: int
    codes: list[str]
    brief: bool = False  # each row only runs, and is not measured
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    @property
    def kind(self) -> str:
        return "postgresql" if self.url.startswith("postgresql") else "sqlite"

    @property
    def lots(self) -> int:
        return self.rounds * LOTS_A_ROUND

    def times(self, usual: int) -> int:
        """How often work is repeated for one timing."""
        return 1 if self.brief else usual

    @property
    def turns(self) -> int:
        """How many alternating rounds are taken."""
        return 1 if self.brief else ROUNDS

    def seconds(self, usual: float) -> float:
        """How long something is repeated for one timing."""
        return usual / 10 if self.brief else usual

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """The statements that this process sends meanwhile, transactions' own left out."""
        statements: list[str] = []

        def note(_: object, __: object, statement: str, *___: object) -> None:
            if not statement.startswith("BEGIN"):
                statements.append(statement)

        event.listen(self.house.records.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(self.house.records.engine, "before_cursor_execute", note)

    def some(self, name: str, count: int = 200) -> list[str]:
        """Numbers of one lot of many rounds, anywhere in the ledger."""
        rounds = (self.chance.randrange(self.rounds) for _ in range(count))
        return [f"{f'Q{k}Q' if k else TOKEN}{name}" for k in rounds]


@cache
def _nowhere() -> TextIO:
    """Never closed: whatever was opened last, all loggers of the process write where it does."""
    return Path(os.devnull).open("w")


@contextmanager
def ledger(kind: str, lots: int, progress: Callable[[str], None], brief: bool = False) -> Iterator[Ledger]:
    """A ledger of about so many lots, gone afterwards. Durable, as in production."""
    rounds = max(1, lots // LOTS_A_ROUND)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        if kind == "sqlite":
            url = f"sqlite:///{folder / 'ledger.db'}"
        else:
            url = stack.enter_context(running(durable=True)).create_database("bench")
        furnish(url)
        # Requests are logged as in production, where nobody has to read them beside the table.
        stack.enter_context(redirect_stderr(_nowhere()))
        house = stack.enter_context(opened(url, folder))
        play(house.service, house.doer())
        with house.records.reading() as books:
            first = books.certificates.listed(0, 1)[0].code
        codes = [first, *multiply(house.records, rounds, progress)]
        yield Ledger(house, url, folder, rounds, codes, brief)
