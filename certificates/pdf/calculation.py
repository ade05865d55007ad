"""The calculation to the gram, line by line."""

from collections.abc import Iterator
from decimal import Decimal

from certificates import figures, wording
from certificates.content import Certificate, Line
from certificates.pdf.table import Cell, Column, Row, Section
from certificates.wording import Text

_COLUMNS = (
    Column(Text("数値", "Figure"), 18, 52),
    Column(Text("計算", "How it is calculated"), 54, 150),
    Column(Text("結果", "Result"), 151, 192, numbers=True),
)
_UNIT = "kg-CO₂e"
_METHOD = {"footprint.primary": Decimal(12), "recycling-share": Decimal("0.03")}


def per_recycled_kg(certificate: Certificate) -> str:
    """What a kilogram of post-consumer metal avoids, from the factors the certificate carries: "11.64"."""
    primary, share = _primary_and_share(certificate)
    return f"{(primary - primary * share).normalize():f}"


def _primary_and_share(certificate: Certificate) -> tuple[Decimal, Decimal]:
    """Version 1 of the method (domain.md) where the certificate names no factor, as one of bought billet may not."""
    used = {factor.key: Decimal(factor.value) for factor in certificate.factors if factor.key in _METHOD}
    primary, share = (used.get(key, default).normalize() for key, default in _METHOD.items())
    return primary, share


def calculation_section(certificate: Certificate) -> Section:
    """By unit, by mass and claimed for each line, their sums, and the CFP."""
    rows = list(_rows(certificate))
    return Section(Text("算定", "Calculation"), _COLUMNS, rows)


def _rows(certificate: Certificate) -> Iterator[Row]:
    several = len(certificate.lines) > 1
    for index, line in enumerate(certificate.lines, 1):
        yield from _line(line, f"明細{index} " if several else "", certificate)
    if several:
        yield from _sums(certificate)
    mass, embodied = figures.exact_kg(certificate.mass_g), figures.exact_kg(certificate.cfp.embodied_g)
    footprint = f"{embodied} {_UNIT} ÷ {mass} kg（スクラップは0で受入 scrap at zero）"
    yield _row("CFP", "", footprint, f"{certificate.cfp.kg_co2e_per_kg} {_UNIT}/kg", bold=True)


def _line(line: Line, prefix: str, certificate: Certificate) -> Iterator[Row]:
    avoided = line.avoided_co2
    if avoided.by_unit_g is None:
        yield _row(f"{prefix}台数から", "By unit", f"{wording.NO_FACTOR.ja} {wording.NO_FACTOR.en[2:]}", "—")
    else:
        yield _row(f"{prefix}台数から", "By unit", _by_unit(line), _kg(avoided.by_unit_g))
    metal = figures.exact_kg(line.recycled.post_consumer_g)
    primary, share = _primary_and_share(certificate)
    formula = f"使用済み材 post-consumer {metal} kg ×（{primary:f} − {primary:f} × {(share * 100).normalize():f} %）"
    yield _row(f"{prefix}質量から", "By mass", formula, _kg(avoided.by_mass_g))
    lower = "低い方 the lower of the two" if avoided.by_unit_g is not None else "質量からの値 the figure by mass"
    yield _row(f"{prefix}記載値", "Claimed", lower, _kg(avoided.claimed_g), bold=True)


def _by_unit(line: Line) -> str:
    if line.unit_factor is None or line.units is None:
        return "—"
    counted = f"{line.units:,}{line.counter_ja or ''} {wording.counter_en(line.counter_ja, line.units)}"
    divisor = f" ÷ {line.unit_factor.divisor}" if line.unit_factor.divisor != "1" else ""
    return f"{counted} × {_grouped(line.unit_factor.kg_per_unit)} kg{divisor}"


def _grouped(number: str) -> str:
    whole, point, decimals = number.partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole.isdecimal() else number


def _sums(certificate: Certificate) -> Iterator[Row]:
    avoided = certificate.avoided_co2
    if avoided.by_unit_g is not None:
        yield _row(
            "合計 台数から", "By unit", "係数のある明細の合計 sum of lines with a factor", _kg(avoided.by_unit_g)
        )
    yield _row("合計 質量から", "By mass", "明細の合計 sum of the lines", _kg(avoided.by_mass_g))
    lower = "明細ごとに低い方の合計 the sum over lines of the lower"
    yield _row("合計 記載値", "Claimed", lower, _kg(avoided.claimed_g), bold=True)


def _kg(grams: int) -> str:
    return f"{figures.exact_kg(grams)} {_UNIT}"


def _row(japanese: str, english: str, formula: str, result: str, *, bold: bool = False) -> Row:
    return Cell(japanese, after=english, bold=True), Cell(formula), Cell(result, bold=bold)
