"""What the state machine does next: mostly what makes sense, now and then what does not."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from app.carbon.factors import JAPAN
from app.ledger.lots import Amount
from tests.soak.model.books import Books, Lot, take

FIRST = datetime(2025, 6, 1, tzinfo=JAPAN)
MINUTE = timedelta(minutes=1)
SITES = ("MC", "KB", "NG")
CUSTOMERS = ("TRUCK-M", "TRUCK-K", "RAIL-E")
PEOPLE = ("Aoki", "Baba")
ODD_ONE_IN = 5

Choice = TypeVar("Choice")


class Chooser:
    """Chooses with what Hypothesis draws, so that a failure shrinks; one deed in a few is an odd one."""

    def __init__(self, books: Books, random: Random, prefix: str, minute: int) -> None:
        self.books = books
        self.random = random
        self.prefix = prefix
        self.now = FIRST + minute * MINUTE
        self.odd = random.randint(1, ODD_ONE_IN) == ODD_ONE_IN

    def one(self, choices: Iterable[Choice]) -> Choice:
        return self.random.choice(tuple(choices))

    def chance(self, one_in: int) -> bool:
        return self.random.randint(1, one_in) == one_in

    def oddly(self, one_in: int = 4) -> bool:
        """Whether an odd deed is odd in this way too."""
        return self.odd and self.chance(one_in)

    def number(self, letter: str, taken: Sequence[str] = ()) -> str:
        """A new number; oddly one that is taken."""
        if taken and self.oddly(6):
            return self.one(taken)
        known = len(self.books.lots) + len(self.books.deeds)
        return f"{self.prefix}{letter}{known}"

    def numbers_of(self, noun: str) -> list[str]:
        return [number for each, number in self.books.deeds if each == noun]

    def at(self, lots: Iterable[str]) -> datetime:
        """Now; oddly before one of the lots was there."""
        known = [self.books.lots[number].since for number in lots]
        return max(known) - MINUTE if known and self.oddly() else self.now

    def lots(self, fits: Callable[[Lot], bool]) -> list[Lot]:
        """The lots that a deed could take, with metal and without flags; oddly, and where there are none, any."""
        everything = list(self.books.lots.values())
        good = [lot for lot in everything if fits(lot) and lot.metal.mass_g and not self.books.flagged(lot.number)]
        return everything if not good or self.oddly(3) else good

    def at_one_site(self, lots: list[Lot], most: int) -> tuple[str, list[Lot]]:
        """A site with some of its lots; oddly of anywhere."""
        site = self.one([lot.place[1] for lot in lots if lot.place[0] == "site"] or SITES)
        there = lots if self.oddly(3) else [lot for lot in lots if lot.place == ("site", site)]
        return site, self.random.sample(there or lots, self.random.randint(1, min(most, len(there or lots))))

    def amount(self, lot: Lot, whole_one_in: int = 3) -> Amount:
        """All of it or some; oddly too much, or counted in another way."""
        if self.oddly():
            return self._odd_amount(lot)
        if lot.units is not None:
            most = max(1, lot.units)
            return Amount(units=most if self.chance(whole_one_in) else self.random.randint(1, most))
        most = max(1, lot.metal.mass_g)
        return Amount(mass_g=most if self.chance(whole_one_in) else self.random.randint(min(most, 1000), most))

    def _odd_amount(self, lot: Lot) -> Amount:
        if self.chance(2):
            return Amount(units=1) if lot.units is None else Amount(mass_g=1)
        if lot.units is None:
            return Amount(mass_g=lot.metal.mass_g + self.random.randint(1, 1000))
        return Amount(units=lot.units + 1)

    def charged_g(self, lots: Sequence[Lot], amounts: Sequence[Amount]) -> int:
        """What these amounts come to, as far as they can be taken."""
        return sum(take(lot, amount).metal.mass_g for lot, amount in zip(lots, amounts, strict=True))

    def parts(self, whole_g: int, most: int) -> list[int]:
        """A mass in a few parts, none of them nothing."""
        count = min(self.random.randint(1, most), max(1, whole_g))
        parts, left = [], whole_g
        for n in range(count - 1, 0, -1):
            part = self.random.randint(1, left - n)
            parts.append(part)
            left -= part
        return [*parts, left]
