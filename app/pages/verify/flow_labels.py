"""What stands beside the picture of the way: the same words whether it runs downwards or to the right."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.pages.verify.evidence import step_name
from app.pages.verify.shares import NAMES
from app.pages.verify.words import counted
from app.wording.catalogue import say
from certificates.content import Certificate
from certificates.figures import short_kg
from certificates.flow import Picture, Station
from certificates.last_steps import Parts, parts_of

NBSP = "\u00a0"  # a figure is never broken from its unit


@dataclass(frozen=True, slots=True)
class Label:
    """A bold line, lines in ink, lines in second ink; ``swatch`` names the column whose colour stands before it."""

    head: str
    main: tuple[str, ...]
    notes: tuple[str, ...] = ()
    swatch: str | None = None

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Every line with its style: "b" bold, "m" main, "n" note."""
        return (("b", self.head), *(("m", line) for line in self.main), *(("n", line) for line in self.notes))


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a picture: input stacks, stations and what was delivered.

    ``rests`` are the branches by station: what stands in a branch that has room, and what stands beside it else.
    """

    inlets: tuple[Label, ...]
    stations: tuple[Label, ...]
    numbers: tuple[str, ...]
    rests: tuple[tuple[str, str] | None, ...]
    delivered: Label
    title: str


def kilograms(grams: int) -> str:
    """An exact mass that is not broken before its unit."""
    return f"{short_kg(grams)}{NBSP}kg"


def labels(certificate: Certificate, picture: Picture, locale: str) -> Labels:
    """All labels in a language."""
    counter = counter_of(certificate)
    names = _short_columns(locale)
    inlets = (
        Label(names[inlet.column or 0], (kilograms(inlet.mass_g),), (), NAMES[inlet.column or 0])
        for inlet in picture.first_inlets
    )
    units = (counted(locale, picture.delivered_units, counter),) if picture.delivered_units and counter else ()
    return Labels(
        tuple(inlets),
        tuple(
            Label(step_name(station.kind, locale), (kilograms(station.made_g),), tuple(_notes(station, locale)))
            for station in picture.stations
        ),
        tuple(_numbers(station, locale) for station in picture.stations),
        tuple(_rest(picture, station, counter, locale) for station in picture.stations),
        Label(say(locale, "This certificate"), (kilograms(picture.delivered_g),), units),
        conclusion(certificate, locale),
    )


def _short_columns(locale: str) -> tuple[str, str, str, str]:
    """The columns as they fit beside a picture; the legend under it has them in full, in the same colours."""
    return (
        say(locale, "Recipient's own"),
        say(locale, "Other companies'"),
        say(locale, "Pre-consumer"),
        say(locale, "Primary, other"),
    )


def counter_of(certificate: Certificate) -> str | None:
    """The counter all counted lines share; None where bodies and cars stand together."""
    counters = {line.counter_ja for line in certificate.lines if line.units is not None}
    return counters.pop() if len(counters) == 1 else None


def conclusion(certificate: Certificate, locale: str) -> str:
    """The picture in one sentence."""
    way = certificate.way
    delivered = short_kg(way.delivered.mass_g)
    if not way.stages:
        return say(locale, "{delivered} kg of bought metal was delivered as it came.", delivered=delivered)
    entered = sum(stage.entered.mass_g for stage in way.stages)
    parts = parts_of(way)
    if parts:
        return say(
            locale,
            "{entered} kg of metal went into these steps. By the last step each went through, the {delivered} kg on "
            "this certificate are: {parts}.",
            entered=short_kg(entered),
            delivered=delivered,
            parts=say(locale, ", ").join(_by_last_step(certificate, parts, locale)),
        )
    return say(
        locale,
        "{entered} kg of metal went into these steps, the last of them made {made} kg, "
        "and {delivered} kg of that is on this certificate.",
        entered=short_kg(entered),
        made=short_kg(way.stages[-1].made.mass_g),
        delivered=delivered,
    )


def _by_last_step(certificate: Certificate, parts: Parts, locale: str) -> Iterator[str]:
    """Fabricate 1,520 kg, then what left by earlier steps, then what went through none."""
    stages = certificate.way.stages
    left_g = {len(stages) - 1: parts.last_g} | (parts.earlier_g or {})
    for index in sorted(left_g, reverse=True):
        if left_g[index]:
            yield f"{step_name(stages[index].kind, locale)} {kilograms(left_g[index])}"
    if parts.beside_g and parts.earlier_g is None:
        yield say(locale, "an earlier step, or none: {mass}", mass=kilograms(parts.beside_g))
    elif parts.beside_g:
        yield say(locale, "bought metal as it came: {mass}", mass=kilograms(parts.beside_g))


def _numbers(station: Station, locale: str) -> str:
    first, *others = station.numbers or ("",)
    return say(locale, "{number} and {count} more", number=first, count=len(others)) if others else first


def _notes(station: Station, locale: str) -> Iterator[str]:
    if station.entered_g and station.along > 1:
        yield say(locale, "added {mass}", mass=kilograms(station.entered_g))
    if station.returns_g:
        yield say(locale, "returns {mass}", mass=kilograms(station.returns_g))
    if station.loss_g:
        yield say(locale, "loss {mass}", mass=kilograms(station.loss_g))


def _rest(picture: Picture, station: Station, counter: str | None, locale: str) -> tuple[str, str] | None:
    """The branch of a station: the other units where they can be counted, else kilograms that went elsewhere."""
    if not station.rest_g:
        return None
    units = (station.made_units or 0) - (picture.delivered_units or 0)
    if station is picture.stations[-1] and picture.delivered_units and counter and units > 0:
        count = counted(locale, units, counter) if locale == "ja" else f"{units:,}"
        words = say(locale, "the other {units}", units=count)
        beside = say(locale, "the other {units}: {mass}", units=count, mass=kilograms(station.rest_g))
        return words, beside
    words = say(locale, "elsewhere {mass}", mass=kilograms(station.rest_g))
    return words, words
