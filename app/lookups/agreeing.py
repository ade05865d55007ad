"""Two streams of rows in the order of their keys, side by side: bounded memory however many rows."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from app.records.connection import Block

Row = tuple[Any, ...]
_END: Row = ()


def differing(made: Iterator[Block], held: Iterator[Block]) -> Iterator[tuple[Row, object, object]]:
    """(key, made, held) wherever two streams of (key …, value) differ; "nothing" where one of them has no such key.

    Blocks that are equal are passed over whole: in books that are right, nothing is looked at row by row.
    """
    mine: Block = []
    theirs: Block = []
    while True:
        mine, theirs = mine or next(made, []), theirs or next(held, [])
        shared = min(len(mine), len(theirs))
        if not shared or mine[:shared] != theirs[:shared]:
            break
        mine, theirs = mine[shared:], theirs[shared:]
    yield from _row_by_row(chain(mine, chain.from_iterable(made)), chain(theirs, chain.from_iterable(held)))


def _row_by_row(recomputed: Iterator[Row], kept: Iterator[Row]) -> Iterator[tuple[Row, object, object]]:
    made, held = next(recomputed, _END), next(kept, _END)
    while made or held:
        if made and held and made[:-1] == held[:-1]:
            if int(made[-1]) != held[-1]:
                yield made[:-1], int(made[-1]), held[-1]
            made, held = next(recomputed, _END), next(kept, _END)
        elif not held or (made and made[:-1] < held[:-1]):
            yield made[:-1], int(made[-1]), "nothing"
            made = next(recomputed, _END)
        else:
            yield held[:-1], "nothing", held[-1]
            held = next(kept, _END)
