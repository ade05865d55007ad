"""The footprint statement as PDF: figure, boundary, comparison and sources, for a lot or for a quote."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from certificates import figures, wording
from certificates.fonts import Fonts
from certificates.papers import words
from certificates.papers.sheet import Paper, Part, printed, sentences_block, title_block
from certificates.pdf.checking import require_glyphs
from certificates.pdf.factors import COLUMNS, factor_row
from certificates.pdf.footprint import footprint_block
from certificates.pdf.paper import BODY, BODY_WIDTH, INK, INK_2, LEFT, OUTLINE, PRIMARY, RIGHT
from certificates.pdf.parts import Block, japanese_date, section_label
from certificates.pdf.pen import Pen
from certificates.pdf.share_bar import recycled_block
from certificates.pdf.table import Cell, Column, Row, Section
from certificates.statement import Statement
from certificates.wording import Text

_SOURCES = (
    Column(Text("由来", "Source"), 18, 84),
    Column(Text("番号", "Number"), 86, 112),
    Column(Text("拠点", "Site"), 114, 138),
    Column(Text("kg-CO₂e", "in the lot"), 139, 160, numbers=True),
    Column(Text("kg/kg", "per kg"), 161, 177, numbers=True),
    Column(Text("割合", "Share"), 178, 192, numbers=True),
)


def render_statement(statement: Statement, fonts: Fonts) -> bytes:
    """The statement as PDF. Equal input gives equal bytes; CannotPrint where a text cannot be shown or does not fit."""
    require_glyphs(statement, fonts)
    pieces = [words.STATEMENT.ja, statement.lot, *([words.PROVISIONAL.ja] if statement.promised else [])]
    paper = Paper(words.STATEMENT, statement.lot, statement.issuer, pieces)
    return printed(paper, fonts, lambda pen: _parts(pen, statement))


def _parts(pen: Pen, statement: Statement) -> Iterator[Part]:
    yield title_block(pen, words.STATEMENT, _facts(statement), statement.recipient)
    if statement.promised:
        yield _stamp(pen, words.PROVISIONAL)
    yield _said(pen, statement)
    yield _product(pen, statement)
    yield footprint_block(pen, statement)
    yield _comparison(pen, statement)
    yield recycled_block(pen, statement)
    yield Section(words.SOURCES, _SOURCES, _source_rows(statement), _notes(statement))
    rows = [factor_row(index, factor) for index, factor in enumerate(statement.factors)]
    yield Section(words.FACTORS, COLUMNS, rows)


def _facts(statement: Statement) -> list[tuple[Text, str]]:
    rows = [(Text("算定日", "Stated on"), japanese_date(statement.stated_on))]
    if statement.promised:
        rows.append((Text("見積", "Quote"), statement.promised.quote))
    rows.append((Text("製造日", "Made on"), japanese_date(statement.made_on)))
    if statement.made_at:
        rows.append((Text("製造拠点", "Made at"), statement.made_at.name_ja))
    rows.append((Text("対象期間", "Period"), _period(statement.period_from, statement.period_to)))
    rows.append((Text("算定方法", "Method"), f"第{statement.method_version}版"))
    return rows


def _period(begins: date, ends: date) -> str:
    """2026年10月2日～11月3日: the year is said once where it is one."""
    last = japanese_date(ends)
    return f"{japanese_date(begins)}～{last.partition('年')[2] if begins.year == ends.year else last}"


def _stamp(pen: Pen, said: Text) -> Block:
    """What nobody may overlook: framed, in ink, over the width of the sheet."""

    def draw(y: float) -> None:
        pen.box(LEFT, y, RIGHT - LEFT, 9, stroke=INK, thickness=0.7)
        end = pen.text(LEFT + 3.2, y + 6.2, said.ja, 12, bold=True)
        pen.note(end + 3, y + 6.2, said.en, 8)

    return Block(9, draw)


def _said(pen: Pen, statement: Statement) -> Block:
    sentences = [words.NO_CLAIM]
    if statement.promised:
        told = {"quote": statement.promised.quote}
        sentences.append(
            Text(
                words.FOR_A_QUOTE.ja.format(until=japanese_date(statement.promised.until), **told),
                words.FOR_A_QUOTE.en.format(until=statement.promised.until.isoformat(), **told),
            )
        )
    return sentences_block(pen, [*sentences, wording.assurance(statement.verifier)], words.NO_CLAIM)


def _product(pen: Pen, statement: Statement) -> Block:
    """The lot as made; under it what of it is held for a quote."""
    held = statement.promised

    def draw(y: float) -> None:
        section_label(pen, y, Text("製品", "Product"))
        pen.text(BODY, y + 6.4, statement.product_ja, 13, bold=True)
        pen.note(BODY, y + 10.8, f"{statement.product_en}, {statement.alloy}  ·  {statement.lot}", 6.5)
        pen.text(RIGHT, y + 6.4, _amount(statement.mass_g, statement.units, statement.counter_ja), 11, right=True)
        pen.note(RIGHT, y + 10.8, "ロット全量 whole lot", 6.5, right=True)
        if held:
            amount = _amount(held.mass_g, held.units, statement.counter_ja)
            pen.text(RIGHT, y + 16, f"うち取り置き {amount}", 8.5, bold=True, right=True)
            pen.note(RIGHT, y + 19.2, "held for the quote", 6.5, right=True)

    return Block(20.6 if held else 12.4, draw)


def _amount(mass_g: int | None, units: int | None, counter_ja: str | None) -> str:
    counted = f"{units:,} {counter_ja or 'units'}" if units is not None else ""
    weighed = f"{figures.short_kg(mass_g)} kg" if mass_g is not None else ""
    return "　".join(filter(None, (counted, weighed)))


def _comparison(pen: Pen, statement: Statement) -> Block:
    """Two bars on one scale; no difference is drawn and none is given."""
    ours = Fraction(statement.cfp.embodied_g, statement.mass_g)
    theirs = Fraction(statement.comparison)
    widest = max(ours, theirs)
    rows = (
        (words.THIS, ours, figures.cfp_two_decimals(statement.cfp.embodied_g, statement.mass_g), INK),
        (words.COMPARED, theirs, statement.comparison, PRIMARY),
    )
    primary_data = figures.tenths_of_percent(statement.measured_g, statement.cfp.embodied_g)
    says = pen.lines(words.PRIMARY_DATA_SAYS.ja, BODY_WIDTH - 26, 7)
    english = pen.lines(words.PRIMARY_DATA_SAYS.en, BODY_WIDTH - 26, 6.2)

    def draw(y: float) -> None:
        section_label(pen, y, words.COMPARISON)
        for index, (label, value, shown, fill) in enumerate(rows):
            at = y + 2.6 + 8 * index
            width = max(float(value / widest) * (BODY_WIDTH - 74), 0.3)
            pen.text(BODY, at + 2.2, label.ja, 8)
            pen.note(BODY, at + 5, label.en, 6)
            pen.box(BODY + 48, at, width, 4.6, fill=fill, stroke=OUTLINE, thickness=0.2)
            pen.figure(BODY + 50 + width, at + 3.8, shown, 9, "kg-CO₂e/kg", 7)
        below = y + 20.4
        pen.figure(BODY, below + 3.4, primary_data, 13, "%", 9)
        pen.note(BODY, below + 6.8, words.PRIMARY_DATA.ja, 7)
        after = pen.paragraph(BODY + 26, below + 1.4, says, 7, 3.3, colour=INK_2)
        pen.paragraph(BODY + 26, after - 0.3, english, 6.2, 2.8, colour=INK_2)

    return Block(20.4 + max(8.4, 3.3 * len(says) + 2.8 * len(english) + 1), draw)


def _notes(statement: Statement) -> list[Text]:
    notes = [words.NOT_A_DIFFERENCE]
    return [words.ROUND, *notes] if any(each.what == "round" for each in statement.contributions) else notes


def _source_rows(statement: Statement) -> list[Row]:
    shares = figures.shares_of_a_whole([each.co2e_g for each in statement.contributions])
    rows = [_source(statement, index, share) for index, share in enumerate(shares)]
    total = (
        Cell("合計 Total", bold=True),
        Cell(""),
        Cell(""),
        Cell(figures.exact_kg(statement.cfp.embodied_g), bold=True),
        Cell(statement.cfp.kg_co2e_per_kg, bold=True),
        Cell("100.0 %", bold=True),
    )
    return [*rows, total]


def _source(statement: Statement, index: int, share: str) -> Row:
    each = statement.contributions[index]
    field = f"contributions[{index}]"
    measured = f" {words.MEASURED.ja}" if each.measured else ""
    return (
        Cell(
            f"{each.name_ja}{measured}",
            after=each.name_en + (f", {words.MEASURED.en}" if each.measured else ""),
            field=f"{field}.name_ja",
        ),
        Cell(each.number or "—", field=f"{field}.number"),
        Cell(each.site.name_ja if each.site else "—", field=f"{field}.site"),
        Cell(figures.exact_kg(each.co2e_g)),
        Cell(_per_kg(each.co2e_g, statement.mass_g)),
        Cell(f"{share} %"),
    )


def _per_kg(co2_g: int, mass_g: int) -> str:
    """Six decimals, half up, as the CFP itself."""
    millionths = (2 * co2_g * 10**6 + mass_g) // (2 * mass_g)
    return f"{millionths // 10**6}.{millionths % 10**6:06d}"
