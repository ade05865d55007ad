"""The cover of a quote's pack: what is quoted, which certificates go with it, and where each can be checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from certificates import figures
from certificates.content import Certificate, Party
from certificates.fonts import Fonts
from certificates.papers import words
from certificates.papers.sheet import Paper, Part, printed, sentences_block, title_block
from certificates.pdf.checking import require_glyphs
from certificates.pdf.parts import host, japanese_date
from certificates.pdf.pen import Pen
from certificates.pdf.table import Cell, Column, Row, Section
from certificates.statement import Statement
from certificates.wording import Text

_LINES = (
    Column(Text("品目", "Product"), 18, 84),
    Column(Text("合金", "Alloy"), 86, 108),
    Column(Text("数量", "Quantity"), 109, 142, numbers=True),
    Column(Text("取り置き", "Held"), 143, 192, numbers=True),
)
_CERTIFICATES = (
    Column(Text("証明書", "Certificate"), 18, 50),
    Column(Text("照合文字", "Check"), 51, 70),
    Column(Text("製品", "Product"), 71, 118),
    Column(Text("正味 kg", "Net mass"), 119, 142, numbers=True),
    Column(Text("有効期限", "Valid until"), 144, 164),
    Column(Text("確認先", "Check it at"), 165, 192),
)
_STATEMENTS = (
    Column(Text("ロット", "Lot"), 18, 60),
    Column(Text("製品", "Product"), 61, 130),
    Column(Text("CFP kg-CO₂e/kg", "Carbon footprint"), 131, 162, numbers=True),
    Column(Text("区分", "What it is"), 166, 192),
)


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A line of the quote as it is printed; amounts are grams or units. ``sent``: what was held for it has left."""

    name_ja: str
    name_en: str
    alloy: str | None
    counter_ja: str | None
    mass_g: int | None
    units: int | None
    held_g: int
    held_units: int
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says. ``own_pages`` is how many pages of the salesperson's own quote follow, 0 for none."""

    quote: str
    made_on: date
    valid_until: date
    issuer: Party
    recipient: Party
    sent_to: str
    made_by: str
    lines: tuple[CoverLine, ...]
    own_pages: int
    statements: tuple[Statement, ...]
    certificates: tuple[Certificate, ...]


def render_cover(cover: Cover, fonts: Fonts) -> bytes:
    """The cover as PDF. Equal input gives equal bytes; CannotPrint where a text cannot be shown or does not fit."""
    require_glyphs(cover, fonts)
    paper = Paper(words.COVER, cover.quote, cover.issuer, [words.COVER.ja, cover.quote])
    return printed(paper, fonts, lambda pen: _parts(pen, cover))


def _parts(pen: Pen, cover: Cover) -> Iterator[Part]:
    yield title_block(pen, words.COVER, _facts(cover), cover.recipient)
    yield sentences_block(pen, _sentences(cover), words.COVER_SAYS)
    yield Section(words.LINES, _LINES, [_line(index, line) for index, line in enumerate(cover.lines)])
    if cover.certificates:
        rows = [_certificate(index, each) for index, each in enumerate(cover.certificates)]
        yield Section(words.CERTIFICATES, _CERTIFICATES, rows, [words.AS_ISSUED])
    if cover.statements:
        rows = [_statement(index, each) for index, each in enumerate(cover.statements)]
        yield Section(words.STATEMENTS, _STATEMENTS, rows, [words.NO_CLAIM_YET])


def _facts(cover: Cover) -> list[tuple[Text, str]]:
    rows = [
        (Text("作成日", "Made on"), japanese_date(cover.made_on)),
        (Text("見積有効期限", "Valid until"), japanese_date(cover.valid_until)),
        (Text("担当", "Made by"), cover.made_by),
    ]
    return rows


def _sentences(cover: Cover) -> list[Text]:
    said = [words.COVER_SAYS, Text(f"送り先：{cover.sent_to}", f"Sent to: {cover.sent_to}")]
    if cover.own_pages:
        said.append(words.OWN_QUOTE)
    return said


def _line(index: int, line: CoverLine) -> Row:
    held = _amount(line.held_g, line.held_units if line.units is not None else None, line.counter_ja)
    return (
        Cell(line.name_ja, after=line.name_en, field=f"lines[{index}].name_ja"),
        Cell(line.alloy or "—", field=f"lines[{index}].alloy"),
        Cell(_amount(line.mass_g or 0, line.units, line.counter_ja)),
        Cell(words.SENT.ja, after=words.SENT.en) if line.sent else Cell(held),
    )


def _amount(mass_g: int, units: int | None, counter_ja: str | None) -> str:
    return f"{units:,} {counter_ja or ''}".strip() if units is not None else f"{figures.short_kg(mass_g)} kg"


def _certificate(index: int, certificate: Certificate) -> Row:
    names = list(dict.fromkeys(line.product_ja for line in certificate.lines))
    return (
        Cell(certificate.number, bold=True),
        Cell(figures.grouped_check(certificate.check)),
        Cell("、".join(names[:2]) + (" ほか" if len(names) > 2 else ""), field=f"certificates[{index}].lines"),
        Cell(figures.short_kg(certificate.mass_g)),
        Cell(japanese_date(certificate.valid_until)),
        Cell(host(certificate), field=f"certificates[{index}].verify_url"),
    )


def _statement(index: int, statement: Statement) -> Row:
    return (
        Cell(statement.lot, bold=True, field=f"statements[{index}].lot"),
        Cell(statement.product_ja, after=statement.product_en, field=f"statements[{index}].product_ja"),
        Cell(figures.cfp_two_decimals(statement.cfp.embodied_g, statement.mass_g)),
        Cell(words.PROVISIONAL.ja),
    )
