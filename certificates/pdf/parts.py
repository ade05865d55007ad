"""What every page or several sections share: head, foot, mark, swatches, labels and dates."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from certificates import figures
from certificates.content import Certificate, Party
from certificates.pdf import paper
from certificates.pdf.paper import INK, INK_2, LEFT, RIGHT
from certificates.pdf.pen import Pen
from certificates.pdf.refusal import CannotPrint
from certificates.wording import NAME, Text

COLUMN_FILLS = (paper.LOOP, paper.OTHER, None, paper.PRIMARY)  # None is the hatch


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page: its height in mm, and how to draw it with its upper edge at y."""

    height: float
    draw: Callable[[float], None]


def head(pen: Pen, issuer: Party, number: str) -> None:
    """Rule, mark, issuer and number, at the top of every page."""
    pen.rule(LEFT, paper.TOP, RIGHT, 0.9)
    _mark(pen, LEFT, 14.9, 4.2)
    number_at = RIGHT - pen.width(number, 8.5, True)
    pen.text(number_at, 18.4, number, 8.5, bold=True)
    label = pen.width("No.", 7)
    pen.note(number_at - 2 - label, 18.4, "No.", 7)
    pen.note(number_at - 3 - label - pen.width("番号", 8), 18.4, "番号", 8)
    _issuer(pen, issuer, number_at - 2 - label - 10 - LEFT - 6.2)


def _issuer(pen: Pen, name: Party, room: float) -> None:
    english = pen.width(name.name_en, 7.5) + 2.2
    size = fitted(pen, name.name_ja, room, (8.5, 7.5, 6.5), "issuer.name_ja", bold=True)
    end = pen.text(LEFT + 6.2, 18.4, name.name_ja, size, bold=True)
    if end + english <= LEFT + 6.2 + room:
        pen.note(end + 2.2, 18.4, name.name_en, 7.5)
    else:
        size = fitted(pen, name.name_en, room, (6.5, 6), "issuer.name_en")
        pen.note(LEFT + 6.2, 21.6, name.name_en, size)


def _mark(pen: Pen, x: float, y: float, side: float) -> None:
    """An ink square, an open white ring and a white dot."""
    pen.box(x, y, side, side, fill=INK)
    middle = side / 2
    pen.disc(x + middle, y + middle, side * 0.27, None, paper.PAPER, side * 0.12)
    pen.box(x + middle - side * 0.06, y + side * 0.12, side * 0.12, side * 0.22, fill=INK)
    pen.disc(x + middle, y + middle, side * 0.08, paper.PAPER)


def foot_of(certificate: Certificate) -> list[str]:
    """What the foot of a certificate's pages says."""
    return [NAME.ja, certificate.number, f"照合文字 {figures.grouped_check(certificate.check)}", host(certificate)]


def foot(pen: Pen, pieces: Sequence[str], page: int, pages: int) -> None:
    """Rule, what this paper is, and its page number."""
    pen.rule(LEFT, paper.FOOT, RIGHT)
    x = LEFT
    for piece in pieces:
        x = pen.text(x, 285.2, piece, 7, colour=INK_2) + 4
    pen.text(RIGHT, 285.2, f"{page} / {pages}", 7.5, right=True)


def host(certificate: Certificate) -> str:
    """Where the QR code leads, as a reader would type it."""
    return urlsplit(certificate.verify_url).netloc


def fitted(pen: Pen, text: str, room: float, sizes: Sequence[float], field: str, *, bold: bool = False) -> float:
    """The first of ``sizes`` at which ``text`` stands in ``room`` mm; CannotPrint naming ``field`` where none does."""
    for size in sizes:
        if pen.width(text, size, bold) <= room:
            return size
    raise CannotPrint(field)


def cut(pen: Pen, text: str, room: float, size: float, *, bold: bool = False) -> str:
    """What is said in full on another page or in the JSON, cut to ``room`` mm."""
    if pen.width(text, size, bold) <= room:
        return text
    kept = bisect_left(range(len(text)), True, key=lambda end: pen.width(text[: end + 1] + "…", size, bold) > room)
    return text[:kept].rstrip() + "…"


def section_label(pen: Pen, y: float, label: Text) -> float:
    """Japanese bold over English in the left column; returns the next baseline."""
    pen.rule(LEFT, y, RIGHT)
    y = pen.paragraph(LEFT, y + 5.2, pen.lines(label.ja, paper.LABEL_WIDTH, 8.5, True), 8.5, 4.2, bold=True)
    return pen.paragraph(LEFT, y - 0.1, pen.lines(label.en, paper.LABEL_WIDTH, 7), 7, 3.2, colour=INK_2)


def swatch(pen: Pen, x: float, y: float, column: int, side: float = 2.6) -> None:
    """The colour of a column, outlined in ink, its lower edge at the baseline ``y``."""
    fill = COLUMN_FILLS[column]
    if fill is None:
        pen.hatched_box(x, y - side, side, side)
    pen.box(x, y - side, side, side, fill=fill, stroke=INK, thickness=0.2)


def japanese_date(day: date) -> str:
    """2026年11月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def some(texts: Sequence[str], shown: int, separator: str = "、") -> str:
    """The first few and how many more: "D-1、D-2 ほか3件"."""
    listed = separator.join(texts[:shown])
    return f"{listed} ほか{len(texts) - shown}件" if len(texts) > shown else listed
