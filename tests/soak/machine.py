"""The whole ledger against a model of plain dictionaries: whatever is entered, both have the same books after it."""

from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

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
from tests.soak.bench import asked, assert_sources_sum, flag_of, stated
from tests.soak.choices import PEOPLE
from tests.soak.model import certifying, entering, moving, stepping, undoing
from tests.soak.model.method import CERTIFIABLE
from tests.soak.quoting import QuoteRules

DICE = st.randoms(use_true_random=False)
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


class LedgerMachine(QuoteRules):
    """The deeds of the metal."""

    def little_is_left(self) -> bool:
        """Whether hardly a lot is at a site with metal that nothing stops."""
        here = (lot for lot in self.books.lots.values() if lot.place[0] == "site" and lot.metal.mass_g > LITTLE_G)
        return sum(not self.books.flagged(lot.number) for lot in here) < FEW_LOTS

    @FEW_ORIGINS
    @rule(dice=DICE)
    def weigh_in(self, dice: Random) -> None:
        words = wishes.weigh_in(self._chooser(dice))
        self._both(words, lambda: register_scrap(self.bench.records, self.doer(), words), entering.weigh_in)

    @FEW_ORIGINS
    @rule(dice=DICE)
    def buy(self, dice: Random) -> None:
        words = wishes.buy(self._chooser(dice))
        self._both(words, lambda: register_metal(self.bench.records, self.doer(), words), entering.buy)

    @ANY_LOT
    @rule(dice=DICE, kind=st.sampled_from(StepKind))
    def step(self, dice: Random, kind: StepKind) -> None:
        words = wishes.step(self._chooser(dice), kind)
        self._both(words, lambda: record_transformation(self.bench.records, self.doer(), words), stepping.step)

    @ANY_LOT
    @rule(dice=DICE, kind=st.sampled_from([StepKind.REMELT, StepKind.FABRICATE, StepKind.EXTRUDE]))
    def make(self, dice: Random, kind: StepKind) -> None:
        """Billet and products of what there is, so that there is something to deliver and to certify."""
        words = wishes.step(self._chooser(dice), kind)
        self._both(words, lambda: record_transformation(self.bench.records, self.doer(), words), stepping.step)

    @ANY_LOT
    @rule(dice=DICE)
    def transfer(self, dice: Random) -> None:
        words = wishes.transfer(self._chooser(dice))
        self._both(words, lambda: transfer(self.bench.records, self.doer(), words), moving.transfer)

    @ANY_LOT
    @rule(dice=DICE)
    def dispatch(self, dice: Random) -> None:
        words = wishes.dispatch(self._chooser(dice))
        self._both(words, lambda: dispatch(self.bench.records, self.doer(), words), moving.dispatch)

    @ANY_CERTIFIABLE
    @rule(dice=DICE)
    def certify(self, dice: Random) -> None:
        words = wishes.certify(self._chooser(dice))
        bench = self.bench
        answer = asked(lambda: issue_certificate(bench.records, bench.press, bench.issuer, self.doer(), words))
        self._agree(words, answer, certifying.certify(self.books, words, answer.gave))
        if answer.code is None:
            said = stated(bench.records, answer.gave)
            assert said == certifying.lines(self.books, self.books.certificates[answer.gave])
            assert_sources_sum(bench.records, words.deliveries)

    @precondition(lambda self: bool(self.books.certificates))
    @rule(dice=DICE)
    def revoke(self, dice: Random) -> None:
        number = dice.choice(list(self.books.certificates))
        self.minute += 1
        answer = asked(lambda: revoke_certificate(self.bench.records, self.doer(), number, "a mistake"))
        self._agree(f"revoke {number}", answer, certifying.revoke(self.books, number))

    @ANY_DELIVERED
    @rule(dice=DICE)
    def take_back(self, dice: Random) -> None:
        words = wishes.take_back(self._chooser(dice))
        self._both(words, lambda: take_back(self.bench.records, self.doer(), words), moving.take_back)

    @ANY_LOT
    @rule(dice=DICE, person=st.sampled_from(PEOPLE))
    def write_off(self, dice: Random, person: str) -> None:
        words = wishes.write_off(self._chooser(dice))
        answer = asked(lambda: request_write_off(self.bench.records, self.doer(person), words))
        self._agree(words, answer, moving.request_write_off(self.books, words, person))

    @precondition(lambda self: bool(self.books.flags))
    @rule(dice=DICE, person=st.sampled_from(PEOPLE))
    def accept(self, dice: Random, person: str) -> None:
        waiting = [flag for flag in self.books.flags if not flag.accepted and not flag.deed.undone]
        flag = dice.choice(waiting if waiting and dice.randint(0, 4) else self.books.flags)
        flag_id = flag_of(self.bench.records, self.books, flag)
        answer = asked(lambda: accept_flag(self.bench.records, self.doer(person), flag_id, "looked at"))
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
        answer = asked(lambda: reverse(self.bench.records, self.doer(), noun, number, "entered by mistake"))
        reasons, blocking = undoing.undo(self.books, noun, number)
        self._agree(f"reverse {noun} {number}", answer, reasons)
        if blocking:
            assert set(str(answer.values["records"]).split(", ")) == blocking
        self._compare([*deed.moved, *deed.made, *([deed.whole] if deed.whole else [])])
