"""What a step will come to, beside its form: by a rehearsal of the deed itself, so that nothing is reckoned twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.current import doer, locale, service
from app.ledger.grams import NotAMass, grams_from_kilograms
from app.ledger.refusals import Code, Refused
from app.ledger.transformations import StepKind
from app.lookups.lot_page import column_of
from app.lookups.master_data import named_rows
from app.operations.problems import Invalid
from app.operations.record_transformation import Expected, rehearse_transformation
from app.pages.staff.figures import kg, percent
from app.pages.staff.forms import Form
from app.pages.staff.told import refused
from app.schemas.forms import load, plain_number
from app.schemas.transformations import TransformationSchema
from app.wording.catalogue import marked, say

SOURCES = {
    "pre_consumer": marked("Pre-consumer scrap"),
    "internal": marked("In-house scrap"),
    "rest": marked("Primary, alloying, other"),
}
CLASSES = ("own", "other", "pre", "rest")
EDGE = 2  # percent points of the axis beyond the usual band


@dataclass(frozen=True, slots=True)
class Share:
    """A source of what is made, as the bar and its legend show it; ``at`` and ``width`` in percent."""

    name: str
    label: str
    mass_kg: str
    percent: str
    at: str
    width: str
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class Gauge:
    """The yield on its axis, in percent: where it begins, the usual band, the value."""

    begins: float
    least: float
    most: float
    value: float | None

    def place(self, percent_: float) -> str:
        """A place on an axis of 100 units."""
        span = 100 - self.begins
        return f"{min(max((percent_ - self.begins) / span, 0), 1) * 100:.2f}"


@dataclass(frozen=True, slots=True)
class Panel:
    """The side column: figures as far as they can be told, and what stands in the way."""

    input_g: int
    output_g: int
    loss_g: int
    yield_percent: str | None
    gauge: Gauge
    recycled_percent: str | None
    shares: Sequence[Share]
    footprint: str | None
    customers: Sequence[tuple[str, str]]
    outside_band: bool
    more_out_than_in: bool
    refusal: str | None
    charged: Sequence[str]


def expected_of(form: Form, kind: StepKind, rule: Mapping[str, Any]) -> Panel:
    """The panel of a form: the rehearsal's where the form is complete, plain sums where it is not yet."""
    input_g = _sum(form, "inputs")
    output_g = _sum(form, "outputs")
    rehearsed, refusal = _rehearsed(form, kind)
    too_much = _more_out_than_in(form, refusal, input_g, output_g) if not rehearsed else False
    if rehearsed:
        input_g, output_g = rehearsed.input_g, rehearsed.output_g
    ratio = output_g / input_g * 100 if input_g and output_g else None
    gauge = _gauge(rule, ratio)
    outside = ratio is not None and not too_much and not gauge.least <= ratio <= gauge.most
    shares, customers = _shares(rehearsed) if rehearsed else ([], [])
    return Panel(
        input_g,
        output_g,
        max(input_g - output_g, 0) if output_g else 0,
        f"{ratio:.2f}" if ratio is not None else None,
        gauge,
        _recycled(rehearsed) if rehearsed else None,
        shares,
        f"{-(-rehearsed.embodied_g * 100 // rehearsed.made_g) / 100:.2f}" if rehearsed else None,
        customers,
        outside,
        too_much,
        refused(refusal) if refusal else None,
        [percent(_row_g(form, "inputs", row), input_g) for row in form.rows("inputs")],
    )


def _more_out_than_in(form: Form, refusal: Refused | None, input_g: int, output_g: int) -> bool:
    """Whether a step is refused for its weights; of a form that is not complete yet, where all weights can be read."""
    if refusal:
        return refusal.code is Code.MORE_OUT_THAN_IN
    counted = any(form[f"inputs.{row}.units"] for row in form.rows("inputs"))
    return not counted and 0 < input_g < output_g


def _sum(form: Form, rows: str) -> int:
    return sum(_row_g(form, rows, row) for row in form.rows(rows))


def _row_g(form: Form, rows: str, row: int) -> int:
    """Grams of a row as far as they can be read yet."""
    try:
        return grams_from_kilograms(plain_number(form[f"{rows}.{row}.kg"]))
    except NotAMass:
        return 0


def _gauge(rule: Mapping[str, Any], value: float | None) -> Gauge:
    least, most = float(rule["yield_min"]) * 100, float(rule["yield_max"]) * 100
    begins = max(min(least - EDGE, value if value is not None and value > least - 3 * EDGE else least - EDGE), 0)
    return Gauge(float(int(begins)), least, most, value)


def _rehearsed(form: Form, kind: StepKind) -> tuple[Expected | None, Refused | None]:
    """What a rehearsal says; nothing yet of a form that is not filled in, and why where it would be refused."""
    words = {name: text for name, text in form.words.items() if name != "scan"} | {"kind": kind.value}
    try:
        step = load(TransformationSchema(), {"ended_at": doer().now.isoformat(), **words})
        return rehearse_transformation(service().records, doer(), step), None
    except Invalid:
        return None, None
    except Refused as error:
        return None, error


def _recycled(expected: Expected) -> str:
    grams = sum(g for origin, g in expected.content.items() if expected.groups[origin][1] == "post_consumer")
    return percent(grams, expected.made_g)


def _shares(expected: Expected) -> tuple[list[Share], list[tuple[str, str]]]:
    """By source customer, then the other columns; and the customers whose scrap comes together, with their shares."""
    names = named_rows(service().records, "customers")
    by_source: dict[tuple[int, str], int] = {}
    main: str | None = None
    for origin, grams in expected.content.items():
        group = expected.groups[origin]
        main = main or (group[2] if group[1] == "post_consumer" else None)
        column = column_of(group, main)
        source = group[2] or "" if column < 2 else ("pre_consumer" if column == 2 else "rest")
        by_source[column, source] = by_source.get((column, source), 0) + grams
    for never_left_out in ((2, "pre_consumer"), (3, "rest")):
        by_source.setdefault(never_left_out, 0)
    shares, start = [], 0
    customers = []
    rows = sorted(by_source.items())
    for ((column, source), grams), share in zip(rows, _percents([g for _, g in rows], expected.made_g), strict=True):
        label = _called(names[source]) if source in names else say(locale(), SOURCES[source])
        at, width = (f"{100 * each / expected.made_g:.3f}" for each in (start, grams))
        shares.append(Share(CLASSES[column], label, kg(grams // 1000 * 1000), share, at, width, grams > 0))
        start += grams
        if column < 2:
            customers.append((label, share))
    return shares, customers


def _percents(masses_g: Sequence[int], whole_g: int) -> list[str]:
    """Shares to 0.1 %, rounded down; the last, which is no scrap, takes the rest to 100.0, as on the certificate."""
    tenths = [mass_g * 1000 // whole_g for mass_g in masses_g[:-1]]
    return [f"{each / 10:.1f}" for each in (*tenths, 1000 - sum(tenths))]


def _called(row: Mapping[str, Any]) -> str:
    return str(row["name_ja"] if locale() == "ja" else row["name_en"])
