"""The way on a desk: metal runs to the right, names stand above the bars and figures below them."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from app.pages.verify import drawing
from app.pages.verify.drawing import LINE, width_of
from app.pages.verify.flow_labels import Label, Labels
from certificates.flow import Picture, Point

WIDTH = 664
PITCH = 0.42  # of the thickest band: two lines of a label
_BAND, _ROOM = 96, 210
_GAP = 10
_LARGER = 17 / 14  # what is delivered stands in larger type
_FIRST = 64  # from input stacks to the first bar, where their labels stand at the left

Lines = tuple[tuple[str, str], ...]


class TooNarrow(Exception):
    """A label does not fit between two bars; the picture that runs downwards has room for it."""


class FlowAcross:
    """One picture: where its bars stand, and its strokes. Raises TooNarrow."""

    def __init__(self, picture: Picture, labels: Labels) -> None:
        self._picture, self._labels = picture, labels
        self._scale = min(_BAND / picture.thickest_g, _ROOM / max(picture.depth_g, 1))
        self._beside = len(labels.inlets) > 1
        self._left = max(map(_widest, labels.inlets)) + 12 if self._beside else 2.0
        notes = max(map(width_of, labels.delivered.notes), default=0.0)
        right = WIDTH - max(width_of(labels.delivered.main[0], bold=True) * _LARGER + 10, notes, 92)
        self._first = _FIRST if self._beside else (right - self._left) / picture.end
        self._pitch = (right - self._left - self._first) / (picture.end - 1) if picture.end > 1 else self._first
        self._inside = [self._fits_inside(index) for index in range(len(picture.stations))]
        self._above = [self._head(index) for index in range(len(picture.stations) + 2)]
        self._below = [self._body(index) for index in range(len(picture.stations) + 1)]
        self._top = max(map(len, self._above)) * LINE + 8.0

    def svg(self, identity: str) -> Markup:
        """The picture."""
        bottoms = [self._bottom(index) + len(lines) * LINE + 6 for index, lines in enumerate(self._below)]
        lowest = self._top + self._picture.depth_g * self._scale + 8
        beside = self._picture.first_inlets if self._beside else ()
        words = [self._top + inlet.centre_of_start * self._scale + LINE + 2 for inlet in beside]
        return drawing.picture(WIDTH, max(*bottoms, *words, lowest), self._labels.title, identity, self._strokes())

    def _strokes(self) -> Iterator[Markup]:
        picture = self._picture
        for band in (*picture.rests, *picture.strata, *picture.inlets):
            yield drawing.ribbon(band, self._place, drawing.branch_style(picture))
        for pipe in picture.pipes:
            x, y = self._place((pipe.along, pipe.across))
            yield drawing.pipe(x, y, pipe.thickness_g * self._scale, downwards=False)
        yield from self._bars()
        yield from self._words()

    def _bars(self) -> Iterator[Markup]:
        for band in self._picture.first_inlets:
            x, y = self._place(band.start)
            yield drawing.rectangle(x - 1, y - 2, 3, band.thickness_g * self._scale + 4, "bar")
        reaches = (*(station.bar_g for station in self._picture.stations), self._picture.delivered_g)
        for index, reach in enumerate(reaches, start=1):
            x = self._x(index)
            yield drawing.rectangle(x - 1, self._top - 2, 3, reach * self._scale + 4, "bar")

    def _words(self) -> Iterator[Markup]:
        for index, lines in enumerate(self._above):
            y = self._top - 10 - LINE * (len(lines) - 1)
            yield from _lines(self._x(index) - 1, y, lines)
        for index, lines in enumerate(self._below):
            yield from _lines(self._x(index) - 1, self._bottom(index) + 16, lines)
        if self._beside:
            yield from self._inlet_words()
        middle = self._top + self._picture.delivered_g * self._scale / 2
        yield drawing.text(self._x(len(self._above) - 1) + 9, middle + 6, self._labels.delivered.main[0], "b t")
        for rest in self._picture.rests:
            index = int(rest.start[0]) - 1
            words, _ = self._labels.rests[index] or ("", "")
            if self._inside[index]:
                x, y = self._place((rest.end[0], rest.end[1] + rest.thickness_g / 2))
                yield drawing.text(x - 6, y + 5, words, "m", end=True)

    def _inlet_words(self) -> Iterator[Markup]:
        for inlet, label in zip(self._picture.first_inlets, self._labels.inlets, strict=True):
            y = self._top + inlet.centre_of_start * self._scale
            yield drawing.text(0, y - 3, label.head, "m")
            yield drawing.text(0, y - 3 + LINE, label.main[0], "b")

    def _head(self, index: int) -> Lines:
        """Above a bar: the name of the step and its number, of the input where there is one only, of the delivery."""
        if index == 0:
            inlets = () if self._beside else self._labels.inlets
            return self._folded((("b", inlets[0].head),)) if inlets else ()
        if index > len(self._labels.stations):
            delivered = self._labels.delivered
            heads = drawing.folded(delivered.head, WIDTH - self._x(index), bold=True)
            return (*(("b", head) for head in heads), *(("n", note) for note in delivered.notes))
        number = self._labels.numbers[index - 1]
        return self._folded((("b", self._labels.stations[index - 1].head), *((("n", number),) if number else ())))

    def _body(self, index: int) -> Lines:
        if index == 0:
            return (
                ()
                if self._beside or not self._labels.inlets
                else self._folded((("b", self._labels.inlets[0].main[0]),))
            )
        label, rest = self._labels.stations[index - 1], self._labels.rests[index - 1]
        notes = (*label.notes, *((rest[1],) if rest and not self._inside[index - 1] else ()))
        return self._folded((("b", label.main[0]), *(("n", note) for note in notes)))

    def _folded(self, lines: Lines) -> Lines:
        room = self._pitch - _GAP
        return tuple((style, part) for style, words in lines for part in _fitting(words, room, style == "b"))

    def _bottom(self, index: int) -> float:
        """Where everything ends that is drawn between this bar and the next: its figures stand under that."""
        picture, scale = self._picture, self._scale
        reached = [
            band.end[1] + band.thickness_g for band in (*picture.rests, *picture.strata) if band.start[0] == index
        ]
        reached += [band.start[1] + band.thickness_g for band in picture.inlets if int(band.start[0]) == index]
        reached += [picture.stations[index - 1].bar_g] if index else []
        bends = [
            (p.across + p.thickness_g) * scale + drawing.RADIUS + drawing.TAIL
            for p in picture.pipes
            if p.along == index
        ]
        return self._top + max([across * scale for across in reached] + bends)

    def _fits_inside(self, index: int) -> bool:
        rest = self._labels.rests[index]
        if rest is None:
            return False
        return self._picture.stations[index].rest_g * self._scale >= 24 and width_of(rest[0]) + 30 <= 0.62 * self._pitch

    def _x(self, along: float) -> float:
        return self._left + min(along, 1) * self._first + max(along - 1, 0) * self._pitch

    def _place(self, point: Point) -> Point:
        return self._x(point[0]), self._top + point[1] * self._scale


def _lines(x: float, y: float, lines: Sequence[tuple[str, str]]) -> Iterator[Markup]:
    return (drawing.text(x, y + index * LINE, words, style) for index, (style, words) in enumerate(lines))


def _widest(inlet: Label) -> float:
    return max(width_of(inlet.head), width_of(inlet.main[0], bold=True))


def _fitting(words: str, room: float, bold: bool) -> Iterator[str]:
    for line in drawing.folded(words, room, bold):
        if width_of(line, bold) > room:
            raise TooNarrow(words)
        yield line
