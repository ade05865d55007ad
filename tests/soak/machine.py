"""The whole ledger against a model of plain dictionaries: whatever is entered, both have the same books after it."""

from collections.abc import Callable
from random import Random
from typing import Any, ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from app.ledger.transformations import StepKind
from app.operations.accept_flag import accept_flag
from app.operations.dispatch import dispatch
from app.operations.issue_certificate import issue_certificate
from app.operations.record_transformation import record_transformation
from app.operations.register_metal import register_metal
from app.operations.register_scrap import register_scrap
from app.operations.reverse import reverse
from app.operations.revoke_certificate import revoke_certificate
from app.operations.take_back import take_back
from app.operations.transfer import transfer
from app.operations.write_off import request_write_off
from tests.soak import wishes
from tests.soak.bench import Answer, Bench, asked, flag_of, kept, modelled, stated
from tests.soak.choices import PEOPLE, Chooser
from tests.soak.entries import doer
from tests.soak.model import certifying, entering, moving, stepping, undoing
from tests.soak.model.books import Books, Reasons
from tests.soak.model.method import CERTIFIABLE

DICE = st.randoms(use_true_random=False)
PERSON = doer("model")
RECENT = 8
FEW_LOTS, LITTLE_G = 3, 100_000
ANY_LOT = precondition(lambda self: bool(self.books.lots))
ANY_DELIVERED = precondition(lambda self: any(lot.place[0] == "customer" for lot in self.books.lots.values()))
ANY_CERTIFIABLE = precondition(
    lambda self: any(
        lot.place[0] == "customer" and lot.metal.mass_g and lot.kind in CERTIFIABLE for lot in self.books.lots.values()
    )
)
# Much is made of little, so that contents are mixed and deeds build on each other; but something there has to be.
FEW_ORIGINS = precondition(lambda self: len(self.books.origins) <= 3 + self.minute // 8 or self.little_is_left())
ANY_DEED = precondition(lambda self: bool(self.books.deeds))


class LedgerMachine(RuleBasedStateMachine):
    """Each example has numbers of its own, so that one database serves them all."""

    bench: ClassVar[Bench]

    def __init__(self) -> None:
        super().__init__()
        self.bench.examples += 1
        self.prefix = f"{self.bench.name}{self.bench.examples}-"
        self.books = Books()
        self.minute = 0

    def little_is_left(self) -> bool:
        """Whether hardly a lot is at a site with metal that nothing stops."""
        here = (lot for lot in self.books.lots.values() if lot.place[0] == "site" and lot.metal.mass_g > LITTLE_G)
        return sum(not self.books.flagged(lot.number) for lot in here) < FEW_LOTS

    @FEW_ORIGINS
    @rule(dice=DICE)
    def weigh_in(self, dice: Random) -> None:
        words = wishes.weigh_in(self._chooser(dice))
        self._both(words, lambda: register_scrap(self.bench.records, PERSON, words), entering.weigh_in)

    @FEW_ORIGINS
    @rule(dice=DICE)
    def buy(self, dice: Random) -> None:
        words = wishes.buy(self._chooser(dice))
        self._both(words, lambda: register_metal(self.bench.records, PERSON, words), entering.buy)

    @ANY_LOT
    @rule(dice=DICE, kind=st.sampled_from(StepKind))
    def step(self, dice: Random, kind: StepKind) -> None:
        words = wishes.step(self._chooser(dice), kind)
        self._both(words, lambda: record_transformation(self.bench.records, PERSON, words), stepping.step)

    @ANY_LOT
    @rule(dice=DICE, kind=st.sampled_from([StepKind.REMELT, StepKind.FABRICATE, StepKind.EXTRUDE]))
    def make(self, dice: Random, kind: StepKind) -> None:
        """Billet and products of what there is, so that there is something to deliver and to certify."""
        words = wishes.step(self._chooser(dice), kind)
        self._both(words, lambda: record_transformation(self.bench.records, PERSON, words), stepping.step)

    @ANY_LOT
    @rule(dice=DICE)
    def transfer(self, dice: Random) -> None:
        words = wishes.transfer(self._chooser(dice))
        self._both(words, lambda: transfer(self.bench.records, PERSON, words), moving.transfer)

    @ANY_LOT
    @rule(dice=DICE)
    def dispatch(self, dice: Random) -> None:
        words = wishes.dispatch(self._chooser(dice))
        self._both(words, lambda: dispatch(self.bench.records, PERSON, words), moving.dispatch)

    @ANY_CERTIFIABLE
    @rule(dice=DICE)
    def certify(self, dice: Random) -> None:
        words = wishes.certify(self._chooser(dice))
        bench = self.bench
        answer = asked(lambda: issue_certificate(bench.records, bench.press, bench.issuer, PERSON, words))
        self._agree(words, answer, certifying.certify(self.books, words, answer.gave))
        if answer.code is None:
            said = stated(bench.records, answer.gave)
            assert said == certifying.lines(self.books, self.books.certificates[answer.gave])

    @precondition(lambda self: bool(self.books.certificates))
    @rule(dice=DICE)
    def revoke(self, dice: Random) -> None:
        number = dice.choice(list(self.books.certificates))
        self.minute += 1
        answer = asked(lambda: revoke_certificate(self.bench.records, PERSON, number, "a mistake"))
        self._agree(f"revoke {number}", answer, certifying.revoke(self.books, number))

    @ANY_DELIVERED
    @rule(dice=DICE)
    def take_back(self, dice: Random) -> None:
        words = wishes.take_back(self._chooser(dice))
        self._both(words, lambda: take_back(self.bench.records, PERSON, words), moving.take_back)

    @ANY_LOT
    @rule(dice=DICE, person=st.sampled_from(PEOPLE))
    def write_off(self, dice: Random, person: str) -> None:
        words = wishes.write_off(self._chooser(dice))
        answer = asked(lambda: request_write_off(self.bench.records, doer(person), words))
        self._agree(words, answer, moving.request_write_off(self.books, words, person))

    @precondition(lambda self: bool(self.books.flags))
    @rule(dice=DICE, person=st.sampled_from(PEOPLE))
    def accept(self, dice: Random, person: str) -> None:
        waiting = [flag for flag in self.books.flags if not flag.accepted and not flag.deed.undone]
        flag = dice.choice(waiting if waiting and dice.randint(0, 4) else self.books.flags)
        flag_id = flag_of(self.bench.records, self.books, flag)
        answer = asked(lambda: accept_flag(self.bench.records, doer(person), flag_id, "looked at"))
        self._agree(f"accept {flag.rule} on {flag.lots}", answer, moving.accept(self.books, flag, person))
        self._compare(flag.lots)

    @ANY_DEED
    @rule(dice=DICE)
    def undo(self, dice: Random) -> None:
        """Mostly one of the last few deeds, for the others are built on, or a heat after a heat; or no deed at all."""
        deeds = list(self.books.deeds.values())
        heats = [deed for deed in deeds if deed.took_heel and not deed.undone]
        deed = dice.choice((heats or deeds, deeds, deeds[-RECENT:], deeds[-RECENT:])[dice.randint(0, 3)])
        noun, number = deed.noun, deed.number
        if dice.randint(0, 9) == 0:
            noun, number = "lot", dice.choice([*self.books.lots, f"{self.prefix}NONE"])
        answer = asked(lambda: reverse(self.bench.records, PERSON, noun, number, "entered by mistake"))
        reasons, blocking = undoing.undo(self.books, noun, number)
        self._agree(f"reverse {noun} {number}", answer, reasons)
        if blocking:
            assert set(str(answer.values["records"]).split(", ")) == blocking
        self._compare([*deed.moved, *deed.made, *([deed.whole] if deed.whole else [])])

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
            assert kept(self.bench.records, wanted) == wanted
