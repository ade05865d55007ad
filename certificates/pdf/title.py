"""The top of page one: what this is, for whom, and its dates at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from certificates import wording
from certificates.content import Certificate
from certificates.pdf import paper
from certificates.pdf.paper import INK_2, LEFT, RIGHT
from certificates.pdf.parts import Block, cut, japanese_date, some
from certificates.pdf.pen import Pen
from certificates.pdf.refusal import CannotPrint
from certificates.wording import Text

_FACTS = 128.0  # left edge of the dates
_NAME_ROOM = 104.0
_RULE_END = 110.0
_PITCH = 4.9
_FACTS_ROOM = 25.2
_LEADING = 2.8  # of what takes several lines
_MOST_LINES = 6  # the longest name of a form
_MOST_FACT_LINES = 4
_SHORT = 16  # characters of two delivery notes that stand beside each other
Fact = tuple[Text, str, str]


@dataclass(frozen=True, slots=True)
class _SetFact:
    """A fact as it is drawn: with its English label or without, in lines of a size."""

    label: Text
    english: bool
    lines: Sequence[str]
    size: float


def title_block(pen: Pen, certificate: Certificate) -> Block:
    """The name of the document and the recipient; number, dates and places at the right."""
    name = certificate.recipient.name_ja if certificate.recipient else "—"
    english = certificate.recipient.name_en if certificate.recipient else "—"
    lines, size = _name_lines(pen, name)
    to, to_size = _to_lines(pen, f"To: {english}")
    drop = 19.4 + _leading(size) * (len(lines) - 1)
    facts = [_measured(pen, *fact) for fact in _facts(certificate)]
    pitch = min(_PITCH, _FACTS_ROOM / (len(facts) - 1))
    more = sum(len(fact.lines) - 1 for fact in facts) * _LEADING
    end = max(drop + 6.6 + _LEADING * (len(to) - 1), _FACTS_ROOM + 2.6 + more)

    def draw(y: float) -> None:
        _document_name(pen, y + 8.4)
        _draw_name(pen, y + 19.4, lines, size)
        pen.paragraph(LEFT, y + drop + 6, to, to_size, _LEADING, colour=INK_2)
        _draw_facts(pen, y + 2.6, facts, pitch)

    return Block(end, draw)


def _to_lines(pen: Pen, to: str) -> tuple[Sequence[str], float]:
    """In one line, else in as many as the longest name takes."""
    for size in (8, 7, 6.5, 6):
        if pen.width(to, size) <= _NAME_ROOM:
            return [to], size
    lines = pen.lines(to, _NAME_ROOM, 6.5)
    if len(lines) > _MOST_LINES:
        raise CannotPrint("recipient.name_en")
    return lines, 6.5


def _document_name(pen: Pen, y: float) -> None:
    end = pen.text(LEFT - 0.6, y, wording.NAME.ja, 25, bold=True)
    first, _, second = wording.NAME.en.partition(" ")
    pen.note(end + 3, y - 4.2, first, 10)
    pen.note(end + 3, y, second, 10)


def sentences_block(pen: Pen, certificate: Certificate) -> Block:
    """The title sentence with its self-declaration, and the certifying sentence where there is one."""
    width = RIGHT - LEFT
    title = wording.title(certificate)
    japanese, english = pen.lines(title.ja, width, 8), pen.lines(title.en, width, 6.5)
    certifying = wording.certifying(certificate)
    height = 3.2 + 3.9 * len(japanese) + 2.8 * len(english)

    def draw(y: float) -> None:
        below = pen.paragraph(LEFT, y + 3.2, japanese, 8, 3.9)
        pen.paragraph(LEFT, below - 0.5, english, 6.5, 2.8, colour=INK_2)
        if certifying:
            pen.text(LEFT, y + height + 1.8, certifying.ja, 9, bold=True)
            pen.note(LEFT, y + height + 5.2, certifying.en, 7)

    return Block(height + (6.2 if certifying else -2.2), draw)


def _facts(certificate: Certificate) -> list[Fact]:
    """Label, value and the path of the value."""
    sites = [site.name_ja for site in certificate.sites]
    rows: list[Fact] = [
        (Text("発行日", "Issued"), japanese_date(certificate.issued_on), "issued_on"),
        (Text("有効期限", "Valid until"), japanese_date(certificate.valid_until), "valid_until"),
    ]
    if certificate.delivery_notes:
        notes = some(certificate.delivery_notes, 2 if max(map(len, certificate.delivery_notes)) <= _SHORT else 1)
        rows.append((Text("納品書", "Delivery note"), notes, "delivery_notes"))
    if certificate.quote is not None:
        rows.append((Text("見積", "Quote"), certificate.quote, "quote"))
    rows.append((Text("製造拠点", "Made at"), some(sites, 1), "sites"))
    version = certificate.avoided_co2.method_version
    rows.append((Text("算定方法", "Method"), f"第{version}版", "avoided_co2.method_version"))
    if certificate.replaces is not None:
        rows.append((Text("差替元", "Replaces"), certificate.replaces, "replaces"))
    return rows


def _measured(pen: Pen, label: Text, value: str, field: str) -> _SetFact:
    """In one line, with the English label where both fit, else in several without it."""
    end = _FACTS + pen.width(label.ja, 8)
    labelled = end + 1.3 + pen.width(label.en, 6.5)
    english = labelled + 2 + pen.width(value, 7, True) <= RIGHT
    room = RIGHT - (labelled if english else end) - 2
    for size in (8, 7, 6.5, 6):
        if pen.width(value, size, True) <= room:
            return _SetFact(label, english, [value], size)
    lines = pen.lines(value, room, 7, True)
    if len(lines) <= _MOST_FACT_LINES:
        return _SetFact(label, english, lines, 7)
    if field != "sites":
        raise CannotPrint(field)
    shown = [*lines[: _MOST_FACT_LINES - 1], "".join(lines[_MOST_FACT_LINES - 1 :])]
    return _SetFact(label, english, [*shown[:-1], cut(pen, shown[-1], room, 7, bold=True)], 7)  # in full at its step


def _draw_facts(pen: Pen, y: float, facts: Sequence[_SetFact], pitch: float) -> None:
    for fact in facts:
        end = pen.text(_FACTS, y, fact.label.ja, 8, colour=INK_2)
        if fact.english:
            pen.note(end + 1.3, y, fact.label.en, 6.5)
        for index, line in enumerate(fact.lines):
            pen.text(RIGHT, y + _LEADING * index, line, fact.size, bold=True, right=True)
        y += pitch + _LEADING * (len(fact.lines) - 1)


def _leading(size: float) -> float:
    return size * 1.25 * paper.POINT


def _name_lines(pen: Pen, name: str) -> tuple[Sequence[str], float]:
    """One line as large as can be, else two, else up to six; 御中 stands after it, so a line keeps room for that."""
    room = _NAME_ROOM - 10
    for size in (15.0, 13.0):
        if pen.width(name, size, True) <= room:
            return [name], size
    for size in (13.0, 11.5, 10.5, 9.5, 9.0):
        lines = pen.lines(name, _NAME_ROOM, size, True)
        if len(lines) <= 2 and pen.width(lines[-1], size, True) <= room:
            return lines, size
    for size in (9.0, 8.0, 7.0):
        lines = pen.lines(name, room, size, True)
        if len(lines) <= _MOST_LINES:
            return lines, size
    raise CannotPrint("recipient.name_ja")


def _draw_name(pen: Pen, y: float, lines: Sequence[str], size: float) -> None:
    end = LEFT
    for index, line in enumerate(lines):
        end = pen.text(LEFT, y + _leading(size) * index, line, size, bold=True)
    last = y + _leading(size) * (len(lines) - 1)
    longest = max(LEFT + pen.width(line, size, True) for line in lines)
    pen.text(end + 2.6, last, "御中", min(11, size))
    pen.rule(LEFT, last + 2.2, max(_RULE_END, longest, end + 10))
