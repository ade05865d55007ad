"""The flow picture on paper: the geometry of ``certificates.flow`` with metal running from left to right."""

from collections.abc import Iterator

from certificates import figures, wording
from certificates.content import Certificate
from certificates.flow import Picture, Pipe, Point, Ribbon, Station, picture
from certificates.pdf.paper import INK, INK_2, LEFT, OUTLINE, POINT, REST, RETURNS, RIGHT
from certificates.pdf.parts import COLUMN_FILLS, Block
from certificates.pdf.pen import Pen
from certificates.wording import Text

LABEL_PITCH = 6.4  # two lines of text
THICKEST = 20.5
THINNEST = 10.0
_INPUTS = 76.0  # where the metal begins; its kg end 2 mm before
_FIRST_BAR = 95.0
_DELIVERED_BAR = 171.0
_ABOVE = 11.5  # room for the labels over the bars
_NOTE = 6.5
_ROW = 2.9


class Drawing:
    """One flow picture at a scale, with the upper edge of the band at ``top`` once it is placed."""

    def __init__(self, pen: Pen, certificate: Certificate, thickest_mm: float) -> None:
        self.pen = pen
        self.picture: Picture = picture(certificate.way, LABEL_PITCH / thickest_mm)
        self.scale = thickest_mm / self.picture.thickest_g
        self.top = 0.0
        counters = {line.counter_ja for line in certificate.lines if line.units is not None}
        self.unit = counters.pop() if len(counters) == 1 else " units"

    def x(self, along: float) -> float:
        """Along, in mm: the inputs have a stretch of their own, the stages share the rest evenly."""
        bars = self.picture.end - 1
        if not bars:
            return _INPUTS + along * (_DELIVERED_BAR - _INPUTS)
        if along <= 1:
            return _INPUTS + along * (_FIRST_BAR - _INPUTS)
        return _FIRST_BAR + (along - 1) / bars * (_DELIVERED_BAR - _FIRST_BAR)

    def y(self, across: float) -> float:
        return self.top + across * self.scale

    @property
    def spacing(self) -> float:
        return (_DELIVERED_BAR - _FIRST_BAR) / max(self.picture.end - 1, 1)

    @property
    def height(self) -> float:
        """From the top of the section to its lowest label."""
        inlets = [r.centre_of_start * self.scale + 3.4 for r in self.picture.first_inlets]
        late = [(r.start[1] + r.thickness_g) * self.scale for r in self.picture.inlets]
        labels = [self._label_top(s) - self.top + _ROW * len(self._rows(s)) + 0.6 for s in self.picture.stations]
        return _ABOVE + max([*inlets, *late, *labels, THINNEST])

    def draw(self, y: float) -> None:
        """Everything, with the section's rule at ``y``."""
        self.top = y + _ABOVE
        self.pen.rule(LEFT, y, RIGHT)
        end = self.pen.text(LEFT, y + 5.2, "金属の道のり", 8.5, bold=True)
        self.pen.note(end + 1.6, y + 5.2, "工程全体の質量", 7.5)
        self.pen.note(LEFT, y + 9.2, "The way the metal went, masses of whole steps", 7)
        for ribbon in self.picture.rests:
            self._ribbon(ribbon, REST)
        for ribbon in (*self.picture.strata, *self.picture.inlets):
            self._ribbon(ribbon, COLUMN_FILLS[ribbon.column or 0])
        for pipe in self.picture.pipes:
            self._pipe(pipe)
        for ribbon in self.picture.first_inlets:
            self._inlet(ribbon)
        for station in self.picture.stations:
            self._station(station)
        self._delivered()

    def _ribbon(self, ribbon: Ribbon, fill: tuple[float, float, float] | None) -> None:
        points = [(self.x(along), self.y(across)) for along, across in ribbon.outline]
        solid = ribbon.column in (0, 1)
        self.pen.band(points, fill, None if solid else OUTLINE, 0.12)

    def _pipe(self, pipe: Pipe) -> None:
        self.pen.pipe(self._pipe_outline(pipe), pipe.thickness_g * self.scale * 0.8, RETURNS, OUTLINE)

    def _pipe_outline(self, pipe: Pipe) -> tuple[Point, ...]:
        x, y, thick = self.x(pipe.along), self.y(pipe.across), pipe.thickness_g * self.scale
        inner, bottom = x + 1.6, y + thick + 2.4
        return (x, y), (inner + thick, y), (inner + thick, bottom), (inner, bottom), (inner, y + thick), (x, y + thick)

    def _inlet(self, ribbon: Ribbon) -> None:
        name = wording.COLUMNS[ribbon.column or 0]
        middle = self.y(ribbon.centre_of_start)
        self.pen.text(LEFT, middle - 0.2, name.ja, 7.5, bold=True)
        self.pen.note(LEFT, middle + 2.6, name.en, 6.2)
        self.pen.text(_INPUTS - 2, middle + 1, f"{figures.short_kg(ribbon.mass_g)} kg", 7.5, bold=True, right=True)

    def _station(self, station: Station) -> None:
        x = self.x(station.along)
        self._bar(x, station.bar_g)
        step = wording.STEPS.get(station.kind, Text(station.kind, ""))
        end = self.pen.text(x, self.top - 6.2, step.ja, 8, bold=True)
        roomy = end + 1.2 + self.pen.width(step.en, _NOTE) < x + self.spacing - 0.8
        self.pen.note(end + (1.2 if roomy else 0.7), self.top - 6.2, step.en, _NOTE if roomy else 6)
        self.pen.text(x, self.top - 3.3, self._numbers(station), _NOTE, colour=INK_2)
        left, at = self._label_left(station), self._label_top(station)
        for index, row in enumerate(self._rows(station)):
            bold = index == 0
            self.pen.text(left, at + _ROW * (index + 0.9), row, 7.5 if bold else _NOTE, bold=bold,
                          colour=INK if bold else INK_2)  # fmt: skip
        self._rest_label(station)

    def _bar(self, x: float, grams: float) -> None:
        self.pen.line((x, self.top - 2.4), (x, self.top), 0.2)
        self.pen.line((x, self.top - 0.5), (x, self.y(grams) + 0.5), 2 * POINT)

    def _numbers(self, station: Station) -> str:
        first, more = station.numbers[0] if station.numbers else "", len(station.numbers) - 1
        if more <= 0:
            return first
        full = f"{first} ほか{more}件"
        return full if self.pen.width(full, _NOTE) <= self.spacing - 1 else f"{first} +{more}"

    def _rows(self, station: Station) -> list[str]:
        return [f"{figures.short_kg(station.made_g)} kg", *self._details(station)]

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
        if self.pen.width(whole, _NOTE) <= self.spacing - 1.5:
            return (whole,)
        return label, figures.short_kg(grams)

    def _pipe_of(self, station: Station) -> Pipe | None:
        return next((pipe for pipe in self.picture.pipes if pipe.along == station.along), None)

    def _label_left(self, station: Station) -> float:
        pipe = self._pipe_of(station)
        left = self.x(station.along)
        if pipe is None or self._is_below_pipe(station):
            return left
        return self._pipe_outline(pipe)[1][0] + 1.2

    def _label_top(self, station: Station) -> float:
        pipe, top = self._pipe_of(station), self.y(station.below_g) + 1.4
        if pipe is not None and self._is_below_pipe(station):
            return max(top, self._pipe_outline(pipe)[2][1] + 0.6)
        return top

    def _is_below_pipe(self, station: Station) -> bool:
        pipe = self._pipe_of(station)
        if pipe is None:
            return False
        taken = 1.6 + pipe.thickness_g * self.scale + 2.4
        return self.spacing - taken < self.pen.width(f"{figures.short_kg(station.made_g)} kg", 7.5, True)

    def _rest_is_wide(self, station: Station) -> bool:
        text = f"ほか others {figures.short_kg(station.rest_g)} kg"
        return station.rest_g * self.scale >= 3.4 and self.pen.width(text, _NOTE) <= self.spacing * 0.62 - 3

    def _rest_label(self, station: Station) -> None:
        if not station.rest_g or not self._rest_is_wide(station):
            return
        ribbon = next(r for r in self.picture.rests if r.start[0] == station.along)
        middle = self.y(ribbon.end[1] + ribbon.thickness_g / 2)
        text = f"ほか others {figures.short_kg(station.rest_g)} kg"
        self.pen.text(self.x(ribbon.end[0]) - 1.2, middle + 0.4, text, _NOTE, right=True)

    def _delivered(self) -> None:
        x = self.x(self.picture.end)
        self._bar(x, self.picture.delivered_g)
        self.pen.text(x, self.top - 6.2, "本証明書", 8, bold=True)
        self.pen.note(x, self.top - 3.3, "This certificate", _NOTE)
        text = f"{figures.short_kg(self.picture.delivered_g)} kg"
        size = 9.0
        while size > 6 and self.pen.width(text, size, True) > RIGHT - x - 1.8:
            size -= 0.5
        middle = min(self.y(self.picture.delivered_g / 2), self.y(self.picture.delivered_g)) + 1
        self.pen.text(x + 1.8, middle, text, size, bold=True)
        units = self.picture.delivered_units
        if units is not None:
            self.pen.note(x + 1.8, middle + 3.4, f"{units:,}{self.unit or ''}", 7)


def flow_block(pen: Pen, certificate: Certificate, room: float) -> Block:
    """The section, as large as ``room`` mm allows between its least and its usual thickness."""
    thickness = THICKEST
    while thickness > THINNEST:
        drawing = Drawing(pen, certificate, thickness)
        if drawing.height <= room:
            return Block(drawing.height, drawing.draw)
        thickness -= 0.5
    drawing = Drawing(pen, certificate, THINNEST)
    return Block(drawing.height, drawing.draw)
