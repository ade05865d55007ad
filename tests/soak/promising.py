"""What a racer promises: metal held for quotes on the lots everybody takes from, let go, or sent when it is ordered."""

from datetime import date, timedelta
from random import Random

from app.ledger.grams import GRAMS_PER_KG
from app.ledger.lots import Amount, Kind
from app.operations.order_quote import Order, order_quote
from app.operations.quotes import MakeQuote, QuoteLine, make_quote, reserve, withdraw_quote
from app.records.deeds import Doer
from app.records.unit import Records
from tests.soak.entries import AT, CUSTOMER

ITEM = "profile"


class Promises:
    """The quotes of one racer: what of each is held, in grams."""

    def __init__(self, records: Records, name: str, random: Random) -> None:
        self._records = records
        self._name = name
        self._random = random
        self._held: dict[str, int] = {}
        self._count = 0

    def promise(self, doer: Doer, lot: str, product: bool) -> None:
        """A quote, and a good part of a lot held for it; what nothing is held for is ordered by nobody."""
        self._count += 1
        number = f"Q{self._name}-{self._count}"
        grams = self._random.randint(5, 60) * GRAMS_PER_KG
        kind, item = (Kind.PRODUCT, ITEM) if product else (Kind.BILLET, None)
        line = QuoteLine(kind, item, None, Amount(mass_g=grams))
        until = self._until(doer)
        make_quote(self._records, doer, MakeQuote(number, CUSTOMER, until, (line,)))
        reserve(self._records, doer, number, 1, lot, Amount(mass_g=grams), until)
        self._held[number] = grams

    def _until(self, doer: Doer) -> date:
        return (doer.now + timedelta(days=30)).date()

    def settle(self, doer: Doer, note: str) -> tuple[str, int] | None:
        """One of them is withdrawn or ordered; the delivery note and its grams where it was ordered."""
        if not self._held:
            return None
        number = self._random.choice(list(self._held))
        grams = self._held[number]
        if self._random.random() < 0.4:
            withdraw_quote(self._records, doer, number)
            del self._held[number]
            return None
        order_quote(self._records, doer, number, Order(note, "NG", AT))
        del self._held[number]
        return note, grams
