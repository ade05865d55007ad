"""One racer: a process that takes, moves, melts, registers and undoes on the same few lots as all the others."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from app.ledger.grams import GRAMS_PER_KG
from app.ledger.lots import Amount, Kind
from app.ledger.refusals import Refused
from app.ledger.transformations import StepKind
from app.operations.dispatch import dispatch
from app.operations.record_transformation import (
    RecordTransformation,
    StepInput,
    StepOutput,
    record_transformation,
)
from app.operations.register_scrap import register_scrap
from app.operations.reverse import reverse
from app.operations.transfer import transfer
from app.records.unit import Records, Unavailable
from tests.soak.entries import ALLOY, AT, doer, moved, sent, slip
from tests.soak.promising import Promises

# The lots everybody takes from: enough for all, so that it is their rows that are fought over and not the last gram.
SCRAP, PRIMARY = ("POOL-S1", "POOL-S2"), "POOL-P1"
INGOT, ALLOYING = "POOL-I1", "POOL-A1"
BILLETS = ("POOL-B1", "POOL-B2")
AT_SITE = {
    "MC": (*SCRAP, PRIMARY),
    "KB": (INGOT, ALLOYING),
    "NG": BILLETS,
}
# What each racer has made, for all to take from and to undo: a series a letter, numbered by racer and count.
SERIES = {
    "S": "lot",
    "D": "dispatch",
    "M": "transfer",
    "N": "transfer",
    "H": "transformation",
    "C": "transformation",
    "X": "transformation",
}
LETTERS = tuple(SERIES)
LATEST = 12
SCARCE_KG = 400


@dataclass
class Told:
    """What a racer says it did: outcomes by word, its longest operation, grams in and out, and what it undid."""

    outcomes: Counter[str] = field(default_factory=Counter)
    longest_s: float = 0.0
    sent_g: dict[str, int] = field(default_factory=dict)
    entered_g: dict[str, int] = field(default_factory=dict)
    undone: list[tuple[str, str]] = field(default_factory=list)


class Racer:
    """``published`` is the board all racers see: how many of each series each of them has made."""

    def __init__(self, url: str, n: int, seed: int, published: Any) -> None:
        self._records = Records(url)
        self._n = n
        self._random = Random(f"{seed}/{n}")
        self._published = published
        self._racers = len(published) // len(LETTERS)
        self.told = Told()
        self._promises = Promises(self._records, str(n), self._random)
        self._deeds: tuple[tuple[int, Callable[[], None]], ...] = (
            (26, self._dispatch),
            (14, self._dispatch_scarce),
            (14, self._move),
            (8, self._remelt),
            (6, self._cast),
            (6, self._extrude),
            (10, self._register),
            (16, self._undo),
            (8, self._promise),
            (8, self._settle),
        )

    def run(self, operations: int) -> Told:
        """Do so many operations. Whatever is neither done, refused nor given up after retries ends the race."""
        weights, deeds = zip(*self._deeds, strict=True)
        for deed in self._random.choices(deeds, weights, k=operations):
            started = time.monotonic()
            try:
                deed()
                self.told.outcomes["done"] += 1
            except Refused as refused:
                self.told.outcomes[f"refused {refused.code}"] += 1
            except Unavailable as error:
                self.told.outcomes[type(error).__name__.lower()] += 1
            self.told.longest_s = max(self.told.longest_s, time.monotonic() - started)
        self._records.dispose()
        return self.told

    def _next(self, letter: str) -> str:
        return f"{letter}{self._n}-{self._published[self._at(letter, self._n)] + 1}"

    def _made(self, letter: str) -> None:
        self._published[self._at(letter, self._n)] += 1

    def _at(self, letter: str, racer: int) -> int:
        return racer * len(LETTERS) + LETTERS.index(letter)

    def _somebodys(self, letter: str) -> str | None:
        """One of the latest of a series that some racer has made, or None where it has made none."""
        racer = self._random.randrange(self._racers)
        count = self._published[self._at(letter, racer)]
        return f"{letter}{racer}-{self._random.randint(max(1, count - LATEST), count)}" if count else None

    def _grams(self, least_kg: int, most_kg: int) -> int:
        return self._random.randint(least_kg * GRAMS_PER_KG, most_kg * GRAMS_PER_KG)

    def _doer(self) -> Any:
        return doer(f"racer-{self._n}")

    def _dispatch(self) -> None:
        """One lot or two of a site, in any order: the order in which they are locked is the service's business."""
        site = self._random.choice(tuple(AT_SITE))
        lots = self._random.sample(AT_SITE[site], self._random.randint(1, 2))
        made = self._somebodys("X") if site == "NG" else None
        if made and self._random.random() < 0.5:
            lots[0] = made
        self._send(site, [(lot, self._grams(1, 40)) for lot in lots])

    def _dispatch_scarce(self) -> None:
        """A good part of a small lot, which others are after at this moment."""
        lot = self._somebodys("S") or SCRAP[0]
        self._send("MC", [(lot, self._grams(60, 300))])

    def _send(self, site: str, lines: list[tuple[str, int]]) -> None:
        number = self._next("D")
        dispatch(self._records, self._doer(), sent(number, site, *lines))
        self.told.sent_g[number] = sum(grams for _, grams in lines)
        self._made("D")

    def _move(self) -> None:
        """Some of a pool lot anywhere else, or some of what was cast a moment ago to where it is extruded."""
        cast = self._somebodys("C")
        if cast and self._random.random() < 0.4:
            number = self._next("N")
            transfer(self._records, self._doer(), moved(number, cast, "NG", self._grams(5, 50), number))
            return self._made("N")
        number = self._next("M")
        lot = self._random.choice((*BILLETS, PRIMARY, INGOT))
        to = self._random.choice([site for site, lots in AT_SITE.items() if lot not in lots])
        transfer(self._records, self._doer(), moved(number, lot, to, self._grams(5, 50), number))
        return self._made("M")

    def _remelt(self) -> None:
        inputs = [*self._random.sample(SCRAP, self._random.randint(1, 2)), PRIMARY]
        offcuts = self._somebodys("H")
        if offcuts:
            inputs.append(f"{offcuts}-R")
        self._random.shuffle(inputs)
        self._step(StepKind.REMELT, "MC", "H", inputs, Kind.BILLET, None)

    def _cast(self) -> None:
        self._step(StepKind.CAST, "KB", "C", [INGOT, ALLOYING], Kind.BILLET, None)

    def _extrude(self) -> None:
        """Of the pool's billets together with what came from the casting works a moment ago."""
        billets = [self._random.choice(BILLETS), self._somebodys("N")]
        self._step(StepKind.EXTRUDE, "NG", "X", [lot for lot in billets if lot], Kind.PRODUCT, "profile")

    def _step(self, kind: StepKind, site: str, letter: str, lots: list[str], made: Kind, item: str | None) -> None:
        inputs = [(lot, self._grams(20, 100) if lot.startswith("POOL") else self._grams(1, 10)) for lot in lots]
        charged_g = sum(grams for _, grams in inputs)
        number = self._next(letter)
        offcuts_g = charged_g // 20
        outputs = (
            StepOutput(number, made, charged_g - offcuts_g - charged_g // 100, ALLOY, item),
            StepOutput(f"{number}-R", Kind.RETURN, offcuts_g, ALLOY),
        )
        given = tuple(StepInput(lot, Amount(mass_g=grams)) for lot, grams in inputs)
        step = RecordTransformation(number, kind, site, None, AT, given, outputs)
        record_transformation(self._records, self._doer(), step)
        self._made(letter)

    def _register(self) -> None:
        number = self._next("S")
        entered = slip(number, SCARCE_KG)
        register_scrap(self._records, self._doer(), entered)
        self.told.entered_g[number] = entered.net_g
        self._made("S")

    def _promise(self) -> None:
        """Metal of what was extruded a moment ago, or of a pool billet, held for a quote."""
        made = self._somebodys("X")
        product = made is not None and self._random.random() < 0.7
        self._promises.promise(self._doer(), made if made and product else BILLETS[0], product)

    def _settle(self) -> None:
        number = self._next("D")
        sent_now = self._promises.settle(self._doer(), number)
        if sent_now:
            self.told.sent_g[number] = sent_now[1]
            self._made("D")

    def _undo(self) -> None:
        letter = self._random.choice(LETTERS)
        number = self._somebodys(letter)
        if number is None:
            return self._register()
        reverse(self._records, self._doer(), SERIES[letter], number, "raced")
        self.told.undone.append((SERIES[letter], number))
        return None
