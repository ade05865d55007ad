"""Rules of the state machine that promise metal: quotes, what is held for them, and days that pass."""

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.ledger.lots import CERTIFIABLE, Amount, Kind
from app.operations.order_quote import Order, order_quote
from app.operations.quotes import MakeQuote, QuoteLine, make_quote, release, renew, reserve, withdraw_quote
from tests.soak.bench import asked
from tests.soak.choices import CUSTOMERS, SITES, Chooser
from tests.soak.model import promising
from tests.soak.model.books import Lot, Promise, Quote
from tests.soak.model.method import UNIT_KG
from tests.soak.walker import Walker

DICE = st.randoms(use_true_random=False)
PRODUCT_ITEMS = ("truck-body", "shinkansen-car", "profile")
RECENT = 4
ANY_PROMISE = precondition(lambda self: bool(self.books.promises_made()))
ANY_STOCK = precondition(lambda self: any(promisable(lot) for lot in self.books.lots.values()))


def promisable(lot: Lot) -> bool:
    return lot.place[0] == "site" and lot.kind in CERTIFIABLE and lot.metal.mass_g > 0


class QuoteRules(Walker):
    """What sales does."""

    @ANY_STOCK
    @rule(dice=DICE)
    def quote(self, dice: Random) -> None:
        choose = self._chooser(dice)
        self._quote(choose, choose.one(choose.lots(promisable)))

    @ANY_STOCK
    @rule(dice=DICE)
    def promise(self, dice: Random) -> None:
        """Metal of a lot for a quote that asks for such, of which there is one soon."""
        choose = self._chooser(dice)
        lot = choose.one(choose.lots(promisable))
        fitting = [quote for quote in self._open() if (quote.kind, quote.item) == (lot.kind, lot.item)]
        if not fitting and not choose.odd:
            self._quote(choose, lot)
        quotes = fitting or list(self.books.quotes.values())[-RECENT:]
        if quotes:
            self._reserve(choose, choose.one(quotes), lot)

    @ANY_PROMISE
    @rule(dice=DICE)
    def change(self, dice: Random) -> None:
        """Fewer than promises are made, so that there is always something held."""
        choose = self._chooser(dice)
        choose.one((self._let_go, self._hold_longer, self._hold_longer, self._withdraw))(choose)

    def _let_go(self, choose: Chooser) -> None:
        quote, promise = self._some_promise(choose)
        id_ = self._reservation(quote, promise)
        answer = asked(lambda: release(self.bench.records, self.doer(), quote.number, id_))
        self._agree(f"release of {quote.number}", answer, promising.release(self.books, quote, promise))
        self._compare([promise.lot])

    def _hold_longer(self, choose: Chooser) -> None:
        quote, promise = self._some_promise(choose)
        id_, until = self._reservation(quote, promise), self._until(choose)
        answer = asked(lambda: renew(self.bench.records, self.doer(), quote.number, id_, until))
        self._agree(f"renew {quote.number}", answer, promising.renew(self.books, quote, promise, until))
        self._compare([promise.lot])

    def _withdraw(self, choose: Chooser) -> None:
        quote = self._some_quote(choose)
        answer = asked(lambda: withdraw_quote(self.bench.records, self.doer(), quote.number))
        self._agree(f"withdraw {quote.number}", answer, promising.withdraw(quote))
        self._compare({promise.lot for promise in quote.promises})

    @ANY_PROMISE
    @rule(dice=DICE)
    def order(self, dice: Random) -> None:
        choose = self._chooser(dice)
        quote, _ = self._some_promise(choose)
        held = self.books.counting(quote)
        places = [self.books.lots[each.lot].place[1] for each in held if not choose.oddly()]
        number = choose.number("Q", choose.numbers_of("dispatch"))
        words = Order(number, choose.one(places or SITES), choose.at(each.lot for each in held))
        answer = asked(lambda: order_quote(self.bench.records, self.doer(), quote.number, words))
        self._agree(words, answer, promising.order(self.books, quote, words))
        sent = self.books.deeds[("dispatch", number)].made if answer.code is None else []
        self._compare([*(each.lot for each in held), *sent])

    @ANY_PROMISE
    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        self.pass_days(days)

    def _quote(self, choose: Chooser, like: Lot) -> None:
        kind, item = Kind(like.kind), like.item
        if kind not in CERTIFIABLE:
            kind, item = Kind.PRODUCT, choose.one(PRODUCT_ITEMS)
        amount = Amount(units=2) if item in UNIT_KG else Amount(mass_g=100_000)
        number = choose.number("Q", list(self.books.quotes))
        line = QuoteLine(kind, item, None, amount)
        words = MakeQuote(number, choose.one(CUSTOMERS), self._until(choose), (line,))
        answer = asked(lambda: make_quote(self.bench.records, self.doer(), words))
        self._agree(words, answer, promising.make(self.books, words))

    def _reserve(self, choose: Chooser, quote: Quote, lot: Lot) -> None:
        amount, until = choose.amount(lot, whole_one_in=9), self._until(choose)
        answer = asked(lambda: reserve(self.bench.records, self.doer(), quote.number, 1, lot.number, amount, until))
        reasons = promising.reserve(self.books, quote, lot.number, amount, until)
        self._agree(f"hold {amount} of {lot.number} for {quote.number} until {until}", answer, reasons)
        self._compare([lot.number])

    def _until(self, choose: Chooser) -> date:
        """Some day soon; oddly yesterday, or in more than a year."""
        days = choose.one((-1, 367)) if choose.oddly() else choose.random.randint(0, 60)
        return self.books.today + timedelta(days=days)

    def _open(self) -> list[Quote]:
        return [quote for quote in self.books.quotes.values() if quote.state == "open"]

    def _some_quote(self, choose: Chooser) -> Quote:
        """An open one; oddly any."""
        return choose.one((not choose.odd and self._open()) or self.books.quotes.values())

    def _some_promise(self, choose: Chooser) -> tuple[Quote, Promise]:
        """What counts today; oddly what counts no more."""
        every = [(quote, promise) for quote in self.books.quotes.values() for promise in quote.promises]
        counting = [(quote, promise) for quote, promise in every if promise in self.books.counting(quote)]
        return choose.one((not choose.odd and counting) or every)

    def _reservation(self, quote: Quote, promise: Promise) -> int:
        """The id of a promise: both have made those of a quote in the same order."""
        with self.bench.records.reading() as shelves:
            found = shelves.quotes.one(quote.number)
        assert found is not None
        return found.reservations[quote.promises.index(promise)].id
