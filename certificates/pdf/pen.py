"""What everything is drawn with: shapes, and text measured, broken and set in mm from the top left corner."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from certificates.embedding import EmbeddedFont
from certificates.fonts import Fonts
from certificates.pdf import breaking
from certificates.pdf.paper import INK, INK_2, POINT, Colour
from certificates.pdf.shapes import Shapes, at

_SUB_SIZE = 0.66
_SUB_DROP = 0.14


class Pen(Shapes):
    """Draws on one page of a canvas. Text is kept back and written over everything else by ``finish``."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        super().__init__(canvas)
        self.fonts = fonts
        self._written: list[str] = []
        self._colour: Colour | None = None
        self._font: tuple[str, float] | None = None

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Width of ``text`` in mm, "₂" counted as the lowered 2 it is drawn as."""
        return _width(self.fonts, text, size, bold)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: Colour = INK,
        right: bool = False,
    ) -> float:
        """Write one line with its baseline at ``y``, ending at ``x`` if ``right``; returns where it ends, in mm."""
        wide = self.width(text, size, bold)
        start = x - wide if right else x
        if colour != self._colour:
            self._written.append("{:.4g} {:.4g} {:.4g} rg".format(*colour))
            self._colour = colour
        self._written.append(f"1 0 0 1 {at((start, y))} Tm")
        for index, run in enumerate(text.split("₂")):
            if index:
                self._written.append(f"{-_SUB_DROP * size:.3f} Ts")
                self._show("2", size * _SUB_SIZE, bold)
                self._written.append("0 Ts")
            if run:
                self._show(run, size, bold)
        return start + wide

    def _show(self, text: str, size: float, bold: bool) -> None:
        font = pdfmetrics.getFont(self.fonts.bold if bold else self.fonts.regular)
        assert isinstance(font, EmbeddedFont)
        for name, shown in font.shown(text, self._canvas):
            if (name, size) != self._font:
                self._written.append(f"{name} {size:.3g} Tf")
                self._font = (name, size)
            self._written.append(f"<{shown}> Tj")

    def note(self, x: float, y: float, text: str, size: float, *, right: bool = False) -> float:
        """English, or a second fact: in ink-2."""
        return self.text(x, y, text, size, colour=INK_2, right=right)

    def figure(self, x: float, y: float, figure: str, size: float, unit: str, unit_size: float) -> float:
        """A bold figure and its smaller unit after a narrow space."""
        end = self.text(x, y, figure, size, bold=True)
        return self.text(end + 0.22 * unit_size * POINT, y, unit, unit_size)

    def lines(self, text: str, width: float, size: float, bold: bool = False) -> Sequence[str]:
        """``text`` broken into lines of at most ``width`` mm."""
        return _lines(self.fonts, text, width, size, bold)

    def paragraph(
        self,
        x: float,
        y: float,
        lines: Iterable[str],
        size: float,
        leading: float,
        *,
        bold: bool = False,
        colour: Colour = INK,
    ) -> float:
        """Broken lines, the first baseline at ``y``; returns the baseline after the last."""
        for line in lines:
            self.text(x, y, line, size, bold=bold, colour=colour)
            y += leading
        return y

    def finish(self) -> None:
        """Write the text and close the page."""
        self._canvas.addLiteral("\n".join(("BT", *self._written, "ET")))
        self._canvas.showPage()


def _width(fonts: Fonts, text: str, size: float, bold: bool) -> float:
    if "₂" not in text:
        return fonts.width(text, size, bold) * POINT
    plain = fonts.width(text.replace("₂", ""), size, bold)
    return (plain + text.count("₂") * fonts.width("2", size * _SUB_SIZE, bold)) * POINT


@lru_cache(maxsize=1024)
def _lines(fonts: Fonts, text: str, width: float, size: float, bold: bool) -> tuple[str, ...]:
    """Most sentences are the same on every certificate, and breaking them takes longer than setting them."""
    return tuple(breaking.lines(text, width, lambda piece: _width(fonts, piece, size, bold)))
