"""What every rule of the state machine has at hand: bench, books of the model, day, and how both are compared."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, ClassVar

from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine

from app.carbon.factors import japan_day
from app.records.deeds import Doer
from tests.soak.bench import Answer, Bench, asked, kept, modelled
from tests.soak.choices import Chooser
from tests.soak.model.books import Books, Reasons

MODEL = "model"


class Walker(RuleBasedStateMachine):
    """Each example has numbers of its own, so that one database serves them all, and days that pass."""

    bench: ClassVar[Bench]

    def __init__(self) -> None:
        super().__init__()
        self.bench.examples += 1
        self.prefix = f"{self.bench.name}{self.bench.examples}-"
        self.now = datetime.now(UTC)
        self.books = Books(japan_day(self.now))
        self.minute = 0

    def doer(self, person: str = MODEL) -> Doer:
        return Doer(person, self.now)

    def pass_days(self, days: int) -> None:
        """Nothing is done; what was held until yesterday counts no more."""
        self.now += timedelta(days=days)
        self.books.today = japan_day(self.now)

    def teardown(self) -> None:
        """At the end of an example all of its lots are looked at again."""
        self._compare(self.books.lots)

    def _chooser(self, dice: Random) -> Chooser:
        self.minute += 1
        return Chooser(self.books, dice, self.prefix, self.minute)

    def _both(self, words: Any, deed: Callable[[], Any], model: Callable[[Books, Any], Reasons]) -> None:
        before = len(self.books.deeds)
        answer = asked(deed)
        self._agree(words, answer, model(self.books, words))
        for done in list(self.books.deeds.values())[before:]:
            self._compare([*done.moved, *done.made, *([done.whole] if done.whole else [])])

    def _agree(self, words: Any, answer: Answer, reasons: Reasons) -> None:
        """Where several things speak against a deed, the service may name any of them."""
        note(f"{words} -> {answer.code or answer.gave}")
        self.bench.count(answer.code or "done")
        assert (answer.code is None) == (not reasons), f"the model says {reasons or 'done'}, the service {answer.code}"
        assert answer.code is None or answer.code in reasons, f"the model says {reasons}, the service {answer.code}"

    def _compare(self, numbers: Any) -> None:
        wanted = {number: modelled(self.books, self.books.lots[number]) for number in numbers}
        if wanted:
            assert kept(self.bench.records, wanted, self.books.today) == wanted
