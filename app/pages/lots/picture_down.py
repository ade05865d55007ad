"""The same picture on a phone: turned, metal runs down at the left, and words stand in a column beside it.

Bands begin one under the other from left to right, and end one under the other from right to left: the line from a band
to its words crosses none.
"""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from app.lookups.lot_page import LotPage, Strata
from app.pages.lots.picture import CLASSES, LEAST, Band, Words, few, labelled, n, text

WIDTH = 328.0
THICK = 150.0
LEFT, WORDS = 4.0, 190.0
ROW, RUN = 46.0, 40.0


def draw_down(page: LotPage, left: Sequence[Band], right: Sequence[Band], words: Words) -> Markup:
    """The picture; the table beside it says the same."""
    left, right = few(left, words), few(right, words)
    made_g = max(page.made.mass_g, 1)
    widest = max(sum(band.strata.mass_g for band in left), made_g)
    scale = THICK / widest
    step_at = 20 + ROW * len(left)
    lot_at = step_at + (RUN + 44 if left else 0)
    ends = lot_at + RUN + 24 + ROW * max(len(right), 1)
    strokes = [
        *_inputs(left, scale, step_at),
        *(_step(page, scale, step_at, lot_at, words, widest) if left else ()),
        *_outputs(right, scale, lot_at, ends),
        *_lot(page, scale, lot_at, words),
    ]
    return Markup(
        '<svg viewBox="0 0 {} {}" class="flow down" role="group" aria-labelledby="way-down-title">'
        '<title id="way-down-title">{}</title>{}</svg>'
    ).format(n(WIDTH), n(ends + 22), words.conclusion, Markup("").join(strokes))


def _inputs(bands: Sequence[Band], scale: float, ends: float) -> Iterator[Markup]:
    x = LEFT
    for row, band in enumerate(bands):
        begins, width = 20 + ROW * row, max(band.strata.mass_g * scale, LEAST)
        yield from _strip(band.strata, x, begins, ends, scale)
        yield _line(x - 1, begins - 1, width + 2, 2)
        yield _leader(x + width, begins)
        yield from labelled(WORDS, begins + 4, band, end=False)
        x += band.strata.mass_g * scale


def _step(page: LotPage, scale: float, at: float, lot_at: float, words: Words, widest_g: int) -> Iterator[Markup]:
    yield from _strip(page.made, LEFT, at, lot_at, scale)
    yield _line(LEFT - 4, at - 1.5, widest_g * scale + 8, 3)
    yield text(WORDS, at + 4, words.step, "b", "start")
    yield text(WORDS, at + 21, words.step_number, "note", "start")
    if words.loss:
        yield text(WORDS, at + 38, words.loss, "note", "start")


def _lot(page: LotPage, scale: float, at: float, words: Words) -> Iterator[Markup]:
    yield _line(LEFT - 4, at - 5, max(page.made.mass_g * scale, 4) + 8, 10)
    yield Markup('<rect class="black" x="{}" y="{}" width="{}" height="26"/>').format(
        n(WORDS - 6), n(at - 13), n(words.tag_width)
    )
    yield text(WORDS + 4, at + 5, words.this_lot, "tagged", "start")


def _outputs(bands: Sequence[Band], scale: float, begins: float, ends: float) -> Iterator[Markup]:
    x = LEFT
    for row, band in enumerate(bands):
        end, width = ends - ROW * row, max(band.strata.mass_g * scale, LEAST)
        yield from _strip(band.strata, x, begins + 5, end, scale)
        yield _line(x - 1, end - 1, width + 2, 3)
        yield _leader(x + width, end)
        yield from labelled(WORDS, end - 4, band, end=False)
        x += band.strata.mass_g * scale


def _strip(strata: Strata, x: float, begins: float, ends: float, scale: float) -> Iterator[Markup]:
    for name, grams in zip(CLASSES, strata.grams, strict=True):
        if grams:
            width = max(grams * scale, LEAST)
            yield Markup('<path class="{}" d="M{} {}h{}V{}h-{}z"/>').format(
                name, n(x), n(begins), n(width), n(ends), n(width)
            )
            x += grams * scale


def _leader(x: float, y: float) -> Markup:
    return Markup('<path class="lead-line" d="M{} {}H{}"/>').format(n(x + 3), n(y), n(WORDS - 6))


def _line(x: float, y: float, width: float, height: float) -> Markup:
    return Markup('<rect class="black" x="{}" y="{}" width="{}" height="{}"/>').format(n(x), n(y), n(width), n(height))
