"""Reversals of the same things by two processes at the same moment: of each pair exactly one succeeds."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.ledger.refusals import Code, Refused
from app.lookups.ledger_check import check_ledger
from app.operations.dispatch import dispatch
from app.operations.register_scrap import register_scrap, register_slips
from app.operations.reverse import reverse
from app.operations.transfer import transfer
from app.records.unit import Collided, Records
from tests.soak.databases import Place, number
from tests.soak.entries import doer, moved, sent, slip
from tests.soak.figures import Figure, Tell
from tests.soak.processes import SPAWN, at_once

LOT_KG = 1000
POOL, POOL_KG = "POOL", 1_000_000
PORTION = 500
SECONDS_TO_MEET = 120
# Of ten things eight are scrap lots of their own, one a dispatch and one a transfer of the one lot they all share.
NOUNS = ("lot",) * 8 + ("dispatch", "transfer")

Thing = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sizes:
    things: int
    processes: int = 8


def pairs(place: Place, sizes: Sizes, seed: int, tell: Tell) -> list[Figure]:
    """Do as many deeds as there are to be pairs, then undo each of them from two processes at once."""
    url = place.fresh()
    things = [(NOUNS[n % len(NOUNS)], f"T{n}") for n in range(sizes.things)]
    _do(url, things, tell)
    started = time.monotonic()
    outcomes = _undo(url, things, sizes.processes // 2)
    lasted_s = time.monotonic() - started
    words = [Counter(pair[thing] for pair in outcomes) for thing in things]
    right = Counter({"reversed": 1, Code.ALREADY_REVERSED.value: 1})
    total = sum(words, Counter())
    return [
        Figure("pairs of reversals", len(things)),
        Figure("reversals a second", 2 * len(things) / lasted_s),
        Figure("succeeded", total["reversed"], len(things)),
        Figure("refused already_reversed", total[Code.ALREADY_REVERSED.value], len(things)),
        Figure("pairs without exactly one of each", sum(word != right for word in words), 0),
        Figure("reversals in the books", number(url, "SELECT count(*) FROM reversals"), len(things)),
        *_left(url),
    ]


def _left(url: str) -> list[Figure]:
    """Everything was undone, so nothing but the shared lot is left, and that is whole again."""
    records = Records(url)
    differences = check_ledger(records).differences
    records.dispose()
    left_g = number(url, "SELECT sum(mass_g) FROM lot_states") - POOL_KG * 1000
    slips = number(url, "SELECT count(*) FROM scrap_entries WHERE live") - 1
    return [
        Figure("grams left that were undone", left_g, 0),
        Figure("slips still held by what was undone", slips, 0),
        Figure("differences found by ledger check", len(differences), 0),
    ]


def _do(url: str, things: Sequence[Thing], tell: Tell) -> None:
    records = Records(url)
    register_scrap(records, doer("stock"), slip(POOL, POOL_KG, units=POOL_KG // 1000))
    slips = [slip(name, LOT_KG) for noun, name in things if noun == "lot"]
    for start in range(0, len(slips), PORTION):
        with records.writing(doer("stock")) as books:
            register_slips(books, slips[start : start + PORTION])
            books.commit()
    tell(f"pairs: {len(slips):,} lots registered …")
    for noun, name in things:
        if noun == "dispatch":
            dispatch(records, doer("stock"), sent(name, "MC", (POOL, 1000)))
        elif noun == "transfer":
            transfer(records, doer("stock"), moved(name, POOL, "KB", 1000, f"{name}-KB"))
    records.dispose()


def _undo(url: str, things: Sequence[Thing], couples: int) -> list[dict[Thing, str]]:
    """What each process was told, thing by thing; the two of a couple walk through the same things side by side."""
    arguments: list[tuple[Any, ...]] = []
    for couple in range(couples):
        meeting = SPAWN.Barrier(2)
        arguments += [(url, f"undoer-{couple}-{side}", things[couple::couples], meeting) for side in range(2)]
    undone = at_once(_undo_each, arguments)
    return [{thing: word for half in undone[side::2] for thing, word in half.items()} for side in range(2)]


def _undo_each(url: str, person: str, things: Sequence[Thing], meeting: Any) -> dict[Thing, str]:
    records = Records(url)
    told: dict[Thing, str] = {}
    for thing in things:
        meeting.wait(SECONDS_TO_MEET)
        told[thing] = _undo_one(records, person, thing)
    records.dispose()
    return told


def _undo_one(records: Records, person: str, thing: Thing) -> str:
    """Until there is an answer: a collision that outlasted the service's own tries is none."""
    while True:
        try:
            reverse(records, doer(person), *thing, "undone by two at once")
        except Refused as refused:
            return refused.code.value
        except Collided:
            continue
        return "reversed"
