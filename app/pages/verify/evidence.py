"""The evidence below the figures: origins, steps, the calculation to the gram, and the factors with their sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.pages.verify.dates import day
from app.pages.verify.facts import product_name
from app.pages.verify.words import counted, named, said
from app.wording.catalogue import say
from certificates import figures, wording
from certificates.content import Certificate, Factor, Line, MadeLot, Origin, Step

_DOT = "\u00a0· "  # a line may end with the dot, never begin with it


@dataclass(frozen=True, slots=True)
class Row:
    """A row of two figures: each cell a text and what stands below it in smaller type."""

    head: str
    head_notes: tuple[str, ...]
    middle: str
    middle_notes: tuple[str, ...]
    last: str
    last_notes: tuple[str, ...] = ()


def origins(certificate: Certificate, locale: str) -> Iterator[Row]:
    """Where the metal came from: the recipient's own lots by number where they may be read, others as a sum."""
    shares = figures.origin_shares(certificate.recycled, certificate.origins)
    for origin, share in zip(certificate.origins, shares, strict=True):
        received = say(locale, "received {mass} kg", mass=figures.short_kg(origin.received_g))
        yield Row(
            origin.lot or _group(origin, locale),
            tuple(_origin_notes(origin, locale)),
            f"{figures.short_kg(origin.in_product_g)} kg",
            (received,),
            f"{share} %",
        )


def _group(origin: Origin, locale: str) -> str:
    """The recipient is a third person on this page, so the certificate's "your" will not do."""
    text = wording.GROUPS.get(origin.group)
    theirs = {"own": say(locale, "Recipient's own scrap"), "other": say(locale, "Other companies' scrap")}
    return theirs.get(origin.group) or (said(text, locale) if text else origin.group)


def _origin_notes(origin: Origin, locale: str) -> Iterator[str]:
    counts = [counted(locale, origin.units, origin.counter_ja)] if origin.units else []
    if origin.lots > 1:
        counts.append(say(locale, "{count} lots", count=origin.lots))
    marks = [mark for mark in (origin.vehicle, origin.slip) if mark]
    groups = [_group(origin, locale)] if origin.lot else []
    if groups or counts or marks:
        yield _DOT.join((*groups, *counts, *marks))
    if origin.supplier:
        supplier = origin.supplier
        yield say(
            locale,
            "Supplier's footprint {value} kg-CO2e/kg: {document}, {issuer}, valid until {date}",
            value=supplier.kg_per_kg, document=supplier.document, issuer=supplier.issuer,
            date=day(locale, supplier.valid_until),
        )  # fmt: skip


def steps(certificate: Certificate, locale: str) -> Iterator[Row]:
    """What was done to it, each step whole, whatever part of it is on this certificate."""
    for step in certificate.steps:
        yield Row(
            f"{step_name(step.kind, locale)} {step.number}",
            (f"{named(step.site, locale)}{_DOT}{day(locale, step.ended_on)}", *_made(step, locale)),
            f"{figures.short_kg(step.input_g)} kg",
            (f"→ {figures.short_kg(step.output_g)} kg", *_lost(step, locale)),
            f"{_percent(step.yield_ratio)} %",
        )


def step_name(kind: str, locale: str) -> str:
    """溶解, or Remelt."""
    text = wording.STEPS.get(kind)
    return said(text, locale) if text else kind


def _lost(step: Step, locale: str) -> Iterator[str]:
    if step.returns_g:
        yield say(locale, "of it returns {mass} kg", mass=figures.short_kg(step.returns_g))
    if step.loss_g:
        yield say(locale, "loss {mass} kg", mass=figures.short_kg(step.loss_g))


def _made(step: Step, locale: str) -> Iterator[str]:
    return (_made_lot(lot, locale) for lot in step.made if lot.number)


def _made_lot(lot: MadeLot, locale: str) -> str:
    text = wording.KINDS.get(lot.kind)
    return f"→ {said(text, locale) if text else lot.kind} {lot.number} {figures.short_kg(lot.mass_g)} kg"


def _percent(ratio: str) -> str:
    """ "0.9750" -> "97.50": four decimals are two of percent, moved without arithmetic."""
    whole, _, decimals = ratio.partition(".")
    digits = f"{whole}{decimals.ljust(4, '0')}"
    return f"{int(digits[:-2])}.{digits[-2:]}"


def calculation(certificate: Certificate, locale: str) -> Iterator[Row]:
    """The claim line by line, to the gram."""
    for line in certificate.lines:
        avoided = line.avoided_co2
        cap = (
            said(wording.NO_FACTOR, locale)
            if avoided.by_unit_g is None
            else f"{figures.exact_kg(avoided.by_unit_g)} kg"
        )
        yield Row(
            product_name(line, locale),
            tuple(_line_notes(line, locale)),
            say(locale, "1: {mass}", mass=cap),
            (say(locale, "2: {mass}", mass=f"{figures.exact_kg(avoided.by_mass_g)} kg"),),
            f"{figures.exact_kg(avoided.claimed_g)} kg",
        )


def _line_notes(line: Line, locale: str) -> Iterator[str]:
    marks = [mark for mark in (line.delivery_note, line.delivery, line.lot) if mark]
    if marks:
        yield _DOT.join(dict.fromkeys(marks))
    yield say(locale, "{mass} kg ({alloy})", mass=figures.short_kg(line.mass_g), alloy=line.alloy)
    yield say(locale, "post-consumer {mass} kg", mass=figures.short_kg(line.recycled.post_consumer_g))


def factors(certificate: Certificate, locale: str) -> Iterator[Row]:
    """The factors used, as published, with version, first day and source."""
    return (_factor(factor, locale) for factor in certificate.factors)


def _factor(factor: Factor, locale: str) -> Row:
    text = wording.FACTORS.get(factor.key)
    since = say(locale, "from {date}", date=day(locale, factor.valid_from))
    return Row(
        said(text, locale) if text else factor.key,
        tuple(said(wording.of_factor(part), locale) for part in (factor.source, factor.note) if part),
        f"{Decimal(factor.value):,f}",
        (factor.unit,) if factor.unit != "1" else (),
        say(locale, "version {version}", version=factor.version),
        (since,),
    )
