"""Rules, boxes, bands and hatching, in mm from the top left corner of the sheet.

The operators are written literally (ISO 32000-1, 8.5): reportlab's own drawing takes three times as long for the same.
"""

from collections.abc import Iterable, Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf import paper
from certificates.pdf.paper import INK, Colour

Point = tuple[float, float]
_ROUND = 0.5523  # control points of a quarter circle


class Shapes:
    """Draws lines and areas on the current page of a canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def rule(self, x: float, y: float, end: float, thickness: float = 0.25, colour: Colour = INK) -> None:
        """A horizontal rule; ``thickness`` in mm."""
        self.line((x, y), (end, y), thickness, colour)

    def line(self, start: Point, end: Point, thickness: float, colour: Colour = INK) -> None:
        """A straight line; ``thickness`` in mm."""
        self._paint(f"{at(start)} m {at(end)} l", None, colour, thickness)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        thickness: float = 0.25,
    ) -> None:
        """A rectangle from its upper left corner."""
        self._paint(_rectangle(x, y, width, height), fill, stroke, thickness)

    def band(
        self, points: Sequence[Point], fill: Colour | None, stroke: Colour | None = None, thickness: float = 0.15
    ) -> None:
        """A ribbon of eight points, as ``certificates.flow.Ribbon.outline`` orders them; hatched where fill is None."""
        outline = _ribbon(points)
        if fill is None:
            self._hatch(outline, points)
        if fill is not None or stroke is not None:
            self._paint(outline, fill, stroke, thickness)

    def pipe(self, points: Sequence[Point], radius: float, fill: Colour, stroke: Colour) -> None:
        """A closed polygon whose second corner, on the outside of a bend, is rounded."""
        (x, y), rest, inner = points[1], points[2:], radius * (1 - _ROUND)
        bend = f"{at((x - inner, y))} {at((x, y + inner))} {at((x, y + radius))} c"
        sides = " ".join(f"{at(point)} l" for point in rest)
        self._paint(f"{at(points[0])} m {at((x - radius, y))} l {bend} {sides} h", fill, stroke, 0.15)

    def disc(
        self, x: float, y: float, radius: float, fill: Colour | None, stroke: Colour | None = None, width: float = 0
    ) -> None:
        """A circle around (x, y)."""
        self._paint(_circle(x, y, radius), fill, stroke, width)

    def hatched_box(self, x: float, y: float, width: float, height: float) -> None:
        """The 45° green hatch on white of pre-consumer scrap."""
        self._hatch(_rectangle(x, y, width, height), ((x, y), (x + width, y + height)))

    def cells(self, x: float, y: float, side: float, runs: Iterable[tuple[int, int, int]], fill: Colour) -> None:
        """Runs of square cells as one path: (row from the top, first column, length), ``side`` mm each.

        In whole cells under a scaled matrix, so that no two cells come apart by rounding.
        """
        path = " ".join(f"{column} {row} {length} 1 re" for row, column, length in runs)
        scale = f"{side * mm:.5f} 0 0 {-side * mm:.5f} {at((x, y))} cm"
        self._canvas.addLiteral(f"q {_colour(fill)} rg {scale} {path} f Q")

    def _hatch(self, outline: str, around: Sequence[Point], pitch: float = 1.1) -> None:
        """Hatch the inside of a path; ``around`` are points whose bounds hold it."""
        left, right = min(x for x, _ in around), max(x for x, _ in around)
        top, bottom = min(y for _, y in around), max(y for _, y in around)
        tall = bottom - top
        starts = [left - tall + pitch * index for index in range(int((right - left + tall) / pitch) + 1)]
        stripes = " ".join(f"{at((x, top))} m {at((x + tall, bottom))} l" for x in starts)
        self._canvas.addLiteral(f"q {outline} W n")
        self.box(left, top, right - left, tall, fill=paper.PAPER)
        self._paint(stripes, None, paper.GREEN, pitch * 0.45)
        self._canvas.addLiteral("Q")

    def _paint(self, path: str, fill: Colour | None, stroke: Colour | None, thickness: float) -> None:
        inside = f"{_colour(fill)} rg " if fill is not None else ""
        edge = f"{_colour(stroke)} RG {thickness * mm:.3f} w " if stroke is not None else ""
        operator = {(True, True): "B", (True, False): "f", (False, True): "S"}[fill is not None, stroke is not None]
        self._canvas.addLiteral(f"{inside}{edge}{path} {operator}")


def at(point: Point) -> str:
    """A point of the sheet as the two operands of a path operator."""
    return f"{point[0] * mm:.3f} {(paper.HEIGHT - point[1]) * mm:.3f}"


def _colour(colour: Colour) -> str:
    return "{:.4g} {:.4g} {:.4g}".format(*colour)


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"{at((x, y + height))} {width * mm:.3f} {height * mm:.3f} re"


def _ribbon(points: Sequence[Point]) -> str:
    p = [at(point) for point in points]
    return f"{p[0]} m {p[1]} {p[2]} {p[3]} c {p[4]} l {p[5]} {p[6]} {p[7]} c h"


def _circle(x: float, y: float, r: float) -> str:
    k = r * _ROUND
    quarters = (
        ((x + r, y + k), (x + k, y + r), (x, y + r)),
        ((x - k, y + r), (x - r, y + k), (x - r, y)),
        ((x - r, y - k), (x - k, y - r), (x, y - r)),
        ((x + k, y - r), (x + r, y - k), (x + r, y)),
    )
    return f"{at((x + r, y))} m " + " ".join(" ".join(at(p) for p in quarter) + " c" for quarter in quarters) + " h"
