"""The way the metal went: a picture for the phone and one for the desk, its sentence, and its figures as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from app.pages.verify.evidence import step_name
from app.pages.verify.flow_across import PITCH, FlowAcross, TooNarrow
from app.pages.verify.flow_down import FlowDown
from app.pages.verify.flow_labels import conclusion, counter_of, labels
from app.pages.verify.shares import column_labels
from app.pages.verify.words import counted
from app.wording.catalogue import say
from certificates.content import Certificate, Recycled, Stage
from certificates.figures import short_kg
from certificates.flow import picture

Orientation = Literal["down", "across"]


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the table: a step by name and numbers, and its figures, each with its label."""

    head: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """``across`` is None where its labels would not fit: ``down`` then serves the desk too."""

    down: Markup
    across: Markup | None
    conclusion: str
    table: tuple[Group, ...]


def flow(certificate: Certificate, locale: str) -> Flow:
    """Everything the page shows of the way."""
    try:
        across = flow_svg(certificate, locale, "across")
    except TooNarrow:
        across = None
    down = flow_svg(certificate, locale, "down")
    return Flow(down, across, conclusion(certificate, locale), tuple(_table(certificate, locale)))


def flow_svg(certificate: Certificate, locale: str, orientation: Orientation) -> Markup:
    """The picture as inline SVG. Raises TooNarrow for "across" where the labels do not fit."""
    if orientation == "down":
        drawn = picture(certificate.way, 0.0)
        return FlowDown(drawn, labels(certificate, drawn, locale)).svg("flow-down")
    spread = picture(certificate.way, PITCH)
    return FlowAcross(spread, labels(certificate, spread, locale)).svg("flow-across")


def _table(certificate: Certificate, locale: str) -> Iterator[Group]:
    for stage in certificate.way.stages:
        yield Group(
            f"{step_name(stage.kind, locale)} {say(locale, ', ').join(stage.numbers)}", tuple(_stage(stage, locale))
        )
    delivered = [(say(locale, "Metal delivered"), f"{short_kg(certificate.way.delivered.mass_g)} kg")]
    counter = counter_of(certificate)
    if certificate.way.delivered_units and counter:
        units = counted(locale, certificate.way.delivered_units, counter)
        delivered.append((say(locale, "Number of units"), units))
    yield Group(say(locale, "This certificate"), (*delivered, *_columns(certificate.way.delivered, locale)))


def _stage(stage: Stage, locale: str) -> Iterator[tuple[str, str]]:
    for label, mass in _columns(stage.entered, locale):
        yield say(locale, "added: {what}", what=label), mass
    yield say(locale, "Metal in"), f"{short_kg(stage.input_g)} kg"
    yield say(locale, "Loss"), f"{short_kg(stage.loss_g)} kg"
    yield say(locale, "In-house returns"), f"{short_kg(stage.returns_g)} kg"
    yield say(locale, "Metal made"), f"{short_kg(stage.made.mass_g)} kg"
    yield say(locale, "of it on towards this certificate"), f"{short_kg(stage.passed.mass_g)} kg"


def _columns(metal: Recycled, locale: str) -> Iterator[tuple[str, str]]:
    for label, mass in zip(column_labels(locale), metal.columns_g, strict=True):
        if mass:
            yield label, f"{short_kg(mass)} kg"
