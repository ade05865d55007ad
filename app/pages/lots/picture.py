"""The way of one lot as a picture: what it was made from, the lot, what took metal of it, what is left.

One scale for the whole picture; metal is strata in the order and colours of the certificate's. ``along`` runs to the
right on a desk and down on a phone, so that both are drawn by the same strokes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from app.lookups.lot_page import LotPage, Strata

CLASSES = ("own", "other", "pre", "rest")
MOST = 6  # bands at a side; the others are one band
THICK = 104.0  # the widest bar, pixels
GAP, LEAST = 26.0, 1.5
ROW = 40.0  # the least room of a label's two lines
WIDTH = 1184.0
MARGIN = 24.0
LEFT, STEP, LOT, RIGHT = 236.0, 400.0, 560.0, 800.0


@dataclass(frozen=True, slots=True)
class Band:
    """Metal at one side: what it is, two lines of words, and its strata."""

    head: str
    note: str
    strata: Strata
    address: str = ""
    stock: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the picture in the reader's language."""

    conclusion: str
    this_lot: str
    step: str
    step_number: str
    loss: str
    more: str

    @property
    def tag_width(self) -> float:
        """Pixels that "this lot" takes in its black tag: kanji are twice as wide."""
        return 20 + 8.5 * len(self.this_lot) if self.this_lot.isascii() else 24 + 15 * len(self.this_lot)


@dataclass(slots=True)
class _Stack:
    """Where a band stands at its side, and where at the bar."""

    band: Band
    outer: float
    inner: float


def draw(page: LotPage, left: Sequence[Band], right: Sequence[Band], words: Words) -> Markup:
    """The picture; the table beside it says the same."""
    left, right = few(left, words), few(right, words)
    made_g = max(page.made.mass_g, 1)
    widest = max(sum(band.strata.mass_g for band in left), made_g)
    scale = THICK / widest
    sides = [_stacked(left, scale, _total(left, scale)), _stacked(right, scale, made_g * scale)]
    height = max([THICK, *(stack.outer + max(_thick(stack.band, scale), ROW) for side in sides for stack in side)]) + 8
    top = 56.0
    begins = 0.0 if left else LOT - MARGIN  # what came from outside begins with itself, or a phone would show nothing
    strokes = [
        *_left(sides[0], scale, top, words),
        *_right(sides[1], scale, top),
        *_bars(page, scale, top, words, left),
    ]
    return Markup(
        '<svg viewBox="{} 0 {} {}" class="flow{}" role="group" aria-labelledby="way-title">'
        '<title id="way-title">{}</title>{}</svg>'
    ).format(
        n(begins),
        n(WIDTH - begins),
        n(top + height),
        "" if left else " short",
        words.conclusion,
        Markup("").join(strokes),
    )


def few(bands: Sequence[Band], words: Words) -> list[Band]:
    """At most so many bands: the smaller ones together, as "n more"."""
    if len(bands) <= MOST:
        return list(bands)
    shown = list(bands[: MOST - 1])
    rest = bands[MOST - 1 :]
    grams = [sum(band.strata.grams[at] for band in rest) for at in range(4)]
    return [*shown, Band(words.more.format(n=len(rest)), "", Strata((grams[0], grams[1], grams[2], grams[3])))]


def _thick(band: Band, scale: float) -> float:
    return max(band.strata.mass_g * scale, LEAST)


def _total(bands: Sequence[Band], scale: float) -> float:
    return sum(band.strata.mass_g for band in bands) * scale


def _stacked(bands: Sequence[Band], scale: float, inner_height: float) -> list[_Stack]:
    """Outer places apart enough for two lines each, inner ones packed."""
    stacks, outer, inner = [], 0.0, 0.0
    for band in bands:
        thickness = _thick(band, scale)
        room = max(thickness, ROW)
        stacks.append(_Stack(band, outer + (room - thickness) / 2, inner))
        outer, inner = outer + room + GAP / 2, inner + band.strata.mass_g * scale
    return stacks


def _left(stacks: Sequence[_Stack], scale: float, top: float, words: Words) -> Iterator[Markup]:
    for stack in stacks:
        yield from _ribbon(stack.band, LEFT, top + stack.outer, STEP, top + stack.inner, scale)
        yield _bar(LEFT - 1, top + stack.outer - 1, _thick(stack.band, scale) + 2, 2)
        middle = top + stack.outer + _thick(stack.band, scale) / 2
        yield from labelled(LEFT - 10, middle, stack.band, end=True)


def _right(stacks: Sequence[_Stack], scale: float, top: float) -> Iterator[Markup]:
    for stack in stacks:
        yield from _ribbon(stack.band, LOT + 8, top + stack.inner, RIGHT, top + stack.outer, scale)
        yield _bar(RIGHT - 1, top + stack.outer - 1, _thick(stack.band, scale) + 2, 3)
        yield from labelled(RIGHT + 12, top + stack.outer + _thick(stack.band, scale) / 2, stack.band, end=False)


def _bars(page: LotPage, scale: float, top: float, words: Words, left: Sequence[Band]) -> Iterator[Markup]:
    lot_height = max(page.made.mass_g * scale, 4)
    if left:
        yield from _ribbon(Band("", "", page.made), STEP + 2, top, LOT, top, scale)
        height = max(_total(left, scale), lot_height)
        yield _bar(STEP - 1.5, top - 4, height + 8, 3)
        yield text(STEP, top - 30, words.step, "b", "middle")
        yield text(STEP, top - 13, words.step_number, "note", "middle")
        if words.loss:
            yield text(STEP + 8, top + height + 20, words.loss, "note", "start")
    yield _bar(LOT - 2, top - 8, lot_height + 16, 10)
    yield Markup('<rect class="black" x="{}" y="{}" width="{}" height="26"/>').format(
        n(LOT - 2), n(top - 44), n(words.tag_width)
    )
    yield text(LOT + 8, top - 26, words.this_lot, "tagged", "start")


def _ribbon(band: Band, x0: float, y0: float, x1: float, y1: float, scale: float) -> Iterator[Markup]:
    """Strata from one place to another, with tangents along the way."""
    middle = (x0 + x1) / 2
    for name, grams in zip(CLASSES, band.strata.grams, strict=True):
        if not grams:
            continue
        t = max(grams * scale, LEAST)
        data = (
            f"M{n(x0)} {n(y0)}C{n(middle)} {n(y0)} {n(middle)} {n(y1)} {n(x1)} {n(y1)}v{n(t)}"
            f"C{n(middle)} {n(y1 + t)} {n(middle)} {n(y0 + t)} {n(x0)} {n(y0 + t)}z"
        )
        yield Markup('<path class="{}" d="{}"/>').format(name, data)
        y0, y1 = y0 + grams * scale, y1 + grams * scale


def labelled(x: float, middle: float, band: Band, end: bool) -> Iterator[Markup]:
    """The two lines of a band's words around a height, with a link where there is something to go to."""
    anchor = "end" if end else "start"
    head = text(x, middle - 3 if band.note else middle + 5, band.head, "b", anchor)
    yield Markup('<a href="{}">{}</a>').format(band.address, head) if band.address else head
    if band.note:
        yield text(x, middle + 15, band.note, "note", anchor)


def _bar(x: float, y: float, height: float, width: float) -> Markup:
    return Markup('<rect class="black" x="{}" y="{}" width="{}" height="{}"/>').format(n(x), n(y), width, n(height))


def text(x: float, y: float, words: str, style: str, anchor: str) -> Markup:
    """One line of words."""
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        style, n(x), n(y), anchor, escape(words)
    )


def n(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")
