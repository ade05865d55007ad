"""The facts of a certificate that its reader compares with the paper in hand."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.pages.verify.dates import day
from app.pages.verify.words import counted, either, named, said
from app.wording.catalogue import say
from certificates import figures, wording
from certificates.content import Certificate, Line


@dataclass(frozen=True, slots=True)
class Fact:
    """A label, what stands beside it, and what stands in smaller type below; ``name`` is for the style alone."""

    name: str
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A line of a certificate of several."""

    name: str
    note: str
    mass_kg: str
    claimed_kg: str


def facts(certificate: Certificate, locale: str) -> Iterator[Fact]:
    """In the order of the page: what, from what, for whom, which number, from when until when, then the papers."""
    yield _product(certificate, locale)
    yield Fact("made-from", say(locale, "Made from"), *_made_from(certificate, locale))
    if certificate.recipient:
        yield Fact("recipient", say(locale, "Issued to"), named(certificate.recipient, locale))
    check = say(locale, "Check characters {check}", check=figures.grouped_check(certificate.check))
    yield Fact("number", say(locale, "Number"), certificate.number, check)
    yield Fact("issued", say(locale, "Issued on"), day(locale, certificate.issued_on))
    yield Fact("until", say(locale, "Valid until"), day(locale, certificate.valid_until))
    yield from _papers(certificate, locale)
    yield Fact("title", say(locale, "Kind of document"), said(wording.title(certificate), locale))


def _papers(certificate: Certificate, locale: str) -> Iterator[Fact]:
    comma = say(locale, ", ")
    if certificate.delivery_notes:
        yield Fact("note", say(locale, "Delivery note"), comma.join(certificate.delivery_notes))
    if certificate.quote:
        yield Fact("quote", say(locale, "Quote"), certificate.quote)
    if certificate.replaces:
        yield Fact("replaces", say(locale, "Replaces"), certificate.replaces)
    yield Fact("issuer", say(locale, "Issued by"), named(certificate.issuer, locale))
    if certificate.sites:
        yield Fact("sites", say(locale, "Made at"), comma.join(named(site, locale) for site in certificate.sites))


def _product(certificate: Certificate, locale: str) -> Fact:
    label = say(locale, "Product")
    mass = figures.short_kg(certificate.mass_g)
    if len(certificate.lines) == 1:
        line = certificate.lines[0]
        note = say(locale, "{mass} kg ({alloy})", mass=mass, alloy=line.alloy)
        return Fact("product", label, product_name(line, locale), note)
    value = say(locale, "{count} products, listed below", count=len(certificate.lines))
    return Fact("product", label, value, f"{mass} kg")


def product_name(line: Line, locale: str) -> str:
    """トラックボデー 1台, or Truck body, 1 unit; only the name where nothing is counted."""
    name = either(locale, line.product_ja, line.product_en)
    if line.units is None:
        return name
    return f"{name}{' ' if locale == 'ja' else ', '}{counted(locale, line.units, line.counter_ja)}"


def _made_from(certificate: Certificate, locale: str) -> tuple[str, str]:
    """The post-consumer share is the headline and says so; how much of it came back from the recipient stands below."""
    recycled = certificate.recycled
    share = figures.tenths_of_percent(recycled.post_consumer_g, recycled.mass_g)
    own = figures.shares(recycled)[0]
    if recycled.post_consumer_g and recycled.closed_loop_g == recycled.mass_g:
        return say(locale, "{share} % aluminium that the recipient has used and returned", share=share), ""
    note = say(locale, "of it {share} % the recipient's own scrap", share=own) if recycled.closed_loop_g else ""
    return say(locale, "{share} % post-consumer aluminium", share=share), note


def products(certificate: Certificate, locale: str) -> tuple[Product, ...]:
    """The lines as a table; none where the one line already is a fact."""
    if len(certificate.lines) == 1:
        return ()
    return tuple(
        Product(
            product_name(line, locale),
            line.alloy,
            figures.short_kg(line.mass_g),
            figures.whole_kg(line.avoided_co2.claimed_g),
        )
        for line in certificate.lines
    )
