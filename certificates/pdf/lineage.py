"""Where the metal came from and the steps it went through."""

from certificates import figures, wording
from certificates.content import Certificate, MadeLot, Origin, Step
from certificates.pdf.parts import japanese_date, some
from certificates.pdf.table import Cell, Column, Row, Section
from certificates.wording import Text

_ORIGINS = (
    Column(Text("原料", "Origin"), 18, 80),
    Column(Text("ロット", "Lot"), 82, 103),
    Column(Text("編成・車両・計量票", "Set or vehicle, slip"), 105, 140),
    Column(Text("受入 kg", "Received"), 140, 157, numbers=True),
    Column(Text("本製品に kg", "In this product"), 159, 178, numbers=True),
    Column(Text("割合", "Share"), 180, 192, numbers=True),
)
_STEPS = (
    Column(Text("工程", "Step"), 18, 36),
    Column(Text("番号・製造ロット", "No., lots made"), 38, 70),
    Column(Text("拠点", "Site"), 72, 104),
    Column(Text("完了日", "Ended"), 105, 125.5),
    Column(Text("投入 kg", "In"), 126, 143, numbers=True),
    Column(Text("産出 kg", "Out"), 145, 162, numbers=True),
    Column(Text("ロス kg", "Loss"), 163, 178, numbers=True),
    Column(Text("歩留まり", "Yield"), 179, 192, numbers=True),
)
_ROUNDED = Text(
    "再生材の割合は区分ごとに0.1 %未満を切り捨て、残りを新地金・添加材ほかに含めています。"
    "他のお客様の発生品は合計だけを示します。",
    "Recycled shares are rounded down to 0.1 % by kind; primary, alloying and other take the rest. Other customers' "
    "scrap is shown only as a sum.",
)
_ROUNDED_OFF = Text(
    "割合は区分ごとに0.1 %未満を切り捨てているため、足しても100.0 %にならないことがあります。"
    "他のお客様の発生品は合計だけを示します。",
    "Shares are rounded down to 0.1 % by kind and may not add up to 100.0 %. Other customers' scrap is shown only as a "
    "sum.",
)
_RETURNS = Text(
    "返り材は原料の内訳を保ったまま、再び溶解へ戻ります。",
    "In-house returns keep their origins and go back to be remelted.",
)


def origins_section(certificate: Certificate) -> Section:
    """Own scrap and bought metal by lot, other customers' scrap as a sum."""
    shares = figures.origin_shares(certificate.recycled, certificate.origins)
    rows = [_origin(index, origin, shares[index]) for index, origin in enumerate(certificate.origins)]
    received = sum(origin.received_g for origin in certificate.origins)
    in_product = sum(origin.in_product_g for origin in certificate.origins)
    total = (
        Cell("合計 Total", bold=True), Cell(""), Cell(""), Cell(figures.exact_kg(received), bold=True),
        Cell(figures.exact_kg(in_product), bold=True), Cell("100.0 %", bold=True),
    )  # fmt: skip
    title = Text("金属の出どころ", "Where the metal came from")
    return Section(title, _ORIGINS, [*rows, total], [_ROUNDED if certificate.recycled.rest_g else _ROUNDED_OFF])


def _origin(index: int, origin: Origin, share: str) -> Row:
    field = f"origins[{index}]"
    name = wording.GROUPS.get(origin.group, Text(origin.name_ja, origin.name_en))
    seen = "  ".join(text for text in (origin.vehicle, origin.slip) if text) or "—"
    return (
        Cell(
            _japanese(origin, name.ja),
            field=f"{field}.name_ja",
            after=_english(origin, name.en),
            column=figures.COLUMN_OF.get(origin.group, figures.REST),
        ),
        Cell(origin.lot or (f"{origin.lots}件 lots" if origin.lots > 1 else "—"), field=f"{field}.lot"),
        Cell(seen, field=f"{field}.vehicle"),
        Cell(figures.exact_kg(origin.received_g)),
        Cell(figures.exact_kg(origin.in_product_g)),
        Cell(f"{share} %"),
    )


def _japanese(origin: Origin, group: str) -> str:
    return group if origin.name_ja in group else f"{group}（{origin.name_ja}）"


def _english(origin: Origin, name: str) -> str:
    if origin.units is None:
        return name
    return f"{name}, {origin.units:,} {wording.counter_en(origin.counter_ja, origin.units)}"


def steps_section(certificate: Certificate) -> Section:
    """The steps in order, with what was lost in each."""
    rows = [_step(index, step) for index, step in enumerate(certificate.steps)]
    notes = [_RETURNS] if any(step.returns_g for step in certificate.steps) else []
    return Section(Text("工程", "Steps"), _STEPS, rows, notes)


def _step(index: int, step: Step) -> Row:
    field = f"steps[{index}]"
    name = wording.STEPS.get(step.kind, Text(step.name_ja, step.kind))
    return (
        Cell(step.name_ja, after=name.en, field=f"{field}.name_ja"),
        Cell(step.number, under=_made(step.made), field=f"{field}.number"),
        Cell(step.site.name_ja, under=step.site.name_en, field=f"{field}.site.name_ja"),
        Cell(japanese_date(step.ended_on)),
        Cell(figures.exact_kg(step.input_g)),
        Cell(
            figures.exact_kg(step.output_g),
            under=f"返り材 {figures.short_kg(step.returns_g)}" if step.returns_g else "",
        ),
        Cell(figures.exact_kg(step.loss_g)),
        Cell(f"{yield_percent(step.yield_ratio)} %"),
    )


def _made(lots: tuple[MadeLot, ...]) -> str:
    kinds = dict.fromkeys(wording.KINDS.get(lot.kind, Text(lot.kind, lot.kind)).ja for lot in lots)
    numbers = [lot.number for lot in lots if lot.number is not None]
    return " ".join(("・".join(kinds), some(numbers, 1))).strip()


def yield_percent(ratio: str) -> str:
    """A yield of four decimals in percent: "0.9730" -> "97.30"."""
    whole, _, decimals = ratio.partition(".")
    digits = decimals.ljust(4, "0")
    return f"{int(whole + digits[:2])}.{digits[2:]}"
