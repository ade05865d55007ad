"""The frozen content of a certificate, from what was gathered and how it is issued."""

from dataclasses import dataclass
from datetime import date

from app.carbon.energy import Energy
from app.carbon.factors import PRIMARY, PRODUCTION, RECYCLING_SHARE, Factor
from app.operations.certificate_content.gathered import Gathered
from app.operations.certificate_content.lines import lines, total
from app.operations.certificate_content.origins import origin_rows
from app.operations.certificate_content.way import made_at, steps, way
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
    """Every factor version the figures rest on: of the days the lots were made, and of the steps on the way."""
    used: dict[tuple[str, int], Factor] = {}
    for held in gathered.delivered:
        unit_factor = gathered.references.unit_factor(held.item)
        keys = [unit_factor.factor_key, unit_factor.divisor_key] if unit_factor else []
        in_force = gathered.references.factors_at(held.made_at)
        for key in [*filter(None, keys), PRIMARY, RECYCLING_SHARE]:
            used[key, in_force[key].version] = in_force[key]
    for step in gathered.steps:
        in_force = gathered.references.factors_at(step.ended_at)
        for key in step_factors(gathered.energy.get(step.deed_id)):
            used[key, in_force[key].version] = in_force[key]
    return tuple(factor_out(factor) for factor in used.values())


def step_factors(energy: Energy | None) -> tuple[str, ...]:
    """The keys of the factors that a step's emissions rest on: those of its meters, or of the works' averages."""
    return (PRIMARY, RECYCLING_SHARE, PRODUCTION) if energy is None else energy.keys


def factor_out(factor: Factor) -> content.Factor:
    """A factor as a document carries it: as it stood."""
    return content.Factor(
        factor.key, factor.value, factor.unit, factor.version, factor.valid_from, factor.source, factor.note
    )
