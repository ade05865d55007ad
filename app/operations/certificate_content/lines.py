"""The lines of a certificate: one delivered lot each, with its claim, its footprint and its content."""

from collections.abc import Sequence

from app.carbon import METHOD_VERSION
from app.carbon.avoided import Avoided, avoided, sum_of
from app.carbon.factors import FactorSet, japan_day
from app.carbon.footprint import cfp_text
from app.ledger.lots import Kind
from app.operations.certificate_content.gathered import Gathered, column_of
from app.operations.certificate_content.origins import group_of
from app.operations.references import References
from app.records.lineage import OriginRead
from app.records.lots import Held
from certificates import content

KIND_NAMES = {Kind.INGOT: ("インゴット", "Ingot"), Kind.BILLET: ("ビレット", "Billet")}


def lines(gathered: Gathered) -> tuple[content.Line, ...]:
    """A line for each delivered lot, in the order given. Raises Refused where no factors were in force."""
    return tuple(_line(gathered, held) for held in gathered.delivered)


def total(certified: Sequence[content.Line]) -> tuple[int, content.Recycled, content.Avoided, content.Footprint]:
    """Mass, recycled content, avoided CO2 and footprint of all lines together."""
    parts = [line.recycled for line in certified]
    recycled = content.Recycled(
        sum(part.post_consumer_g for part in parts),
        sum(part.closed_loop_g for part in parts),
        sum(part.pre_consumer_g for part in parts),
        sum(part.rest_g for part in parts),
    )
    claims = (Avoided(a.claimed_g, a.by_unit_g, a.by_mass_g) for a in (line.avoided_co2 for line in certified))
    mass_g = sum(line.mass_g for line in certified)
    embodied_g = sum(line.cfp.embodied_g for line in certified)
    footprint = content.Footprint(cfp_text(embodied_g, mass_g), embodied_g)
    return mass_g, recycled, _avoided(sum_of(claims)), footprint


def recycled_of(origins: Sequence[OriginRead], recipient: str) -> content.Recycled:
    """The four columns of a lot's content as made."""
    columns = [0, 0, 0, 0]
    for origin in origins:
        columns[column_of(origin.scrap_class, origin.customer == recipient)] += origin.made_g
    own, other, pre_consumer, rest = columns
    return content.Recycled(own + other, own, pre_consumer, rest)


def _line(gathered: Gathered, held: Held) -> content.Line:
    references = gathered.references
    origins = gathered.origins[held.id]
    recycled = recycled_of(origins, gathered.recipient)
    factors = references.factors_at(held.made_at)
    unit_factor = references.unit_factor(held.item)
    claim = avoided(recycled.post_consumer_g, held.lot.units, unit_factor, factors)
    name_ja, name_en, counter_ja = product_names(references, held.item, held.lot.kind)
    delivery = gathered.deliveries[held.id]
    mass_g, embodied_g = held.lot.metal.mass_g, held.lot.metal.embodied_g
    return content.Line(
        delivery=held.lot.number,
        lot=delivery.lot,
        delivery_note=delivery.dispatch,
        kind=held.lot.kind.value,
        item=held.item,
        product_ja=name_ja,
        product_en=name_en,
        counter_ja=counter_ja,
        alloy=held.alloy,
        mass_g=mass_g,
        units=held.lot.units,
        unit_factor=_unit_factor(gathered, held, factors),
        made_on=japan_day(held.made_at),
        recycled=recycled,
        avoided_co2=_avoided(claim),
        cfp=content.Footprint(cfp_text(embodied_g, mass_g), embodied_g),
        content=_parts(origins, gathered.recipient),
    )


def product_names(references: References, code: str | None, kind: Kind) -> tuple[str, str, str | None]:
    """What a lot is called in both languages, and how it is counted: by its item, or by its kind where it has none."""
    item = references.sheet("items").get(code or "")
    return (item["name_ja"], item["name_en"], item["counter_ja"]) if item else (*KIND_NAMES[kind], None)


def _avoided(claim: Avoided) -> content.Avoided:
    return content.Avoided(claim.claimed_g, claim.by_unit_g, claim.by_mass_g, METHOD_VERSION)


def _unit_factor(gathered: Gathered, held: Held, factors: FactorSet) -> content.UnitFactor | None:
    keys = gathered.references.unit_factor(held.item)
    if keys is None or held.lot.units is None:
        return None
    divisor = factors[keys.divisor_key].value if keys.divisor_key else "1"
    return content.UnitFactor(factors[keys.factor_key].value, divisor)


def _parts(origins: Sequence[OriginRead], recipient: str) -> tuple[content.Part, ...]:
    """Content by lot, but other customers' scrap and all pre-consumer scrap only as a sum."""
    parts: dict[tuple[str, str | None], int] = {}
    for origin in origins:
        group = group_of(origin, recipient)
        key = (group, None if group in ("other", "pre_consumer") else origin.number)
        parts[key] = parts.get(key, 0) + origin.made_g
    ordered = sorted(parts.items(), key=lambda part: content.GROUPS.index(part[0][0]))
    return tuple(content.Part(group, number, mass_g) for (group, number), mass_g in ordered)
