"""Deeds as somebody would enter them, chosen for the books as they stand."""

from dataclasses import replace

from app.carbon.energy import Energy
from app.ledger.lots import BOUGHT, Amount, Kind
from app.ledger.transformations import StepKind
from app.operations.dispatch import Dispatch, DispatchLine
from app.operations.issue_certificate import IssueCertificate
from app.operations.record_transformation import RecordTransformation, StepInput, StepOutput
from app.operations.register_metal import RegisterMetal, SupplierFootprint
from app.operations.register_scrap import RegisterScrap
from app.operations.take_back import TakeBack
from app.operations.transfer import Transfer
from app.operations.write_off import WriteOff
from tests.soak.choices import CUSTOMERS, SITES, Chooser
from tests.soak.entries import ALLOY
from tests.soak.model.books import Lot
from tests.soak.model.method import BANDS_G, CERTIFIABLE, CLASSES, FURNACE_STEPS, STEPS, UNIT_KG

SCRAP_ITEMS = ("truck-body", "shinkansen-car", "offcuts")
PRODUCT_ITEMS = ("truck-body", "shinkansen-car", "profile")
FOOTPRINTS = ("4", "4.2", "11.517")
# Most metal enters at one site, so that there is much there to be mixed.
GATES = ("MC", "MC", "MC", "KB", "NG")
LOW_FOOTPRINT = "3.999"


def weigh_in(choose: Chooser) -> RegisterScrap:
    item = choose.one(SCRAP_ITEMS)
    units = choose.random.randint(1, 4)
    least, most = BANDS_G.get(item, (5_000, 3_000_000))
    mass_g = units * choose.random.randint(least, most)
    if choose.oddly(2):
        mass_g = choose.one((least * units - 1, most * units + 1))
    number, site = choose.number("S", list(choose.books.lots)), choose.one(GATES)
    slips = [slip for at, slip in choose.books.slips if at == site]
    return RegisterScrap(
        number=number,
        slip_number=choose.one(slips) if slips and choose.oddly() else f"W-{number}",
        customer=choose.one(CUSTOMERS),
        item="profile" if choose.oddly() else item,
        units=units,
        scrap_class="post_consumer" if choose.oddly(2) else choose.one(sorted(CLASSES[item], reverse=True)),
        gross_g=mass_g + 9_000,
        tare_g=8_000,
        deduction_g=1_000,
        alloy="mixed",
        site=site,
        bay=None,
        vehicle=None,
        weighed_at=choose.now,
    )


def buy(choose: Chooser) -> RegisterMetal:
    stated = LOW_FOOTPRINT if choose.oddly(2) else choose.one((None, *FOOTPRINTS))
    own = SupplierFootprint(stated, "EPD-1", "Supplier", choose.now.date().replace(year=2030)) if stated else None
    number, mass_g = choose.number("P", list(choose.books.lots)), choose.random.randint(1_000, 5_000_000)
    return RegisterMetal(number, choose.one(BOUGHT), mass_g, ALLOY, choose.one(GATES), choose.now, own)


def step(choose: Chooser, kind: StepKind) -> RecordTransformation:
    fitting = choose.lots(lambda lot: lot.kind in STEPS[kind][0] and lot.kind != "heel" and lot.place[0] == "site")
    furnace = choose.one((None, f"{choose.prefix}F1")) if kind in FURNACE_STEPS else None
    site, lots = choose.at_one_site(_at_a_heel(choose, fitting, furnace), 3)
    amounts = [choose.amount(lot) for lot in lots]
    for heel in _heels(choose, furnace):
        if heel.place == ("site", site) and heel not in lots and not choose.odd:
            lots.append(heel)
            amounts.append(Amount(mass_g=heel.metal.mass_g))
    number = choose.number(kind.value[0].upper(), choose.numbers_of("transformation"))
    inputs = tuple(StepInput(lot.number, amount) for lot, amount in zip(lots, amounts, strict=True))
    outputs = _outputs(choose, kind, number, choose.charged_g(lots, amounts), furnace)
    at = choose.at([lot.number for lot in lots])
    return RecordTransformation(number, kind, site, furnace, at, inputs, outputs, _meters(choose, kind))


def _meters(choose: Chooser, kind: StepKind) -> Energy | None:
    """What the meters said, where somebody read them; oddly of sorting, which is outside the footprint."""
    if not choose.chance(3) or (kind is StepKind.SORT and not choose.oddly(3)):
        return None
    amounts = [choose.random.randint(0, 3_000_000) for _ in range(3)]
    return Energy(amounts[0], choose.one((0, 33_333, 100_000)), *amounts[1:])


def _heels(choose: Chooser, furnace: str | None) -> list[Lot]:
    lots = choose.books.lots.values()
    return [lot for lot in lots if lot.kind == "heel" and lot.furnace == furnace and lot.metal.mass_g]


def _at_a_heel(choose: Chooser, lots: list[Lot], furnace: str | None) -> list[Lot]:
    """Those at a site where something stayed in the furnace, so that heats follow each other."""
    waiting = {heel.place for heel in _heels(choose, furnace)}
    return [lot for lot in lots if lot.place in waiting] or lots


def _outputs(
    choose: Chooser, kind: StepKind, number: str, charged_g: int, furnace: str | None
) -> tuple[StepOutput, ...]:
    """What comes of a charge at a usual yield; oddly at an unusual one, or more than there was."""
    least = int(STEPS[kind][2] * 1000)
    share = choose.random.randint(least // 2, least - 1) if choose.oddly() else choose.random.randint(least, 1000)
    made_g = charged_g + 1 if choose.oddly() else max(1, -(-charged_g * share // 1000))
    heel = furnace is not None and choose.chance(2)
    kinds = sorted(STEPS[kind][1] - {"heel"})
    parts = choose.parts(made_g, 3)
    made = ["heel" if heel and n == 0 else choose.one(kinds) for n in range(len(parts))]
    numbers = [f"{number}-{n}" for n in range(1, len(parts) + 1)]
    return tuple(_output(choose, *each) for each in zip(numbers, made, parts, strict=True))


def _output(choose: Chooser, number: str, kind: str, mass_g: int) -> StepOutput:
    if choose.oddly(8):
        return StepOutput(number, Kind.ALLOYING, mass_g, ALLOY)
    if choose.oddly(8) and choose.books.lots:
        number = choose.one(choose.books.lots)
    if kind != "product":
        return StepOutput(number, Kind(kind), mass_g, ALLOY, units=1 if choose.oddly(8) else None)
    item = choose.one(PRODUCT_ITEMS)
    units = choose.random.randint(1, 4) if item in UNIT_KG else None
    made = StepOutput(number, Kind.PRODUCT, mass_g, ALLOY, item, units)
    return replace(made, units=None if units else 2) if choose.oddly(6) else made


def transfer(choose: Chooser) -> Transfer:
    lot = choose.one(choose.lots(lambda lot: lot.kind != "heel" and lot.place[0] == "site"))
    to = choose.one(site for site in SITES if site != lot.place[1] or choose.oddly(2))
    amount = choose.amount(lot, whole_one_in=2)
    sent_g = choose.charged_g([lot], [amount])
    received_g = choose.one((None, None, sent_g, sent_g - sent_g // 300, sent_g - sent_g // 150)) or None
    if choose.oddly():
        received_g = sent_g + 1
    number = choose.number("M", choose.numbers_of("transfer"))
    becomes = choose.one((None, f"{number}-P"))
    if choose.oddly(8):
        becomes = choose.one(choose.books.lots)
    return Transfer(number, lot.number, to, amount, choose.at([lot.number]), choose.now, received_g, becomes)


def dispatch(choose: Chooser) -> Dispatch:
    """A line or two of lots of a site, the same lot twice among them."""
    kinds: set[str] = choose.one((CERTIFIABLE, {"product"}, {str(kind) for kind in Kind if kind != "heel"}))
    site, lots = choose.at_one_site(choose.lots(lambda lot: lot.kind in kinds and lot.place[0] == "site"), 2)
    lines = [DispatchLine(lot.number, choose.amount(lot)) for lot in lots]
    if choose.chance(4):
        lines.append(DispatchLine(lots[0].number, choose.amount(lots[0], whole_one_in=9)))
    if choose.oddly(8):
        lines.append(DispatchLine(lots[0].number, Amount(mass_g=999)))
    number = choose.number("D", choose.numbers_of("dispatch"))
    at = choose.at(line.lot for line in lines)
    return Dispatch(number, choose.one(CUSTOMERS), site, at, tuple(lines))


def certify(choose: Chooser) -> IssueCertificate:
    books = choose.books
    fitting = choose.lots(
        lambda lot: lot.place[0] == "customer" and lot.kind in CERTIFIABLE and not books.holder(lot.number)
    )
    first = choose.one(fitting)
    customer = first.place[1] if first.place[0] == "customer" and not choose.oddly() else choose.one(CUSTOMERS)
    beside = [lot.number for lot in fitting if lot.place == first.place and lot is not first]
    deliveries = (first.number, *choose.random.sample(beside, min(len(beside), choose.random.randint(0, 2))))
    known = [each.number for each in books.certificates.values() if each.customer == customer or choose.oddly()]
    return IssueCertificate(customer, deliveries, None, None, choose.one(known) if known and choose.chance(4) else None)


def take_back(choose: Chooser) -> TakeBack:
    books = choose.books
    lot = choose.one(choose.lots(lambda lot: lot.place[0] == "customer" and not books.holder(lot.number)))
    number = choose.number("R", choose.numbers_of("return"))
    return TakeBack(number, lot.number, choose.one(SITES), choose.at([lot.number]), "wrong alloy")


def write_off(choose: Chooser) -> WriteOff:
    lot = choose.one(choose.lots(lambda lot: lot.place[0] == "site"))
    number = choose.number("O", choose.numbers_of("write_off"))
    return WriteOff(
        number, lot.number, choose.amount(lot, whole_one_in=6), choose.at([lot.number]), "fell into the sea"
    )
