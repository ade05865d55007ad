"""The claim: one figure in green, the sentence of its baseline, and the three figures it is the lower of."""

from certificates import figures, wording
from certificates.content import Certificate
from certificates.pdf.calculation import per_recycled_kg
from certificates.pdf.paper import BODY, BODY_WIDTH, GREEN, INK, INK_2, LABEL_WIDTH, LEFT, LINE, RIGHT
from certificates.pdf.parts import Block
from certificates.pdf.pen import Pen
from certificates.wording import Text

_COLUMN = 42.0
_STEP = 46.0
_SIZES = {8: 46.0, 9: 38.0}  # by digits; up to seven stand at 54


def claim_block(pen: Pen, certificate: Certificate) -> Block:
    """Avoided CO2 with everything that limits it."""
    baseline_ja = pen.lines(wording.BASELINE.ja, BODY_WIDTH, 8)
    baseline_en = pen.lines(wording.BASELINE.en, BODY_WIDTH, 6.5)
    sentences = 4 * len(baseline_ja) + 2.9 * len(baseline_en)

    def draw(y: float) -> None:
        _label(pen, y)
        _hero(pen, y + 17.6, certificate)
        below = pen.paragraph(BODY, y + 25.4, baseline_ja, 8, 4)
        pen.paragraph(BODY, below - 0.6, baseline_en, 6.5, 2.9, colour=INK_2)
        top = y + 25.4 + sentences - 1
        _three_figures(pen, top, certificate)
        pen.text(BODY, top + 19.2, wording.CAPS.ja, 8)
        pen.note(BODY, top + 22.4, wording.CAPS.en, 6.5)

    return Block(25.4 + sentences + 22.6, draw)


def _label(pen: Pen, y: float) -> None:
    pen.rule(LEFT, y, RIGHT)
    name, bracket, rest = wording.CLAIM.ja.partition("（")
    pen.text(LEFT, y + 5.2, name, 9, bold=True)
    below = pen.paragraph(LEFT, y + 9.4, pen.lines(bracket + rest, LABEL_WIDTH, 8), 8, 4)
    pen.paragraph(LEFT, below, pen.lines(wording.CLAIM.en, LABEL_WIDTH, 7), 7, 3.2, colour=INK_2)


def _hero(pen: Pen, y: float, certificate: Certificate) -> None:
    claimed = certificate.avoided_co2.claimed_g
    figure = figures.whole_kg(claimed)
    digits = sum(character.isdigit() for character in figure)
    size = 54.0 if digits <= 7 else _SIZES.get(digits, 32.0)
    end = pen.text(BODY - 0.5, y, figure, size, bold=True, colour=GREEN if claimed else INK)
    pen.text(end + 2.4, y, "kg-CO₂e", 14, bold=True)


def _three_figures(pen: Pen, y: float, certificate: Certificate) -> None:
    for index, (label, value, formula) in enumerate(_figures(certificate)):
        x = BODY + _STEP * index
        pen.rule(x, y, x + _COLUMN, 0.6 if index == 0 else 0.2, GREEN if index == 0 else LINE)
        end = pen.text(x, y + 4.2, label.ja, 8, bold=True)
        pen.note(end + 1.6, y + 4.2, label.en, 6.5)
        if value is None:
            pen.text(x, y + 10, wording.NO_FACTOR.ja, 9)
            pen.note(x, y + 13.8, wording.NO_FACTOR.en, 7)
        else:
            pen.figure(x, y + 10, figures.whole_kg(value), 13, "kg-CO₂e", 7.5)
            pen.note(x, y + 13.8, formula, 7.5 if pen.width(formula, 7.5) <= _COLUMN else 6.5)


def _figures(certificate: Certificate) -> list[tuple[Text, int | None, str]]:
    avoided = certificate.avoided_co2
    several = len(certificate.lines) > 1
    lower = "明細ごとに低い方の合計" if several else "右の二つのうち低い方"
    if not several and avoided.by_unit_g is None:
        lower = "質量からの値"
    metal = figures.short_kg(certificate.recycled.post_consumer_g)
    return [
        (
            Text("記載値", "Claimed" if several or avoided.by_unit_g is None else "Claimed: the lower"),
            avoided.claimed_g,
            lower,
        ),
        (Text("台数から", "By unit"), avoided.by_unit_g, unit_formula(certificate)),
        (Text("質量から", "By mass"), avoided.by_mass_g, f"{metal} kg × {per_recycled_kg(certificate)}"),
    ]


def unit_formula(certificate: Certificate) -> str:
    """How the figure by unit was made: "16両 × 3,125 kg", or that it is a sum."""
    counted = [line for line in certificate.lines if line.avoided_co2.by_unit_g is not None]
    if len(certificate.lines) > 1:
        return f"係数のある{len(counted)}明細の合計"
    line = certificate.lines[0]
    if line.unit_factor is None or line.units is None:
        return ""
    return f"{line.units:,}{line.counter_ja or ''} × {per_unit(line.unit_factor.kg_per_unit, line.unit_factor.divisor)}"


def per_unit(kg_per_unit: str, divisor: str) -> str:
    """The factor of one unit, divided out where that is exact to the gram: "3,125 kg", else "100 kg ÷ 7"."""
    exact = kg_per_unit.isdecimal() and divisor.isdecimal() and int(kg_per_unit) * 1000 % int(divisor) == 0
    if exact:
        return f"{figures.short_kg(int(kg_per_unit) * 1000 // int(divisor))} kg"
    return f"{kg_per_unit} kg" + (f" ÷ {divisor}" if divisor != "1" else "")
