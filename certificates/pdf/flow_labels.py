"""What stands beside the flow picture on paper: names over the bars, figures below them, inputs at the left."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from certificates import figures, wording
from certificates.content import Certificate
from certificates.flow import Ribbon, Station
from certificates.pdf.flow_frame import DELIVERED_ROOM, INPUTS, Frame
from certificates.pdf.flow_words import Word, meet, note
from certificates.pdf.paper import INK, INK_2, LEFT
from certificates.pdf.parts import cut
from certificates.pdf.pen import Pen
from certificates.wording import Text

_NOTE = 6.5
ROW = 2.9
_CLEAR = 1.0  # of the heading
_LEAST_PITCH = 5.6  # two lines of text that do not touch


class Labels:
    """The words of one picture. Where it is ``brief``, a bar tells what it made and leaves the rest to the tables."""

    def __init__(self, pen: Pen, frame: Frame, certificate: Certificate, brief: bool) -> None:
        self._pen, self._frame, self._brief = pen, frame, brief
        counters = {line.counter_ja for line in certificate.lines if line.units is not None}
        several = " unit" if frame.picture.delivered_units == 1 else " units"
        self._unit = counters.pop() if len(counters) == 1 else several
        self._bodies = self._placed()
        self.words: Sequence[Word] = list(self._all())

    def _all(self) -> Iterator[Word]:
        for ribbon, middle in zip(self._frame.picture.first_inlets, self._middles(), strict=True):
            yield from self._inlet(ribbon, middle)
        for index, station in enumerate(self._frame.picture.stations):
            yield from self._head(index, station)
            yield from self._bodies[index]
            yield from self._in_branch(station)
        yield from self._delivered()

    @property
    def depth(self) -> float:
        """Where the lowest of them ends."""
        inlets = [middle + 3.4 for middle in self._middles()]
        stations = [body[-1].y + 0.1 * ROW + 0.6 for body in self._bodies]
        return max([0.0, *inlets, *stations, *(word.y for word in self._delivered())])

    @property
    def leaders(self) -> Iterator[tuple[float, float, float]]:
        """x, from and to: from a bar to its figures, where those had to go further down."""
        for body, station in zip(self._bodies, self._frame.picture.stations, strict=True):
            natural = self._label_top(station) + ROW * 0.9
            if body[0].y > natural and body[0].x == self._frame.x(station.along):
                yield body[0].x, self._frame.y(station.bar_g), body[0].y - ROW

    def _placed(self) -> Sequence[Sequence[Word]]:
        """The figures under each bar, from the last bar to the first: lower where they would stand on anything."""
        taken = list(self._frame.obstacles)
        bodies = []
        for station in reversed(self._frame.picture.stations):
            body = list(self._rows_at(station, self._label_top(station)))
            while hit := [shape for word in body for shape in taken if meet(word.box(self._pen), shape)]:
                lower = max(shape[3] for shape in hit) + 0.6 - body[0].box(self._pen)[1]
                body = [replace(word, y=word.y + max(lower, 0.6)) for word in body]
            taken += [word.box(self._pen) for word in body]
            bodies.append(body)
        return bodies[::-1]

    def _middles(self) -> Iterator[float]:
        """Where the labels of the inputs stand: beside their stacks, clear of the heading and of each other."""
        least = _CLEAR
        for ribbon in self._frame.picture.first_inlets:
            middle = max(self._frame.y(ribbon.centre_of_start), least)
            least = middle + _LEAST_PITCH
            yield middle

    def _inlet(self, ribbon: Ribbon, middle: float) -> Iterator[Word]:
        name = wording.COLUMNS[ribbon.column or 0]
        yield Word(LEFT, middle - 0.2, name.ja, 7.5, bold=True)
        yield note(LEFT, middle + 2.6, name.en, 6.2)
        yield Word(INPUTS - 2, middle + 1, f"{figures.short_kg(ribbon.mass_g)} kg", 7.5, bold=True, right=True)

    def _head(self, index: int, station: Station) -> Iterator[Word]:
        x, spacing = self._frame.x(station.along), self._frame.spacing
        shape = self._frame.shape
        if shape.stages > 1 and index == shape.at:
            yield Word(x, -6.2, f"ほか{shape.stages}工程", 8, bold=True)
            yield note(x, -3.3, f"{shape.stages} more steps", _NOTE)
            return
        step = wording.STEPS.get(station.kind, Text(station.kind, ""))
        narrow = self._pen.width(step.ja, 8, True) + 1.2 + self._pen.width(step.en, 6) > spacing
        size = 7 if narrow else 8
        yield Word(x, -6.2, step.ja, size, bold=True)
        end = x + self._pen.width(step.ja, size, True)
        roomy = end + 1.2 + self._pen.width(step.en, _NOTE) < x + spacing - 0.8
        yield note(end + (1.2 if roomy else 0.7), -6.2, step.en, _NOTE if roomy else 6)
        yield note(x, -3.3, self._numbers(station), _NOTE)

    def _numbers(self, station: Station) -> str:
        first, more = station.numbers[0] if station.numbers else "", len(station.numbers) - 1
        room = self._frame.spacing - 1
        if more <= 0:
            return cut(self._pen, first, room, _NOTE)
        full = f"{first} ほか{more}件"
        if self._pen.width(full, _NOTE) <= room:
            return full
        return f"{cut(self._pen, first, room - self._pen.width(f' +{more}', _NOTE), _NOTE)} +{more}"

    def _rows_at(self, station: Station, at: float) -> Iterator[Word]:
        left = self._label_left(station)
        for index, row in enumerate(self._rows(station)):
            y = at + ROW * (index + 0.9)
            yield Word(left, y, row, _NOTE if index else 7.5, bold=not index, colour=INK_2 if index else INK)

    def _rows(self, station: Station) -> list[str]:
        return [f"{figures.short_kg(station.made_g)} kg", *(() if self._brief else self._details(station))]

    def _details(self, station: Station) -> Iterator[str]:
        if station.loss_g:
            yield from self._row("ロス loss", station.loss_g)
        if station.returns_g:
            yield from self._row("返り材 returns", station.returns_g)
        if station.entered_g and station.along > 1:
            yield from self._row("追加 added", station.entered_g)
        if station.rest_g and not self._rest_is_wide(station):
            yield from self._row("ほか others", station.rest_g)

    def _row(self, label: str, grams: int) -> tuple[str, ...]:
        """In one line where the next label leaves room, else in two."""
        whole = f"{label} {figures.short_kg(grams)}"
        if self._pen.width(whole, _NOTE) <= self._frame.spacing - 1.5:
            return (whole,)
        return label, figures.short_kg(grams)

    def _label_left(self, station: Station) -> float:
        pipe = self._frame.pipe_of(station)
        if pipe is None or self._is_below_pipe(station):
            return self._frame.x(station.along)
        return self._frame.pipe_outline(pipe)[1][0] + 1.2

    def _label_top(self, station: Station) -> float:
        pipe, top = self._frame.pipe_of(station), self._frame.y(station.below_g) + 1.4
        if pipe is not None and self._is_below_pipe(station):
            return max(top, self._frame.pipe_outline(pipe)[2][1] + 0.6)
        return top

    def _is_below_pipe(self, station: Station) -> bool:
        pipe = self._frame.pipe_of(station)
        if pipe is None:
            return False
        taken = 1.6 + pipe.thickness_g * self._frame.scale + 2.4
        return self._frame.spacing - taken < self._pen.width(f"{figures.short_kg(station.made_g)} kg", 7.5, True)

    def _rest_is_wide(self, station: Station) -> bool:
        wide = self._pen.width(_others(station), _NOTE)
        return station.rest_g * self._frame.scale >= 3.4 and wide <= self._frame.spacing * 0.62 - 3

    def _in_branch(self, station: Station) -> Iterator[Word]:
        if not station.rest_g or not self._rest_is_wide(station):
            return
        ribbon = next(r for r in self._frame.picture.rests if r.start[0] == station.along)
        middle = self._frame.y(ribbon.end[1] + ribbon.thickness_g / 2)
        yield Word(self._frame.x(ribbon.end[0]) - 1.2, middle + 0.4, _others(station), _NOTE, right=True)

    def _delivered(self) -> Iterator[Word]:
        picture, pen = self._frame.picture, self._pen
        x = self._frame.x(picture.end)
        yield Word(x, -6.2, "本証明書", 8, bold=True)
        yield note(x, -3.3, "This certificate", _NOTE)
        figure, below = f"{figures.short_kg(picture.delivered_g)} kg", []
        if pen.width(figure, 6, True) > DELIVERED_ROOM:
            figure, below = figure.removesuffix(" kg"), ["kg"]
        size = 9.0
        while size > 6 and pen.width(figure, size, True) > DELIVERED_ROOM:
            size -= 0.5
        middle = min(self._frame.y(picture.delivered_g / 2), self._frame.y(picture.delivered_g)) + 1
        yield Word(x + 1.8, middle, figure, size, bold=True)
        if picture.delivered_units is not None:
            below += pen.lines(f"{picture.delivered_units:,}{self._unit or ''}", DELIVERED_ROOM, 7)
        for index, row in enumerate(below):
            yield note(x + 1.8, middle + 3.4 + ROW * index, row, 7)


def _others(station: Station) -> str:
    return f"ほか others {figures.short_kg(station.rest_g)} kg"
