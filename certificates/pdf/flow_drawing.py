"""The flow picture on paper: the geometry of ``certificates.flow`` with metal running from left to right."""

from collections.abc import Iterator

from certificates.content import Certificate
from certificates.flow import Pipe, Ribbon
from certificates.folding import Folded
from certificates.pdf.flow_frame import Frame
from certificates.pdf.flow_labels import Labels
from certificates.pdf.flow_words import Word, note, stand_apart
from certificates.pdf.paper import LEFT, OUTLINE, POINT, REST, RETURNS, RIGHT
from certificates.pdf.parts import COLUMN_FILLS
from certificates.pdf.pen import Pen

LABEL_PITCH = 6.4  # two lines of text
LEAST_PITCH = 5.6  # the same without air
THICKEST = 20.5
_THINNEST = 10.0
_BRIEF_THINNEST = 7.0
_ABOVE = 11.5  # room for the labels over the bars


def thinnest(brief: bool) -> float:
    """How thin the widest band may get, mm."""
    return _BRIEF_THINNEST if brief else _THINNEST


class Drawing:
    """One flow picture of a certificate, of a shape and a thickness, brief or with every figure."""

    def __init__(self, pen: Pen, certificate: Certificate, shape: Folded, thickest_mm: float, brief: bool) -> None:
        self._frame = Frame(shape, thickest_mm, LEAST_PITCH if brief else LABEL_PITCH)
        self._labels = Labels(pen, self._frame, certificate, brief)
        self._brief = brief
        self.is_thinnest = thickest_mm <= thinnest(brief)
        self.height = _ABOVE + max(self._frame.depth, self._labels.depth, thinnest(brief))

    def reads_well(self, pen: Pen) -> bool:
        """Whether every word can be read: it meets no other, nor a shape."""
        return stand_apart(pen, [*self._title(pen), *self._labels.words], list(self._frame.obstacles))

    def draw(self, pen: Pen, y: float) -> None:
        """Everything, with the section's rule at ``y``; words stay over metal, for a pen writes at the end."""
        pen.rule(LEFT, y, RIGHT)
        top, picture = y + _ABOVE, self._frame.picture
        for ribbon in picture.rests:
            self._ribbon(pen, top, ribbon, REST)
        for ribbon in (*picture.strata, *picture.inlets):
            self._ribbon(pen, top, ribbon, COLUMN_FILLS[ribbon.column or 0])
        for pipe in picture.pipes:
            self._pipe(pen, top, pipe)
        reaches = [(station.along, station.bar_g) for station in picture.stations]
        for along, reach in (*reaches, (picture.end, float(picture.delivered_g))):
            self._bar(pen, top, self._frame.x(along), self._frame.y(reach))
        for x, begins, ends in self._labels.leaders:
            pen.line((x, top + begins), (x, top + ends), 0.2, OUTLINE)
        for word in (*self._title(pen), *self._labels.words):
            word.draw(pen, top)

    def _title(self, pen: Pen) -> Iterator[Word]:
        name = Word(LEFT, 5.2 - _ABOVE, "金属の道のり", 8.5, bold=True)
        yield name
        japanese = "工程全体の質量（内訳は工程の表）" if self._brief else "工程全体の質量"
        english = "masses of whole steps; more in the table" if self._brief else "masses of whole steps"
        yield note(name.box(pen)[2] + 1.6, 5.2 - _ABOVE, japanese, 7.5)
        yield note(LEFT, 9.2 - _ABOVE, f"The way the metal went, {english}", 7)

    def _ribbon(self, pen: Pen, top: float, ribbon: Ribbon, fill: tuple[float, float, float] | None) -> None:
        points = [(self._frame.x(along), top + self._frame.y(across)) for along, across in ribbon.outline]
        solid = ribbon.column in (0, 1)
        pen.band(points, fill, None if solid else OUTLINE, 0.12)

    def _pipe(self, pen: Pen, top: float, pipe: Pipe) -> None:
        outline = [(x, top + y) for x, y in self._frame.pipe_outline(pipe)]
        pen.pipe(outline, pipe.thickness_g * self._frame.scale * 0.8, RETURNS, OUTLINE)

    @staticmethod
    def _bar(pen: Pen, top: float, x: float, reach: float) -> None:
        pen.line((x, top - 2.4), (x, top), 0.2)
        pen.line((x, top - 0.5), (x, top + reach + 0.5), 2 * POINT)
