"""別紙: every line of a certificate of several lines, with its own figures."""

from certificates import figures
from certificates.content import Certificate, Line
from certificates.pdf.table import Cell, Column, Row, Section
from certificates.wording import Text

_COLUMNS = (
    Column(Text("明細", "Line"), 18, 26),
    Column(Text("製品", "Alloy, product"), 28, 79),
    Column(Text("納入・ロット", "Delivery, lot"), 81, 107),
    Column(Text("数量", "Units"), 108, 119, numbers=True),
    Column(Text("正味 kg", "Net mass"), 120, 139, numbers=True),
    Column(Text("使用済み", "Post-consumer"), 140, 158, numbers=True),
    Column(Text("記載値 kg", "Claimed"), 159, 178, numbers=True),
    Column(Text("CFP", "kg-CO₂e/kg"), 179, 192, numbers=True),
)


def lines_section(certificate: Certificate) -> Section:
    """The lines, then their sum."""
    rows = [_row(index, line) for index, line in enumerate(certificate.lines)]
    title = Text("別紙：明細", "Annex: the lines of this certificate")
    return Section(title, _COLUMNS, [*rows, _total(certificate)])


def _row(index: int, line: Line) -> Row:
    field = f"lines[{index}]"
    recycled = line.recycled
    return (
        Cell(str(index + 1)),
        Cell(line.product_ja, under=f"{line.alloy}  {line.product_en}", field=f"{field}.product_ja"),
        Cell(line.delivery or "—", under=line.lot or "", field=f"{field}.delivery"),
        Cell(f"{line.units:,}{line.counter_ja or ''}" if line.units is not None else "—"),
        Cell(figures.exact_kg(line.mass_g)),
        Cell(f"{figures.tenths_of_percent(recycled.post_consumer_g, recycled.mass_g)} %",
             under=f"{figures.exact_kg(recycled.post_consumer_g)} kg"),
        Cell(figures.whole_kg(line.avoided_co2.claimed_g)),
        Cell(figures.cfp_two_decimals(line.cfp.embodied_g, line.mass_g)),
    )  # fmt: skip


def _total(certificate: Certificate) -> Row:
    recycled = certificate.recycled
    share = figures.tenths_of_percent(recycled.post_consumer_g, recycled.mass_g)
    return (
        Cell(""), Cell("合計 Total", bold=True), Cell(""), Cell(""),
        Cell(figures.exact_kg(certificate.mass_g), bold=True), Cell(f"{share} %", bold=True),
        Cell(figures.whole_kg(certificate.avoided_co2.claimed_g), bold=True),
        Cell(figures.cfp_two_decimals(certificate.cfp.embodied_g, certificate.mass_g), bold=True),
    )  # fmt: skip
