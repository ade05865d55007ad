"""Where everything of the flow picture stands on paper: mm from the left of the sheet and from the top of the band."""

from collections.abc import Iterator

from certificates.flow import Picture, Pipe, Point, Station, picture
from certificates.folding import Folded
from certificates.pdf.flow_words import Box
from certificates.pdf.paper import RIGHT

INPUTS = 76.0  # where the metal begins; its kg end 2 mm before
_FIRST_BAR = 95.0
DELIVERED_BAR = 171.0
_BAR = 0.3  # half of its thickness
DELIVERED_ROOM = RIGHT - DELIVERED_BAR - 1.8


class Frame:
    """A picture ``thickest_mm`` thick; the centres of its inlets are at least ``pitch_mm`` apart."""

    def __init__(self, shape: Folded, thickest_mm: float, pitch_mm: float) -> None:
        self.shape = shape
        self.picture: Picture = picture(shape.way, pitch_mm / thickest_mm)
        self.scale = thickest_mm / self.picture.thickest_g

    def x(self, along: float) -> float:
        """Along, in mm: the inputs have a stretch of their own, the stages share the rest evenly."""
        bars = self.picture.end - 1
        if not bars:
            return INPUTS + along * (DELIVERED_BAR - INPUTS)
        if along <= 1:
            return INPUTS + along * (_FIRST_BAR - INPUTS)
        return _FIRST_BAR + (along - 1) / bars * (DELIVERED_BAR - _FIRST_BAR)

    def y(self, across: float) -> float:
        return across * self.scale

    @property
    def spacing(self) -> float:
        return (DELIVERED_BAR - _FIRST_BAR) / max(self.picture.end - 1, 1)

    @property
    def depth(self) -> float:
        """The lowest edge of all bands and pipes."""
        late = [(r.start[1] + r.thickness_g) * self.scale for r in self.picture.inlets]
        return max([0.0, *late, *(self.pipe_outline(pipe)[2][1] for pipe in self.picture.pipes)])

    @property
    def obstacles(self) -> Iterator[Box]:
        """What no label may stand on: pipes, bars, and metal that enters late, where it has not joined the band yet."""
        for pipe in self.picture.pipes:
            outline = self.pipe_outline(pipe)
            yield outline[0][0], outline[0][1], outline[2][0], outline[2][1]
        reaches = [(station.along, station.bar_g) for station in self.picture.stations]
        for along, reach in (*reaches, (self.picture.end, float(self.picture.delivered_g))):
            yield self.x(along) - _BAR, 0.0, self.x(along) + _BAR, self.y(reach)
        for inlet in self.picture.inlets:
            (begins, across), (ends, _) = inlet.start, inlet.end
            if begins:
                half = (begins + ends) / 2
                yield self.x(begins), self.y(across), self.x(half), self.y(across + inlet.thickness_g)

    def pipe_of(self, station: Station) -> Pipe | None:
        return next((pipe for pipe in self.picture.pipes if pipe.along == station.along), None)

    def pipe_outline(self, pipe: Pipe) -> tuple[Point, ...]:
        """Its six corners, from where it leaves the bar, clockwise."""
        x, y, thick = self.x(pipe.along), self.y(pipe.across), pipe.thickness_g * self.scale
        inner, bottom = x + 1.6, y + thick + 2.4
        return (x, y), (inner + thick, y), (inner + thick, bottom), (inner, bottom), (inner, y + thick), (x, y + thick)
