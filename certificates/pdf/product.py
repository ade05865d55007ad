"""The product rows of page one: up to three lines by name, or the sum and a word that the annex has each."""

from collections.abc import Sequence

from certificates import figures
from certificates.content import Certificate, Line
from certificates.pdf.paper import BODY, INK_2, LINE, POINT, RIGHT
from certificates.pdf.parts import Block, cut, section_label
from certificates.pdf.pen import Pen
from certificates.wording import Text, counter_en

ROWS = 3
_MASS = RIGHT
_UNITS = RIGHT - 29
_NAME_ROOM = 78.0
_MASS_ROOM = 33.0
_ANNEXED_ROOM = RIGHT - _MASS_ROOM - BODY - 2
_LEAST = 5.0  # of a figure of more digits than any real one
_LABEL = Text("製品", "Product")


def product_block(pen: Pen, certificate: Certificate) -> Block | None:
    """What the certificate is about, with kg and units; None where there are more names, or longer ones, than fit."""
    lines = certificate.lines
    if len(lines) == 1:
        return _single(pen, lines[0])
    if len(lines) <= ROWS and all(_size_in_line(pen, line) for line in lines):
        return Block(max(3.6 + 5.6 * len(lines), 12.9), lambda y: _several(pen, y, lines))
    return None


def annexed_block(pen: Pen, certificate: Certificate) -> Block:
    """The first name as far as it goes, how many lines there are, and that the annex has each."""
    return Block(12.9, lambda y: _annexed(pen, y, certificate))


def _single(pen: Pen, line: Line) -> Block | None:
    names = _names(pen, line)
    if names is None:
        return None
    japanese, size, english = names
    below = 6.4 + size * 1.2 * POINT * (len(japanese) - 1)

    def draw(y: float) -> None:
        section_label(pen, y, _LABEL)
        pen.paragraph(BODY, y + 6.4, japanese, size, size * 1.2 * POINT, bold=True)
        pen.paragraph(BODY, y + below + 4.4, english, 6.5, 2.9, colour=INK_2)
        _mass(pen, y + 6.4, line.mass_g, 13, _MASS_ROOM if line.units is None else _MASS - _UNITS - 1)
        pen.note(_MASS, y + 10.8, "正味 net mass", 6.5, right=True)
        if line.units is not None:
            _units(pen, y + 6.4, line.units, line.counter_ja, 13)
            pen.note(_UNITS, y + 10.8, f"{line.units:,} {counter_en(line.counter_ja, line.units)}", 6.5, right=True)

    return Block(below + 6.5 + 2.9 * (len(english) - 1), draw)


def _several(pen: Pen, y: float, lines: tuple[Line, ...]) -> None:
    section_label(pen, y, _LABEL)
    for index, line in enumerate(lines):
        at = y + 5.2 + 5.6 * index
        _name_in_line(pen, at, line)
        _mass(pen, at, line.mass_g, 9.5, _MASS - _UNITS - 1)
        if line.units is not None:
            _units(pen, at, line.units, line.counter_ja, 9.5)
        if index:
            pen.rule(BODY, at - 3.9, RIGHT, 0.2, LINE)


def _annexed(pen: Pen, y: float, certificate: Certificate) -> None:
    section_label(pen, y, _LABEL)
    count = len(certificate.lines)
    names = list(dict.fromkeys(line.product_ja for line in certificate.lines))
    more = f" ほか 計{count}明細" if count > 1 else ""
    room = _ANNEXED_ROOM - pen.width(more, 11, True)
    pen.text(BODY, y + 6.4, cut(pen, names[0], room, 11, bold=True) + more, 11, bold=True)
    lines = f"{count} lines, each" if count > 1 else "the line in full"
    pen.note(BODY, y + 10.8, f"別紙 {lines} in the annex on page 2", 7)
    _mass(pen, y + 6.4, certificate.mass_g, 13, _MASS_ROOM)
    pen.note(_MASS, y + 10.8, "正味合計 total net mass", 6.5, right=True)


def _size_in_line(pen: Pen, line: Line) -> float | None:
    sizes = (9.5, 8.5, 7.5, 7.0)
    return next((size for size in sizes if pen.width(line.product_ja, size, True) <= _NAME_ROOM), None)


def _name_in_line(pen: Pen, y: float, line: Line) -> None:
    size = _size_in_line(pen, line)
    assert size is not None
    end = pen.text(BODY, y, line.product_ja, size, bold=True) + 1.8
    for english in (f"{line.product_en}, {line.alloy}", line.alloy):
        if end + pen.width(english, 6.5) <= BODY + _NAME_ROOM:
            pen.note(end, y, english, 6.5)
            return


def _names(pen: Pen, line: Line) -> tuple[Sequence[str], float, Sequence[str]] | None:
    """Japanese in one line or two, its size, and English in one or two; None where either takes more."""
    room = _NAME_ROOM if line.units is not None else _NAME_ROOM + 22
    japanese = _broken(pen, line.product_ja, room, (12.5, 11, 9.5), (9.5, 8.5, 7.5), True)
    english = _broken(pen, f"{line.product_en}, {line.alloy}", room, (6.5,), (6.5,), False)
    return (*japanese, english[0]) if japanese and english else None


def _broken(
    pen: Pen, text: str, room: float, whole: Sequence[float], halves: Sequence[float], bold: bool
) -> tuple[Sequence[str], float] | None:
    for size in whole:
        if pen.width(text, size, bold) <= room:
            return [text], size
    for size in halves:
        lines = pen.lines(text, room, size, bold)
        if len(lines) <= 2:
            return lines, size
    return None


def _mass(pen: Pen, y: float, mass_g: int, size: float, room: float) -> None:
    _quantity(pen, _MASS, y, figures.short_kg(mass_g), "kg", size, room)


def _units(pen: Pen, y: float, units: int, counter: str | None, size: float) -> None:
    _quantity(pen, _UNITS, y, f"{units:,}", counter or "", size, _UNITS - BODY - _NAME_ROOM - 1)


def _quantity(pen: Pen, right: float, y: float, figure: str, unit: str, size: float, room: float) -> None:
    while size > _LEAST and pen.width(figure, size, True) + pen.width(unit, size * 0.65, True) + 0.8 > room:
        size -= 0.5
    unit_at = right - pen.width(unit, size * 0.65, True)
    pen.text(unit_at, y, unit, size * 0.65, bold=True)
    pen.text(unit_at - 0.8, y, figure, size, bold=True, right=True)
