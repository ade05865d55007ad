"""Steps of the model: what they refuse, and how a charge is poured out."""

from fractions import Fraction
from math import floor

from app.carbon.energy import Energy
from app.operations.record_transformation import RecordTransformation, StepOutput
from tests.soak.model.books import Books, Deed, Flag, Lot, Reasons, Taken, take
from tests.soak.model.metal import NOTHING, Metal, lose, pour
from tests.soak.model.method import FURNACE_STEPS, LEAST_OF_AVERAGE, METERED, PRODUCTION, REMELTING, STEPS, UNIT_KG


def step(books: Books, words: RecordTransformation) -> Reasons:
    """Everything that speaks against a step; where nothing does, it is done."""
    if any(given.lot not in books.lots for given in words.inputs):
        return {"malformed", *_numbers(books, words)}
    lots = [books.lots[given.lot] for given in words.inputs]
    taken = [take(lot, given.amount) for lot, given in zip(lots, words.inputs, strict=True)]
    reasons = _numbers(books, words) | _outputs(words) | _heels(books, words, taken)
    if words.energy is not None and words.kind == "sort":
        reasons.add("malformed")
    for lot, taking in zip(lots, taken, strict=True):
        reasons |= taking.reasons | _input(books, words, lot) | books.broken(taking)
    charged_g = sum(taking.metal.mass_g for taking in taken)
    if not any(taking.reasons for taking in taken) and sum(out.mass_g for out in words.outputs) > charged_g:
        reasons.add("more_out_than_in")
    if not reasons:
        _do(books, words, taken)
    return reasons


def _numbers(books: Books, words: RecordTransformation) -> Reasons:
    given = [out.number for out in words.outputs]
    doubled = len(set(given)) < len(given) or any(number in books.lots for number in given)
    used = ("transformation", words.number) in books.deeds
    return {"duplicate_number"} if used or doubled else set()


def _outputs(words: RecordTransformation) -> Reasons:
    reasons: Reasons = set()
    for out in words.outputs:
        if out.kind not in STEPS[words.kind][1]:
            reasons.add("kind_not_allowed")
        counted = out.kind == "product" and out.item in UNIT_KG
        if counted and out.units is None:
            reasons.add("units_required")
        if not counted and out.units is not None:
            reasons.add("no_units")
    return reasons


def _input(books: Books, words: RecordTransformation, lot: Lot) -> Reasons:
    reasons: Reasons = set()
    if lot.kind not in STEPS[words.kind][0]:
        reasons.add("kind_not_allowed")
    if lot.place != ("site", words.site) or (lot.kind == "heel" and lot.furnace != words.furnace):
        reasons.add("wrong_place")
    if words.ended_at < lot.since:
        reasons.add("before_it_existed")
    if books.flagged(lot.number):
        reasons.add("flag_open")
    return reasons


def _heels(books: Books, words: RecordTransformation, taken: list[Taken]) -> Reasons:
    """The next heat of a furnace takes all that stayed in it."""
    if words.kind not in FURNACE_STEPS:
        return set()
    emptied = {taking.left.number for taking in taken if taking.left and not taking.left.metal.mass_g}
    staying = [
        lot.number
        for lot in books.lots.values()
        if lot.kind == "heel"
        and lot.furnace == words.furnace
        and lot.place == ("site", words.site)
        and lot.metal.mass_g
    ]
    return {"heel_left_out"} if set(staying) - emptied else set()


def _do(books: Books, words: RecordTransformation, taken: list[Taken]) -> None:
    deed = books.new_deed("transformation", words.number or "", words.ended_at)
    deed.took_at = words.site
    charge = NOTHING
    for taking in taken:
        assert taking.left is not None
        deed.took_heel |= taking.left.kind == "heel"
        charge = charge.plus(taking.metal)
        books.leave(deed, taking)
    if words.kind in FURNACE_STEPS:
        deed.heat_of = (words.site, words.furnace)
    out_g = sum(out.mass_g for out in words.outputs)
    _, left = lose(charge, charge.mass_g - out_g)
    poured = _poured(left, words.outputs, _process_g(words, taken))
    for out, metal in zip(words.outputs, poured, strict=True):
        books.put(deed, _made(words, out, metal))
    if Fraction(out_g, charge.mass_g) < STEPS[words.kind][2]:
        _flag(books, deed, "yield-outside-band")
    if words.energy is not None and _metered_g(words.energy) < LEAST_OF_AVERAGE * _average_g(words, taken):
        _flag(books, deed, "measured-below-average")


def _process_g(words: RecordTransformation, taken: list[Taken]) -> int:
    return _average_g(words, taken) if words.energy is None else _metered_g(words.energy)


def _average_g(words: RecordTransformation, taken: list[Taken]) -> int:
    def charged_g(kind: str) -> int:
        return sum(taking.metal.mass_g for taking in taken if taking.left and taking.left.kind == kind)

    products_g = sum(out.mass_g for out in words.outputs if out.kind == "product")
    remelting_g = floor(charged_g("scrap") * REMELTING) if words.kind == "remelt" else 0
    return remelting_g + floor(max(0, products_g - charged_g("product")) * PRODUCTION)


def _metered_g(energy: Energy) -> int:
    bought = Fraction(energy.electricity_wh) * (1 - Fraction(energy.renewable, 100_000))
    return floor(bought * METERED["kWh"] + energy.gas_l * METERED["m3"] + energy.oil_ml * METERED["L"])


def _poured(left: Metal, outputs: tuple[StepOutput, ...], process_g: int) -> list[Metal]:
    """Returns first, free of the step's emissions unless there is nothing else that could bear them."""
    made: dict[int, Metal] = {}
    emitted = Metal({}, process_g)
    returns = [i for i, out in enumerate(outputs) if out.kind == "return"]
    others = [i for i, out in enumerate(outputs) if out.kind != "return"]
    if not others:
        left = left.plus(emitted)
    for i in returns + others:
        if others and i == others[0]:
            left = left.plus(emitted)
        made[i] = pour(left, outputs[i].mass_g)
        left = left.minus(made[i])
    return [made[i] for i in range(len(outputs))]


def _made(words: RecordTransformation, out: StepOutput, metal: Metal) -> Lot:
    furnace = words.furnace if out.kind == "heel" else None
    place = ("site", words.site)
    return Lot(out.number or "", out.kind.value, place, words.ended_at, metal, out.units, out.item, furnace)


def _flag(books: Books, deed: Deed, rule: str) -> None:
    books.flags.append(Flag(deed, rule, tuple(deed.made)))
