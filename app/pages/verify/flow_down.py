"""The way on a phone: metal runs downwards at the left, labels stand in a column at the right."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from app.pages.verify import drawing
from app.pages.verify.drawing import LINE, width_of
from app.pages.verify.flow_labels import Label, Labels
from certificates.flow import Picture, Point

WIDTH = 328
_LABELS = 190  # where the column of labels begins
_LEFT, _BAND, _ROOM = 4, 140, 172
_LEAST = 78  # between two bars
_TOP = 12
_INDENT = 16  # of a label beside its swatch


class FlowDown:
    """One picture: where its bars stand, and its strokes."""

    def __init__(self, picture: Picture, labels: Labels) -> None:
        self._picture, self._labels = picture, labels
        self._scale = min(_BAND / picture.thickest_g, _ROOM / max(picture.depth_g, 1))
        self._inside = [self._fits_inside(index) for index in range(len(picture.stations))]
        self._blocks = [self._inlet_lines(), *map(self._station_lines, range(len(picture.stations)))]
        self._bars = [float(_TOP)]
        for index, block in enumerate(self._blocks):
            self._bars.append(self._bars[-1] + max(_LEAST, len(block) * LINE + 16, self._pipe_room(index)))

    def svg(self, identity: str) -> Markup:
        """The picture."""
        delivered = self._labels.delivered.lines
        height = self._bars[-1] + len(delivered) * LINE
        return drawing.picture(WIDTH, height, self._labels.title, identity, self._strokes())

    def _strokes(self) -> Iterator[Markup]:
        picture = self._picture
        for band in (*picture.rests, *picture.strata, *picture.inlets):
            yield drawing.ribbon(band, self._place, drawing.branch_style(picture))
        for pipe in picture.pipes:
            x, y = self._place((pipe.along, pipe.across))
            yield drawing.pipe(x, y, pipe.thickness_g * self._scale, downwards=True)
        yield from self._drawn_bars()
        yield from self._words()

    def _drawn_bars(self) -> Iterator[Markup]:
        starts = self._picture.first_inlets
        for band in starts:
            x, y = self._place(band.start)
            yield drawing.rectangle(x - 2, y - 1, band.thickness_g * self._scale + 4, 3, "bar")
        reaches = [max((band.start[1] + band.thickness_g for band in starts), default=0.0)]
        reaches += [station.bar_g for station in self._picture.stations]
        for index, reach in enumerate((*reaches, self._picture.delivered_g)):
            right, y = _LEFT + reach * self._scale + 2, self._bars[index]
            if index:
                yield drawing.rectangle(_LEFT - 2, y - 1, right - _LEFT + 2, 3, "bar")
            yield drawing.line(right, y, _LABELS - 8, y)

    def _words(self) -> Iterator[Markup]:
        for bar, block in zip(self._bars, (*self._blocks, self._labels.delivered.lines), strict=True):
            yield from _column(bar, block)
        y = self._bars[0]
        for label in self._labels.inlets if len(self._labels.inlets) > 1 else ():
            yield drawing.rectangle(_LABELS, y - 5, 10, 10, f"{label.swatch} edge")
            y += LINE * sum(len(list(_folded(words, style == "b", _INDENT))) for style, words in label.lines)
        for rest in self._picture.rests:
            index = int(rest.start[0]) - 1
            words, _ = self._labels.rests[index] or ("", "")
            if self._inside[index]:
                x, y = self._place((rest.end[0], rest.end[1] + rest.thickness_g / 2))
                yield drawing.text(x + width_of(words) / 2 - 4, y - 8, words, "m", end=True)

    def _inlet_lines(self) -> list[tuple[str, str]]:
        several = len(self._labels.inlets) > 1
        return [
            (f"{style} s" if several else style, part)
            for label in self._labels.inlets
            for style, words in label.lines
            for part in _folded(words, style == "b", _INDENT if several else 0)
        ]

    def _station_lines(self, index: int) -> list[tuple[str, str]]:
        label: Label = self._labels.stations[index]
        rest = self._labels.rests[index]
        lines = [*label.lines, *((("n", rest[1]),) if rest and not self._inside[index] else ())]
        if self._labels.numbers[index]:
            lines.insert(1, ("n", self._labels.numbers[index]))
        return [(style, part) for style, words in lines for part in _folded(words, style == "b")]

    def _fits_inside(self, index: int) -> bool:
        """Whether the words of a branch fit into it; they stand in the column otherwise."""
        rest = self._labels.rests[index]
        return rest is not None and width_of(rest[0]) + 8 <= self._picture.stations[index].rest_g * self._scale

    def _pipe_room(self, index: int) -> float:
        reach = [p.thickness_g * self._scale for p in self._picture.pipes if p.along == index]
        return max((drawing.pipe_reach(thickness) + 10 for thickness in reach), default=0.0)

    def _place(self, point: Point) -> Point:
        along, across = point
        index = min(int(along), len(self._bars) - 2)
        top, bottom = self._bars[index], self._bars[index + 1]
        return _LEFT + across * self._scale, top + (bottom - top) * (along - index)


def _column(bar: float, block: Sequence[tuple[str, str]]) -> Iterator[Markup]:
    """The lines of a label; its first line stands level with the bar."""
    for index, (style, words) in enumerate(block):
        indent = _INDENT if style.endswith(" s") else 0
        yield drawing.text(_LABELS + indent, bar + 5 + index * LINE, words, style.removesuffix(" s"))


def _folded(words: str, bold: bool, indent: int = 0) -> Iterator[str]:
    return drawing.broken(words, WIDTH - _LABELS - indent, bold)
