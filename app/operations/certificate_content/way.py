"""Steps and stages of the way the metal went, as a certificate shows them."""

from app.carbon.factors import japan_day
from app.ledger.lineage import Stage
from app.ledger.lots import Kind
from app.operations.certificate_content.gathered import Gathered
from app.records.lineage import StepRead
from certificates import content


def ratio_text(part: int, whole: int) -> str:
    """A ratio with four decimals, half up: a step's yield (api.md)."""
    ten_thousandths = (2 * part * 10_000 + whole) // (2 * whole)
    return f"{ten_thousandths // 10_000}.{ten_thousandths % 10_000:04d}"


def steps(gathered: Gathered) -> tuple[content.Step, ...]:
    """The steps on the way, in the order they ended."""
    return tuple(_step(gathered, step) for step in gathered.steps)


def _step(gathered: Gathered, step: StepRead) -> content.Step:
    outputs = [lot for lot in gathered.outputs if lot.deed_id == step.deed_id]
    on_the_way = [lot for lot in outputs if lot.id in gathered.lots]
    return content.Step(
        number=step.number,
        kind=step.kind,
        name_ja=gathered.references.sheet("step_rules")[step.kind]["name_ja"],
        site=site(gathered, step.site_code),
        ended_on=japan_day(step.ended_at),
        input_g=step.input_g,
        output_g=step.output_g,
        returns_g=sum(lot.mass_g for lot in outputs if lot.kind == Kind.RETURN),
        loss_g=step.loss_g,
        yield_ratio=ratio_text(step.output_g, step.input_g),
        made=tuple(content.MadeLot(lot.number, lot.kind, lot.alloy, lot.mass_g) for lot in on_the_way),
    )


def site(gathered: Gathered, code: str) -> content.Party:
    """A site by the names it has today."""
    row = gathered.references.sheet("sites")[code]
    return content.Party(code, row["name_ja"], row["name_en"])


def made_at(gathered: Gathered) -> tuple[content.Party, ...]:
    """The sites where the certified lots were made; where bought metal is delivered as it came, where it left."""
    steps_by_deed = {step.deed_id: step.site_code for step in gathered.steps}
    codes = []
    for held in gathered.delivered:
        whole = gathered.lots.get(gathered.root.get(held.id, held.id))
        made = steps_by_deed.get(whole.deed_id) if whole else None
        codes.append(made or gathered.deliveries[held.id].site_code)
    return tuple(site(gathered, code) for code in dict.fromkeys(codes))


def way(gathered: Gathered, delivered: content.Recycled) -> content.Way:
    """The flow picture's figures."""
    units = [held.lot.units for held in gathered.delivered]
    shown = tuple(_stage(gathered, stage) for stage in gathered.stages)
    return content.Way(shown, delivered, sum(u for u in units if u) if all(units) else None)


def _stage(gathered: Gathered, stage: Stage) -> content.Stage:
    numbers = {step.deed_id: step.number for step in gathered.steps}
    return content.Stage(
        kind=stage.kind.value,
        numbers=tuple(numbers[deed] for deed in stage.deeds),
        entered=_recycled(stage.entered_g),
        input_g=stage.input_g,
        loss_g=stage.loss_g,
        returns_g=stage.returns_g,
        made=_recycled(stage.made_g),
        made_units=_units(gathered, stage),
        passed=_recycled(stage.passed_g),
    )


def _units(gathered: Gathered, stage: Stage) -> int | None:
    """Units a stage made; None where anything of it is not counted in units."""
    made = [lot.units for lot in gathered.outputs if lot.deed_id in stage.deeds and lot.kind == Kind.PRODUCT]
    return sum(u for u in made if u) if made and all(made) else None


def _recycled(columns: list[int]) -> content.Recycled:
    own, other, pre_consumer, rest = columns
    return content.Recycled(own + other, own, pre_consumer, rest)
