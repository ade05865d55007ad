"""The product rows of page one: up to three lines, or the sum and a word that the annex has each."""

from collections.abc import Sequence

from certificates import figures
from certificates.content import Certificate, Line
from certificates.pdf.paper import BODY, INK_2, LINE, POINT, RIGHT
from certificates.pdf.parts import Block, fitted, section_label
from certificates.pdf.pen import Pen
from certificates.pdf.refusal import CannotPrint
from certificates.wording import Text, counter_en

ROWS = 3
_MASS = RIGHT
_UNITS = RIGHT - 29
_NAME_ROOM = 78.0
_LABEL = Text("製品", "Product")


def product_block(pen: Pen, certificate: Certificate) -> Block:
    """What the certificate is about, with kg and units."""
    lines = certificate.lines
    if len(lines) == 1:
        return _single(pen, lines[0])
    if len(lines) <= ROWS:
        return Block(max(3.6 + 5.6 * len(lines), 12.9), lambda y: _several(pen, y, lines))
    return Block(12.9, lambda y: _annexed(pen, y, certificate))


def _single(pen: Pen, line: Line) -> Block:
    japanese, size, english = _names(pen, line)
    below = 6.4 + size * 1.2 * POINT * (len(japanese) - 1)

    def draw(y: float) -> None:
        section_label(pen, y, _LABEL)
        pen.paragraph(BODY, y + 6.4, japanese, size, size * 1.2 * POINT, bold=True)
        pen.paragraph(BODY, y + below + 4.4, english, 6.5, 2.9, colour=INK_2)
        _mass(pen, y + 6.4, line.mass_g, 13)
        pen.note(_MASS, y + 10.8, "正味 net mass", 6.5, right=True)
        if line.units is not None:
            _units(pen, y + 6.4, line.units, line.counter_ja, 13)
            pen.note(_UNITS, y + 10.8, f"{line.units:,} {counter_en(line.counter_ja, line.units)}", 6.5, right=True)

    return Block(below + 6.5 + 2.9 * (len(english) - 1), draw)


def _several(pen: Pen, y: float, lines: tuple[Line, ...]) -> None:
    section_label(pen, y, _LABEL)
    for index, line in enumerate(lines):
        at = y + 5.2 + 5.6 * index
        _name_in_line(pen, at, line, f"lines[{index}]")
        _mass(pen, at, line.mass_g, 9.5)
        if line.units is not None:
            _units(pen, at, line.units, line.counter_ja, 9.5)
        if index:
            pen.rule(BODY, at - 3.9, RIGHT, 0.2, LINE)


def _annexed(pen: Pen, y: float, certificate: Certificate) -> None:
    section_label(pen, y, _LABEL)
    count = len(certificate.lines)
    names = list(dict.fromkeys(line.product_ja for line in certificate.lines))
    pen.text(BODY, y + 6.4, f"{names[0]} ほか 計{count}明細", 11, bold=True)
    pen.note(BODY, y + 10.8, f"別紙 {count} lines, each in the annex on page 2", 7)
    _mass(pen, y + 6.4, certificate.mass_g, 13)
    pen.note(_MASS, y + 10.8, "正味合計 total net mass", 6.5, right=True)


def _name_in_line(pen: Pen, y: float, line: Line, field: str) -> None:
    size = fitted(pen, line.product_ja, _NAME_ROOM, (9.5, 8.5, 7.5, 7), f"{field}.product_ja", bold=True)
    end = pen.text(BODY, y, line.product_ja, size, bold=True) + 1.8
    for english in (f"{line.product_en}, {line.alloy}", line.alloy):
        if end + pen.width(english, 6.5) <= BODY + _NAME_ROOM:
            pen.note(end, y, english, 6.5)
            return


def _names(pen: Pen, line: Line) -> tuple[Sequence[str], float, Sequence[str]]:
    """Japanese in one line or two, its size, and English in one or two."""
    room = _NAME_ROOM if line.units is not None else _NAME_ROOM + 22
    japanese, size = _broken(pen, line.product_ja, room, (12.5, 11, 9.5), (9.5, 8.5, 7.5), True, "product_ja")
    english, _ = _broken(pen, f"{line.product_en}, {line.alloy}", room, (6.5,), (6.5,), False, "product_en")
    return japanese, size, english


def _broken(
    pen: Pen, text: str, room: float, whole: Sequence[float], halves: Sequence[float], bold: bool, field: str
) -> tuple[Sequence[str], float]:
    for size in whole:
        if pen.width(text, size, bold) <= room:
            return [text], size
    for size in halves:
        lines = pen.lines(text, room, size, bold)
        if len(lines) <= 2:
            return lines, size
    raise CannotPrint(f"lines[0].{field}")


def _mass(pen: Pen, y: float, mass_g: int, size: float) -> None:
    _quantity(pen, _MASS, y, figures.short_kg(mass_g), "kg", size)


def _units(pen: Pen, y: float, units: int, counter: str | None, size: float) -> None:
    _quantity(pen, _UNITS, y, f"{units:,}", counter or "", size)


def _quantity(pen: Pen, right: float, y: float, figure: str, unit: str, size: float) -> None:
    unit_at = right - pen.width(unit, size * 0.65, True)
    pen.text(unit_at, y, unit, size * 0.65, bold=True)
    pen.text(unit_at - 0.8, y, figure, size, bold=True, right=True)
