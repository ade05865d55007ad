"""The frozen content of a certificate, from what was gathered and how it is issued."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from app.carbon.energy import Energy
from app.carbon.factors import PRIMARY, PRODUCTION, RECYCLING_SHARE, Factor
from app.carbon.footprint import enters_as_primary
from app.ledger.lots import Kind
from app.operations.certificate_content.gathered import Gathered
from app.operations.certificate_content.lines import lines, total
from app.operations.certificate_content.origins import origin_rows
from app.operations.certificate_content.way import made_at, steps, way
from app.operations.references import References
from app.records.lots import Held
from certificates import content


@dataclass(frozen=True, slots=True)
class Issuing:
    """How a certificate is issued: its numbers, dates and parties."""

    number: str
    check: str
    verify_url: str
    issued_on: date
    valid_until: date
    issuer: content.Party
    verifier: str | None
    quote: str | None
    replaces: str | None


def compose(issuing: Issuing, gathered: Gathered) -> content.Certificate:
    """Put a certificate's content together. Raises Refused where no factors were in force."""
    certified = lines(gathered)
    mass_g, recycled, avoided_co2, footprint = total(certified)
    recipient = gathered.references.sheet("customers")[gathered.recipient]
    return content.Certificate(
        format=content.FORMAT,
        number=issuing.number,
        check=issuing.check,
        verify_url=issuing.verify_url,
        issued_on=issuing.issued_on,
        valid_until=issuing.valid_until,
        issuer=issuing.issuer,
        verifier=issuing.verifier,
        recipient=content.Party(gathered.recipient, recipient["name_ja"], recipient["name_en"]),
        sites=made_at(gathered),
        delivery_notes=tuple(dict.fromkeys(line.delivery_note for line in certified if line.delivery_note)),
        quote=issuing.quote,
        replaces=issuing.replaces,
        mass_g=mass_g,
        recycled=recycled,
        avoided_co2=avoided_co2,
        cfp=footprint,
        lines=certified,
        origins=origin_rows(gathered),
        steps=steps(gathered),
        way=way(gathered, recycled),
        factors=factors(gathered),
    )


def factors(gathered: Gathered) -> tuple[content.Factor, ...]:
    """Every factor version the figures rest on: of the days lots were made, steps ended and other metal entered."""
    rested_on = [(held.made_at, _claim_factors(gathered, held)) for held in gathered.delivered]
    rested_on += [(step.ended_at, step_factors(gathered.energy.get(step.deed_id))) for step in gathered.steps]
    for origin in chain.from_iterable(gathered.origins.values()):
        if origin.document is None and enters_as_primary(Kind(origin.kind), origin.scrap_class):
            rested_on.append((origin.entered_at, (PRIMARY,)))
    return factors_used(gathered.references, rested_on)


def _claim_factors(gathered: Gathered, held: Held) -> tuple[str, ...]:
    unit_factor = gathered.references.unit_factor(held.item)
    keys = (unit_factor.factor_key, unit_factor.divisor_key) if unit_factor else ()
    return (*filter(None, keys), PRIMARY, RECYCLING_SHARE)


def factors_used(
    references: References, rested_on: Iterable[tuple[datetime, Sequence[str]]]
) -> tuple[content.Factor, ...]:
    """The factor versions of these keys on these days, each once. Raises Refused where one was not in force."""
    used: dict[tuple[str, int], Factor] = {}
    for moment, keys in rested_on:
        in_force = references.factors_at(moment)
        used |= {(key, in_force[key].version): in_force[key] for key in keys}
    return tuple(factor_out(factor) for factor in used.values())


def step_factors(energy: Energy | None) -> tuple[str, ...]:
    """The keys of the factors that a step's emissions rest on: those of its meters, or of the works' averages."""
    return (PRIMARY, RECYCLING_SHARE, PRODUCTION) if energy is None else energy.keys


def factor_out(factor: Factor) -> content.Factor:
    """A factor as a document carries it: as it stood."""
    return content.Factor(
        factor.key, factor.value, factor.unit, factor.version, factor.valid_from, factor.source, factor.note
    )
