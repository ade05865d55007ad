"""Labels of lots: a QR code with the lot's address, its number large, and what is needed at arm's length."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from certificates.fonts import Fonts
from certificates.qr import symbol

UNKNOWN = "〓"  # the printer's sign for a character that is not in the case
QUIET_MM = 2.0
SMALLEST = 5.5
LEAST = 2.0  # mm from line to line, of the smallest letters


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label. ``address`` is upper-cased into the code; ``lines`` stand under the number.

    A line too long for its label goes on in a second; what has no room on it at all is what comes last.
    """

    address: str
    number: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Labels on a page, in mm: a page of one label for a roll, rows and columns for a sheet."""

    page: tuple[float, float]
    size: tuple[float, float]
    columns: int = 1
    rows: int = 1
    margin: tuple[float, float] = (0.0, 0.0)
    pitch: tuple[float, float] = (0.0, 0.0)

    @property
    def on_a_page(self) -> int:
        return self.columns * self.rows


A4 = (210.0, 297.0)
LAYOUTS = {
    "62x29": Layout((62.0, 29.0), (62.0, 29.0)),
    "80x50": Layout((80.0, 50.0), (80.0, 50.0)),
    "100x60": Layout((100.0, 60.0), (100.0, 60.0)),
    "a4-12": Layout(A4, (86.4, 42.3), 2, 6, (18.6, 21.6), (86.4, 42.3)),
    "a4-24": Layout(A4, (66.0, 33.9), 3, 8, (6.0, 12.9), (66.0, 33.9)),
}


def render_labels(labels: Sequence[Label], layout: Layout, fonts: Fonts, skip: int = 0) -> bytes:
    """A PDF of labels; ``skip`` leaves the first places of a sheet free, where labels have been taken off before."""
    target = io.BytesIO()
    width, height = layout.page
    canvas = Canvas(target, (width * mm, height * mm), invariant=1, initialFontName=fonts.regular)  # type: ignore[arg-type]
    canvas.setTitle("Labels")
    for place, label in _placed(labels, layout, skip):
        if place == 0 and label is not labels[0]:
            canvas.showPage()
        _draw(canvas, label, layout, place, fonts)
    canvas.save()
    return target.getvalue()


def _placed(labels: Sequence[Label], layout: Layout, skip: int) -> Iterator[tuple[int, Label]]:
    for n, label in enumerate(labels, start=skip % layout.on_a_page):
        yield n % layout.on_a_page, label


def _draw(canvas: Canvas, label: Label, layout: Layout, place: int, fonts: Fonts) -> None:
    row, column = divmod(place, layout.columns)
    width, height = layout.size
    left = layout.margin[0] + column * layout.pitch[0]
    top = layout.page[1] - layout.margin[1] - row * layout.pitch[1]
    side = min(height - 2 * QUIET_MM - 2, width * 0.42)
    _code(canvas, label.address, left + QUIET_MM + 1, top - QUIET_MM - 1, side)
    start = left + side + 2 * QUIET_MM + 2.5
    room = left + width - 1.5 - start
    size = _fitting(fonts, label.number, room, min(16.0, height * 0.45), bold=True)
    y = top - 3 - size * 0.36
    canvas.setFont(fonts.bold, size)
    canvas.drawString(start * mm, y * mm, _shown(fonts, label.number))
    free = y - (top - height) - 2
    lines = [piece for line in label.lines for piece in _in_two(fonts, _shown(fonts, line), room)][: int(free / LEAST)]
    step = min(4.6, free / max(len(lines), 1))
    for line in lines:
        y -= step
        size = _fitting(fonts, line, room, step * 1.9, bold=False)
        canvas.setFont(fonts.regular, size)
        canvas.drawString(start * mm, y * mm, line)


def _code(canvas: Canvas, address: str, left: float, top: float, side: float) -> None:
    drawn = symbol(address)
    module = side / drawn.modules
    path = canvas.beginPath()
    for y, x, length in drawn.runs():
        path.rect((left + x * module) * mm, (top - (y + 1) * module) * mm, length * module * mm, module * mm)
    canvas.drawPath(path, stroke=0, fill=1)


def _fitting(fonts: Fonts, text: str, room: float, largest: float, bold: bool) -> float:
    """The largest size, in points, at which a line fits; never smaller than can be read."""
    wide = fonts.width(text, 1, bold) / mm
    return max(SMALLEST, min(largest, room / wide if wide else largest))


def _in_two(fonts: Fonts, line: str, room: float) -> Sequence[str]:
    """A line as it is where it fits at the smallest size, else in two, broken at a blank where there is one."""
    if _fits(fonts, line, room):
        return [line]
    end = max(end for end in range(1, len(line)) if end == 1 or _fits(fonts, line[:end], room))
    blank = line.rfind(" ", 1, end + 1)
    end = blank if blank > 0 else end
    return [line[:end].rstrip(), _cut(fonts, line[end:].lstrip(), room)]


def _cut(fonts: Fonts, text: str, room: float) -> str:
    """What is too long even for a second line ends in a sign that it goes on."""
    if _fits(fonts, text, room):
        return text
    kept = max(end for end in range(len(text)) if end == 0 or _fits(fonts, text[:end] + "…", room))
    return text[:kept].rstrip() + "…"


def _fits(fonts: Fonts, text: str, room: float) -> bool:
    return fonts.width(text, SMALLEST) / mm <= room


def _shown(fonts: Fonts, text: str) -> str:
    missing = fonts.missing(text)
    return "".join(UNKNOWN if character in missing else character for character in text)
