"""The factors used, as they stood, and the suppliers' own figures of bought metal."""

from collections.abc import Iterator

from certificates import wording
from certificates.content import Certificate, Factor, Origin
from certificates.pdf.parts import japanese_date
from certificates.pdf.table import Cell, Column, Row, Section
from certificates.wording import Text

COLUMNS = (
    Column(Text("係数", "Factor"), 18, 56),
    Column(Text("値", "Value"), 56.5, 84, numbers=True),
    Column(Text("版", "Ver."), 86, 90.5),
    Column(Text("適用開始", "Valid from"), 91.5, 111.5),
    Column(Text("出典", "Source"), 113, 192),
)


def factors_section(certificate: Certificate) -> Section:
    """Factors, then suppliers' figures."""
    rows = [factor_row(index, factor) for index, factor in enumerate(certificate.factors)]
    title = Text("係数", "Factors in force when the product was made")
    return Section(title, COLUMNS, [*rows, *_suppliers(certificate)])


def factor_row(index: int, factor: Factor) -> Row:
    """A factor as a row of the table."""
    name = wording.FACTORS.get(factor.key, Text(factor.key, ""))
    field = f"factors[{index}]"
    return (
        Cell(name.ja, after=name.en, field=f"{field}.key"),
        Cell(_value(factor), field=f"{field}.value"),
        Cell(str(factor.version)),
        Cell(japanese_date(factor.valid_from)),
        Cell(wording.of_factor(factor.source).ja.replace("CO2", "CO₂"), field=f"{field}.source"),
    )


def _value(factor: Factor) -> str:
    """A share is shown in percent, a unit of CO2 with its lowered 2."""
    if factor.unit == "1":
        return f"{percent(factor.value)} %"
    whole, point, decimals = factor.value.partition(".")
    return f"{int(whole):,}{point}{decimals} {factor.unit.replace('CO2', 'CO₂')}"


def percent(value: str) -> str:
    """A share of one in percent, exactly: "0.03" -> "3"."""
    whole, _, decimals = value.partition(".")
    digits = decimals.ljust(2, "0")
    rest = digits[2:].rstrip("0")
    return f"{int(whole + digits[:2])}" + (f".{rest}" if rest else "")


def _suppliers(certificate: Certificate) -> Iterator[Row]:
    for index, origin in enumerate(certificate.origins):
        if origin.supplier is not None:
            yield _supplier(index, origin)


def _supplier(index: int, origin: Origin) -> Row:
    assert origin.supplier is not None
    supplier, field = origin.supplier, f"origins[{index}].supplier"
    return (
        Cell(f"供給者値 {origin.lot or ''}".strip(), after="supplier's own", field=f"{field}.lot"),
        Cell(f"{supplier.kg_per_kg} kg-CO₂e/kg", field=f"{field}.kg_per_kg"),
        Cell("—"),
        Cell("—"),
        Cell(supplier.document, under=f"{supplier.issuer}（{japanese_date(supplier.valid_until)}まで有効 valid until）",
             field=f"{field}.document"),
    )  # fmt: skip
