"""Record a step: sorting, remelting, casting, extruding, fabricating (溶解記録 and the like)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import NamedTuple

from app.carbon.energy import Energy
from app.carbon.footprint import StepMasses, step_emissions
from app.ledger.lots import Amount, Kind, Place
from app.ledger.metal import together
from app.ledger.refusals import Code, Refused
from app.ledger.transformations import FURNACE_STEPS, Charge, Heat, Planned, StepKind, StepRule, Tapped, charge, tap
from app.operations.again import tried_again
from app.operations.flagged import require_unflagged
from app.operations.numbering import STEP_PREFIX, deed_number, lot_numbers, require_free
from app.operations.references import References
from app.operations.unlikely import Flag as Unlikely
from app.operations.unlikely import measured_flags, yield_flags
from app.records.deeds import DeedKind, Doer
from app.records.lots import Held, NewLot
from app.records.movements import Moved
from app.records.transformations import NewTransformation
from app.records.unit import Books, Records


@dataclass(frozen=True, slots=True)
class StepInput:
    lot: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class StepOutput:
    """What a step made; mass in grams. ``item`` (and units, where it has a unit factor) is for products."""

    number: str | None
    kind: Kind
    mass_g: int
    alloy: str
    item: str | None = None
    units: int | None = None
    pieces: int | None = None


@dataclass(frozen=True, slots=True)
class RecordTransformation:
    number: str | None
    kind: StepKind
    site: str
    furnace: str | None
    ended_at: datetime
    inputs: tuple[StepInput, ...]
    outputs: tuple[StepOutput, ...]
    energy: Energy | None = None

    @property
    def heat(self) -> Heat:
        return Heat(self.kind, self.site, self.ended_at, self.furnace)


class _Poured(NamedTuple):
    """What the ledger said of a step."""

    charge: Charge
    tapped: Tapped
    process_co2_g: int
    average_co2_g: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What a step would come to: masses and CO2e in grams, and of its outputs, returns aside, the grams by origin.

    ``groups`` says of each origin its kind, scrap class and source customer.
    """

    input_g: int
    output_g: int
    loss_g: int
    made_g: int
    embodied_g: int
    content: Mapping[int, int]
    groups: Mapping[int, tuple[str, str | None, str | None]]
    flags: Sequence[str]


@tried_again
def rehearse_transformation(records: Records, doer: Doer, step: RecordTransformation) -> Expected:
    """Do everything that recording a step does, tell what it comes to, and leave the books as they stand.

    Raises Invalid, Refused, just as recording would.
    """
    with records.writing(doer) as books:
        _, poured = _record(books, step)
        made = [
            metal
            for metal, output in zip(poured.tapped.outputs, step.outputs, strict=True)
            if output.kind is not Kind.RETURN
        ] or list(poured.tapped.outputs)
        content = dict(together(made).content)
        flags = _unlikely(References(books), step, poured)
        return Expected(
            poured.charge.metal.mass_g,
            sum(output.mass_g for output in step.outputs),
            poured.tapped.loss.mass_g,
            sum(metal.mass_g for metal in made),
            sum(metal.embodied_g for metal in made),
            content,
            books.lineage.origin_groups(sorted(content)),
            [rule for rule, _ in flags],
        )


@tried_again
def record_transformation(records: Records, doer: Doer, step: RecordTransformation) -> str:
    """Record a step and return its number. Raises Invalid, Refused."""
    with records.writing(doer) as books:
        number, _ = _record(books, step)
        books.commit()
    return number


def _record(books: Books, step: RecordTransformation) -> tuple[str, _Poured]:
    references = References(books)
    require_free(step.number, "transformation", books.transformations.numbers_taken)
    alloys = _check(references, step, books.doer.now)
    heels: list[str] = []
    if step.kind in FURNACE_STEPS:
        books.furnaces.hold(step.site, step.furnace)
        heels = books.furnaces.heels(step.site, step.furnace)
    held = books.lots.hold([*(given.lot for given in step.inputs), *heels])
    _require_known(references, step, held)
    _require_units(references, step.outputs)
    require_unflagged(books, (held[given.lot] for given in step.inputs))
    poured = _pour(references, step, held, [held[number] for number in heels])
    prefix = STEP_PREFIX[step.kind]
    number = deed_number(
        books, step.number, prefix, step.ended_at, "transformation", books.transformations.numbers_taken
    )
    deed_id = books.deeds.add(DeedKind.TRANSFORMATION, step.ended_at)
    made_ids = _write_outputs(books, step, alloys, deed_id, poured.tapped)
    _write_inputs(books, step, held, deed_id, poured, number)
    books.lots.connect(deed_id, [held[given.lot].id for given in step.inputs], made_ids)
    _flag(books, references, step, deed_id, made_ids, poured)
    books.audit.add("record", "transformation", number, _told(step, poured))
    return number, poured


def _check(references: References, step: RecordTransformation, now: datetime) -> list[str]:
    """Everything that can be said before a lot is looked at; returns the alloys' codes."""
    problems = references.problems
    references.require("sites", step.site, ("site",))
    references.not_in_future(step.ended_at, now, ("ended_at",))
    if step.furnace and step.kind not in FURNACE_STEPS:
        problems.add(("furnace",), "no_furnace_here", step=step.kind)
    if step.energy and step.kind is StepKind.SORT:
        problems.add(("energy",), "no_energy_in_sorting")
    lots = [given.lot for given in step.inputs]
    for i, lot in enumerate(lots):
        if lot in lots[:i]:
            problems.add(("inputs", i, "lot"), "twice", value=lot)
    for i, output in enumerate(step.outputs):
        _check_output(references, step, i, output)
    return [references.alloy(output.alloy, ("outputs", i, "alloy")) for i, output in enumerate(step.outputs)]


def _check_output(references: References, step: RecordTransformation, i: int, output: StepOutput) -> None:
    problems = references.problems
    if output.kind is Kind.PRODUCT:
        references.require_item(output.item, ("outputs", i, "item"))
    elif output.item is not None:
        problems.add(("outputs", i, "item"), "only_for_products")
    if output.kind is Kind.HEEL and any(other.kind is Kind.HEEL for other in step.outputs[:i]):
        problems.add(("outputs", i, "kind"), "one_heel")


def _require_known(references: References, step: RecordTransformation, held: Mapping[str, Held]) -> None:
    for i, given in enumerate(step.inputs):
        if given.lot not in held:
            references.problems.add(("inputs", i, "lot"), "unknown_lot", value=given.lot)
    references.problems.raise_any()


def _require_units(references: References, outputs: Sequence[StepOutput]) -> None:
    """A product whose item has a unit factor has units, and nothing else has (domain.md, "A step")."""
    for output in outputs:
        counted = output.kind is Kind.PRODUCT and references.unit_factor(output.item) is not None
        if counted and output.units is None:
            raise Refused(Code.UNITS_REQUIRED, "output", item=output.item)
        if not counted and output.units is not None:
            raise Refused(Code.NO_UNITS, "output", item=output.item or output.kind)


def _pour(
    references: References, step: RecordTransformation, held: Mapping[str, Held], heels: Sequence[Held]
) -> _Poured:
    rule: StepRule = references.step_rule(step.kind)
    inputs = [(held[given.lot].lot, given.amount) for given in step.inputs]
    charged = charge(rule, step.heat, inputs, [heel.lot for heel in heels])
    products_g = sum(output.mass_g for output in step.outputs if output.kind is Kind.PRODUCT)
    masses = StepMasses(charged.mass_of(Kind.SCRAP), charged.mass_of(Kind.PRODUCT), products_g)
    factors = references.factors_at(step.ended_at)
    process_co2_g = step_emissions(step.kind, masses, step.energy, factors)
    average_co2_g = step_emissions(step.kind, masses, None, factors)
    planned = [Planned(output.kind, output.mass_g) for output in step.outputs]
    return _Poured(charged, tap(rule, charged.metal, planned, process_co2_g), process_co2_g, average_co2_g)


def _unlikely(references: References, step: RecordTransformation, poured: _Poured) -> list[Unlikely]:
    """What a step is flagged for: its yield, or what its meters say."""
    input_g, output_g = poured.charge.metal.mass_g, sum(output.mass_g for output in step.outputs)
    flags = yield_flags(references, step.kind, input_g, output_g)
    if step.energy is not None:
        flags += measured_flags(references, poured.process_co2_g, poured.average_co2_g)
    return flags


def _write_outputs(
    books: Books, step: RecordTransformation, alloys: Sequence[str], deed_id: int, tapped: Tapped
) -> list[int]:
    numbers = lot_numbers(books, [(output.number, output.kind, step.ended_at) for output in step.outputs])
    ids = books.lots.new_ids(len(step.outputs))
    lots = [
        NewLot(
            number,
            output.kind,
            alloy,
            metal,
            Place(site=step.site),
            made_at=step.ended_at,
            since=step.ended_at,
            deed_id=deed_id,
            item=output.item,
            units=output.units,
            pieces=output.pieces,
            furnace=step.furnace if output.kind is Kind.HEEL else None,
        )
        for output, number, alloy, metal in zip(step.outputs, numbers, alloys, tapped.outputs, strict=True)
    ]
    books.lots.add(list(zip(ids, lots, strict=True)))
    books.movements.add(deed_id, [Moved(id_, lot.metal, +1) for id_, lot in zip(ids, lots, strict=True)])
    return ids


def _write_inputs(
    books: Books, step: RecordTransformation, held: Mapping[str, Held], deed_id: int, poured: _Poured, number: str
) -> None:
    taken = list(zip((held[given.lot] for given in step.inputs), poured.charge.taken, strict=True))
    for lot, taking in taken:
        books.lots.write_left(lot, taking.left)
    books.movements.add(deed_id, [Moved(lot.id, taking.metal, -1) for lot, taking in taken])
    books.movements.add_loss(deed_id, poured.tapped.loss)
    input_g, loss_g = poured.charge.metal.mass_g, poured.tapped.loss.mass_g
    books.transformations.add(
        NewTransformation(
            deed_id,
            number,
            step.kind,
            step.site,
            step.furnace,
            step.ended_at,
            input_g,
            input_g - loss_g,
            loss_g,
            poured.process_co2_g,
        ),
        [(lot.id, taking.metal.mass_g, taking.units) for lot, taking in taken],
        step.energy,
    )


def _flag(
    books: Books,
    references: References,
    step: RecordTransformation,
    deed_id: int,
    made_ids: Sequence[int],
    poured: _Poured,
) -> None:
    flags = _unlikely(references, step, poured)
    shared = {"deed_id": deed_id, "raised_at": books.doer.now}
    books.flags.add_all(
        [shared | {"lot_id": id_, "rule": rule, "detail": detail} for rule, detail in flags for id_ in made_ids]
    )


def _told(step: RecordTransformation, poured: _Poured) -> dict[str, object]:
    return {
        "kind": step.kind,
        "site": step.site,
        "inputs": [
            [given.lot, taken.metal.mass_g] for given, taken in zip(step.inputs, poured.charge.taken, strict=True)
        ],
        "outputs": [[output.kind, output.mass_g] for output in step.outputs],
        "loss_g": poured.tapped.loss.mass_g,
    } | ({"energy": asdict(step.energy), "co2_g": poured.process_co2_g} if step.energy else {})
