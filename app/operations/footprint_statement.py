"""State the footprint of a lot (CFP算定書): cradle to gate, with what it comes from and what it rests on."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from app.carbon import METHOD_VERSION
from app.carbon.contributions import From, Parts
from app.carbon.factors import PRIMARY, PRODUCTION, japan_day
from app.carbon.footprint import cfp_text
from app.ledger.lots import CERTIFIABLE, Kind
from app.ledger.metal import allot
from app.operations.certificate_content.compose import factors_used, step_factors
from app.operations.certificate_content.lines import product_names, recycled_of
from app.operations.certificate_content.origins import GROUP_NAMES
from app.operations.footprint_sources import Sources, measured_g, sources
from app.operations.issue_certificate import Issuer
from app.operations.problems import NotFound
from app.operations.references import References
from app.records.embodied import LotMade, StepMade
from app.records.stock import LotView
from app.records.unit import Records, Shelves
from certificates import content
from certificates.statement import FORMAT, Contribution, Promised, Statement

ROUND_NAMES = ("社内返り材・残湯", "In-house returns and heels")
Named = tuple[str, str]


def state_footprint(records: Records, issuer: Issuer, today: date, number: str) -> Statement:
    """The statement of a lot by its number. Raises NotFound, of what is not sold too."""
    with records.reading() as books:
        return statement_of(books, References(books), issuer, today, number)


def statement_of(
    books: Shelves,
    references: References,
    issuer: Issuer,
    today: date,
    number: str,
    recipient: str | None = None,
    promised: Promised | None = None,
) -> Statement:
    """The statement of a lot, from open books; ``recipient`` is whose metal counts as closed loop."""
    lot = books.stock.one(number)
    if lot is None or Kind(lot.kind) not in CERTIFIABLE or lot.reversed_at is not None:
        raise NotFound("lot" if lot is None else "footprint", number)
    found = sources(books, [lot.id])
    basis = _basis(lot, promised)
    parts = _scaled(found.parts[lot.id], basis.embodied_g)
    name_ja, name_en, counter = product_names(references, lot.item, Kind(lot.kind))
    made_on = japan_day(lot.made_at)
    steps = list(found.steps.values())
    return Statement(
        format=FORMAT,
        stated_on=today,
        issuer=content.Party(None, issuer.name_ja, issuer.name_en),
        verifier=issuer.verifier,
        recipient=_party(references, "customers", recipient),
        promised=promised,
        lot=number,
        kind=lot.kind,
        product_ja=name_ja,
        product_en=name_en,
        counter_ja=counter,
        alloy=lot.alloy,
        mass_g=basis.mass_g,
        units=basis.units,
        made_on=made_on,
        made_at=_party(references, "sites", steps[-1].site_code if steps else None),
        recycled=_recycled(books, lot, recipient, promised),
        cfp=content.Footprint(cfp_text(basis.embodied_g, basis.mass_g), basis.embodied_g),
        contributions=_contributions(references, found, parts),
        measured_g=measured_g(found, parts),
        comparison=_comparison(references, lot),
        period_from=min([japan_day(step.ended_at) for step in steps], default=made_on),
        period_to=made_on,
        method_version=METHOD_VERSION,
        factors=_factors(books, references, lot, found),
    )


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a statement is about, grams: the lot as it was made, or, for a quote, what of it is there to be sent."""

    mass_g: int
    units: int | None
    embodied_g: int


def _basis(lot: LotView, promised: Promised | None) -> _Basis:
    """A transfer's loss takes grams and no CO2e: what is sent later is certified as it is then, not as it was made."""
    if promised is None:
        return _Basis(lot.mass_g, lot.units, lot.embodied_g)
    return _Basis(lot.remaining_g, lot.remaining_units, lot.remaining_embodied_g)


def _scaled(parts: Parts, embodied_g: int) -> Parts:
    whole = sum(parts.values())
    return allot(parts.items(), embodied_g, whole) if whole else {}


def _recycled(books: Shelves, lot: LotView, recipient: str | None, promised: Promised | None) -> content.Recycled:
    origins = books.lineage.origins([lot.id]).get(lot.id, [])
    if promised is not None:
        origins = [replace(each, made_g=each.remaining_g) for each in origins]
    return recycled_of(origins, recipient or "")


def _party(references: References, sheet: str, code: str | None) -> content.Party | None:
    row = references.sheet(sheet).get(code or "")
    return content.Party(code, row["name_ja"], row["name_en"]) if row else None


def _contributions(references: References, found: Sources, parts: Parts) -> tuple[Contribution, ...]:
    """Metal by its group, then steps in the order they ended, then what went round; nothing that brought nothing."""
    metal: dict[Named, int] = {}
    steps: dict[int, int] = {}
    round_g = 0
    for source, co2_g in parts.items():
        if source.what is From.STEP:
            steps[source.id] = co2_g
        elif source.what is From.ROUND:
            round_g += co2_g
        else:
            named = _metal(found.lots[source.id])
            metal[named] = metal.get(named, 0) + co2_g
    rows = [Contribution("metal", ja, en, None, None, False, co2_g) for (ja, en), co2_g in metal.items()]
    rows += [_step(references, step, steps[deed]) for deed, step in found.steps.items() if deed in steps]
    if round_g:
        rows.append(Contribution("round", *ROUND_NAMES, None, None, False, round_g))
    return tuple(rows)


def _metal(lot: LotMade) -> Named:
    name_ja, name_en = GROUP_NAMES["internal" if lot.kind == Kind.SCRAP else lot.kind]
    return (f"{name_ja}（供給者値）", f"{name_en} (supplier's figure)") if lot.document else (name_ja, name_en)


def _step(references: References, step: StepMade, co2_g: int) -> Contribution:
    site = _party(references, "sites", step.site_code)
    name_ja = str(references.sheet("step_rules")[step.kind]["name_ja"])
    return Contribution("step", name_ja, step.kind.capitalize(), step.number, site, step.measured, co2_g)


def _comparison(references: References, lot: LotView) -> str:
    """kg CO2e per kg of the same made of ore alone: 14 of a product, 12 of what is no product yet (domain.md)."""
    factors = references.factors_at(lot.made_at)
    keys = (PRIMARY, PRODUCTION) if lot.kind == Kind.PRODUCT else (PRIMARY,)
    return f"{sum((Decimal(factors[key].value) for key in keys), Decimal(0)):f}"


def _factors(books: Shelves, references: References, lot: LotView, found: Sources) -> tuple[content.Factor, ...]:
    """Every factor version the figure and the comparison rest on: of the days metal entered, too."""
    steps = list(found.steps.values())
    energy = books.transformations.energy([step.deed_id for step in steps])
    entered = [found.lots[each.id] for each in found.parts[lot.id] if each.what is From.METAL]
    compared = (PRIMARY, PRODUCTION) if lot.kind == Kind.PRODUCT else (PRIMARY,)
    rested_on: list[tuple[datetime, tuple[str, ...]]] = [(lot.made_at, compared)]
    rested_on += [(each.made_at, (PRIMARY,)) for each in entered if not each.document]
    rested_on += [(step.ended_at, step_factors(energy.get(step.deed_id))) for step in steps]
    return factors_used(references, rested_on)
