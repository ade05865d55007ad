"""A few-argument builder of certificates whose figures belong together: metal enters, is worked and is delivered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from certificates.content import (
    FORMAT,
    GROUPS,
    Avoided,
    Certificate,
    Factor,
    Footprint,
    Line,
    MadeLot,
    Origin,
    Part,
    Party,
    Recycled,
    Stage,
    Step,
    Supplier,
    UnitFactor,
    Way,
)

KG = 1000
STEP_NAMES = {"sort": "選別", "remelt": "溶解", "cast": "鋳造", "extrude": "押出", "fabricate": "製作"}
MADE_KINDS = {"sort": "scrap", "remelt": "ingot", "cast": "billet", "extrude": "product", "fabricate": "product"}
TRUCK = UnitFactor("8000", "1")
CAR = UnitFactor("50000", "16")

ISSUER = Party(None, "見本軽金属株式会社", "Example Light Metal Co., Ltd.")
RAILWAY = Party("RAIL-E", "見本旅客鉄道株式会社", "Example Railway Co.")
HAULIER = Party("TRUCK-M", "例示運輸株式会社", "Example Haulage Co., Ltd.")
MELTING = Party("MELT", "溶解工場", "Melting works")
CASTING = Party("CAST", "鋳造工場（蒲原）", "Casting works, Kambara")
EXTRUSION = Party("EXTR", "押出工場（新潟）", "Extrusion works, Niigata")

Content = dict[int, int]


@dataclass(frozen=True)
class Enter:
    """Metal of one origin group entering at a stage, kg."""

    group: str
    kg: float
    lot: str | None = None
    lots: int = 1
    units: int | None = None
    counter: str | None = None
    slip: str | None = None
    vehicle: str | None = None
    stage: int = 0
    supplier: Supplier | None = None


@dataclass(frozen=True)
class Work:
    """A stage: its step numbers, place, and kg lost, returned and passed on (None: everything made)."""

    kind: str
    numbers: tuple[str, ...]
    site: Party
    day: date
    loss: float = 0
    returns: float = 0
    passed: float | None = None
    made_units: int | None = None
    made: str | None = None


@dataclass(frozen=True)
class Deliver:
    """A line, kg and units."""

    kg: float
    units: int | None = None
    factor: UnitFactor | None = None
    product: tuple[str, str] = ("押出形材", "Extruded profile")
    alloy: str = "A6N01"
    counter: str | None = None
    kind: str = "product"


NAMES = {
    "own": ("お客様の発生品", "Your scrap"),
    "other": ("他のお客様の発生品", "Other customers' scrap"),
    "pre_consumer": ("工程端材", "Pre-consumer scrap"),
    "primary": ("新地金", "Primary"),
    "alloying": ("添加材", "Alloying metal"),
    "internal": ("社内発生材", "Internal scrap"),
    "ingot": ("再生地金", "Bought ingot"),
    "billet": ("購入ビレット", "Bought billet"),
}

FACTORS = (
    Factor("avoided.truck-body", "8000", "kg-CO2e/unit", 1, date(2024, 4, 1), "2030年度カーボンニュートラル目標達成"
           "ロードマップ 9-3 トラックボデーのグリーン材化", "1台当たり 8 t-CO2"),
    Factor("avoided.shinkansen-trainset", "50000", "kg-CO2e/unit", 1, date(2024, 4, 1), "同 9-3 新幹線 to 新幹線",
           "1編成当たり 50 t-CO2"),
    Factor("cars-per-trainset", "16", "cars/unit", 1, date(2024, 4, 1), "the 50 t is for a set of 16 cars (N700S)",
           "a car counts as 1/16 of a set, whatever set it came from"),
    Factor("footprint.primary", "12", "kg-CO2e/kg", 1, date(2024, 4, 1), "同 9-4 アルミ新塊 12 t-CO2/t-Al",
           "Scope 3 of metal made from ore"),
    Factor("footprint.production", "2", "kg-CO2e/kg", 1, date(2024, 4, 1), "同 9-4 生産(NLM) 2 t-CO2/t-Al",
           "Scope 1 and 2 of the works, per kg of product"),
    Factor("recycling-share", "0.03", "1", 1, date(2024, 4, 1), "同 1 再生時のCO2排出量 約3％",
           "of footprint.primary, per kg of scrap charged"),
)  # fmt: skip


def pour(content: Content, grams: int) -> tuple[Content, Content]:
    """``grams`` out of ``content`` by largest remainder: what was poured, and what stays."""
    whole = sum(content.values())
    exact = {key: divmod(mass * grams, whole) if whole else (0, 0) for key, mass in content.items()}
    poured = {key: share for key, (share, _) in exact.items()}
    short = grams - sum(poured.values())
    for key in sorted(exact, key=lambda key: (-exact[key][1], key))[:short]:
        poured[key] += 1
    return poured, {key: content[key] - poured[key] for key in content}


def merged(*contents: Content) -> Content:
    keys = dict.fromkeys(key for content in contents for key in content)
    return {key: sum(content.get(key, 0) for content in contents) for key in keys}


def recycled(content: Content, enters: Sequence[Enter]) -> Recycled:
    """The four columns of a content."""
    by_group = dict.fromkeys(GROUPS, 0)
    for key, mass in content.items():
        by_group[enters[key].group] += mass
    own, other, pre = (by_group[group] for group in GROUPS[:3])
    return Recycled(own + other, own, pre, sum(content.values()) - own - other - pre)


def certificate(
    enters: Sequence[Enter],
    works: Sequence[Work],
    delivers: Sequence[Deliver],
    *,
    recipient: Party = RAILWAY,
    number: str = "GMC-2026-000012",
) -> Certificate:
    """A certificate of metal that entered, was worked stage by stage and was delivered in lines."""
    content: Content = {}
    stages = []
    for index, work in enumerate(works):
        entered = {key: round(e.kg * KG) for key, e in enumerate(enters) if e.stage == index}
        stage, content = _stage(work, merged(content, entered), entered, enters)
        stages.append(stage)
    if not works:
        content = {key: round(e.kg * KG) for key, e in enumerate(enters)}
    content, _ = pour(content, sum(round(d.kg * KG) for d in delivers))
    delivered = content
    lines = []
    for index, deliver in enumerate(delivers):
        part, content = pour(content, round(deliver.kg * KG))
        lines.append(_line(index, deliver, part, enters))
    return _assembled(enters, works, tuple(stages), delivered, tuple(lines), recipient, number)


def _stage(work: Work, charge: Content, entered: Content, enters: Sequence[Enter]) -> tuple[Stage, Content]:
    charged = sum(charge.values())
    _, left = pour(charge, round(work.loss * KG))
    _, made = pour(left, round(work.returns * KG))
    passed, _ = pour(made, sum(made.values()) if work.passed is None else round(work.passed * KG))
    stage = Stage(
        work.kind, work.numbers, recycled(entered, enters), charged, round(work.loss * KG), round(work.returns * KG),
        recycled(made, enters), work.made_units, recycled(passed, enters),
    )  # fmt: skip
    return stage, passed


def _footprint(content: Content, enters: Sequence[Enter]) -> Footprint:
    mass = sum(content.values())
    scrap = sum(grams for key, grams in content.items() if enters[key].group in GROUPS[:3])
    embodied = (mass - scrap) * 12 + scrap * 36 // 100 + 2 * mass
    millionths = (embodied * 2_000_000 + mass) // (2 * mass)
    return Footprint(f"{millionths // 1_000_000}.{millionths % 1_000_000:06d}", embodied)


def _line(index: int, deliver: Deliver, content: Content, enters: Sequence[Enter]) -> Line:
    columns = recycled(content, enters)
    by_mass = columns.post_consumer_g * 291 // 25
    by_unit = None
    if deliver.factor and deliver.units:
        by_unit = deliver.units * int(deliver.factor.kg_per_unit) * KG // int(deliver.factor.divisor)
    return Line(
        f"D-118-{index + 1}", f"K26-11{index + 4:02d}", "D-26-1187", deliver.kind,
        "item" if deliver.kind == "product" else None, *deliver.product, deliver.counter, deliver.alloy,
        sum(content.values()), deliver.units, deliver.factor, date(2026, 11, 4), columns,
        Avoided(by_mass if by_unit is None else min(by_unit, by_mass), by_unit, by_mass, 1),
        _footprint(content, enters), _parts(content, enters),
    )  # fmt: skip


def _parts(content: Content, enters: Sequence[Enter]) -> tuple[Part, ...]:
    return tuple(
        Part(enters[key].group, None if enters[key].group == "other" else enters[key].lot, grams)
        for key, grams in content.items()
        if grams
    )


def _assembled(
    enters: Sequence[Enter],
    works: Sequence[Work],
    stages: tuple[Stage, ...],
    content: Content,
    lines: tuple[Line, ...],
    recipient: Party,
    number: str,
) -> Certificate:
    units = [line.avoided_co2.by_unit_g for line in lines if line.avoided_co2.by_unit_g is not None]
    avoided = Avoided(
        sum(line.avoided_co2.claimed_g for line in lines), sum(units) if units else None,
        sum(line.avoided_co2.by_mass_g for line in lines), 1,
    )  # fmt: skip
    columns = recycled(content, enters)
    delivered_units = [line.units for line in lines if line.units is not None]
    return Certificate(
        FORMAT, number, "K7QX2M4D", "https://loop.example.jp/c/9R6Z4T7K2M8Q0V5X3C1B7N9W4D",
        date(2026, 11, 20), date(2029, 11, 19), ISSUER, None, recipient,
        (works[-1].site,) if works else (MELTING,), ("D-26-1187",), None, None, columns.mass_g, columns, avoided,
        _footprint(content, enters), lines,
        tuple(_origin(enter, content.get(key, 0)) for key, enter in enumerate(enters)),
        tuple(step for work, stage in zip(works, stages, strict=True) for step in _steps(work, stage)),
        Way(stages, columns, sum(delivered_units) if delivered_units else None), _used(lines),
    )  # fmt: skip


def _used(lines: Sequence[Line]) -> tuple[Factor, ...]:
    items = {line.unit_factor for line in lines}
    unused = (*(FACTORS[:1] if TRUCK not in items else ()), *(FACTORS[1:3] if CAR not in items else ()))
    return tuple(factor for factor in FACTORS if factor not in unused)


def _origin(enter: Enter, in_product_g: int) -> Origin:
    return Origin(
        enter.group, *NAMES[enter.group], enter.lot, enter.lots, enter.units, enter.counter, enter.slip, enter.vehicle,
        round(enter.kg * KG), in_product_g, enter.supplier,
    )  # fmt: skip


def _steps(work: Work, stage: Stage) -> list[Step]:
    """The stage cut into its steps, evenly, the rest of each division with the last."""
    count = len(work.numbers)

    def part(whole: int, index: int) -> int:
        return whole // count + (whole % count if index == count - 1 else 0)

    steps = []
    for index, number in enumerate(work.numbers):
        fed, lost = part(stage.input_g, index), part(stage.loss_g, index)
        made = MadeLot(f"L{number}", work.made or MADE_KINDS[work.kind], "A6N01", part(stage.made.mass_g, index))
        ratio = (fed - lost) * 10_000 // fed
        steps.append(Step(
            number, work.kind, STEP_NAMES[work.kind], work.site, work.day + timedelta(days=index), fed, fed - lost,
            part(stage.returns_g, index), lost, f"{ratio // 10_000}.{ratio % 10_000:04d}", (made,),
        ))  # fmt: skip
    return steps


def renamed(base: Certificate, name_ja: str, name_en: str) -> Certificate:
    """The same certificate for a recipient of another name."""
    return replace(base, recipient=Party("LONG", name_ja, name_en))
