"""What the page says of a certificate that may be shown: every word and figure, ready to be set."""

from dataclasses import dataclass

from app.pages.verify import claims, evidence
from app.pages.verify.facts import Fact, Product, facts, products
from app.pages.verify.flow import Flow, flow
from app.pages.verify.shares import Share, shares
from app.pages.verify.words import said
from app.wording.catalogue import say
from certificates import figures, wording
from certificates.content import Certificate


@dataclass(frozen=True, slots=True)
class Sentences:
    """The fixed sentences of the certificates in the reader's language."""

    certifying: str | None
    claim: str
    claim_qualified: str
    caps: str
    baseline: str
    footprint: str
    footprint_apart: str
    disclaimer: str
    chain_of_custody: str
    assurance: str


@dataclass(frozen=True, slots=True)
class Content:
    """A certificate as its page shows it. ``recipient_withheld`` says why there is no name and no PDF."""

    number: str
    recipient_withheld: bool
    sentences: Sentences
    claimed: str
    claimed_digits: int
    has_post_consumer: bool
    facts: tuple[Fact, ...]
    products: tuple[Product, ...]
    figures: tuple[claims.Figure, ...]
    post_consumer_percent: str
    shares: tuple[Share, ...]
    flow: Flow
    footprint: str
    footprint_all_primary: str | None
    footprint_exact: str
    origins: tuple[evidence.Row, ...]
    steps: tuple[evidence.Row, ...]
    calculation: tuple[evidence.Row, ...]
    factors: tuple[evidence.Row, ...]
    method_version: int


def content(certificate: Certificate, locale: str) -> Content:
    """Everything the page may say of ``certificate``, which is in its public form already."""
    claimed = figures.whole_kg(certificate.avoided_co2.claimed_g)
    recycled, cfp = certificate.recycled, certificate.cfp
    return Content(
        number=certificate.number,
        recipient_withheld=certificate.recipient is None,
        sentences=_sentences(certificate, locale),
        claimed=claimed,
        claimed_digits=sum(character.isdigit() for character in claimed),
        has_post_consumer=recycled.post_consumer_g > 0,
        facts=tuple(facts(certificate, locale)),
        products=products(certificate, locale),
        figures=claims.three_figures(certificate, locale),
        post_consumer_percent=figures.tenths_of_percent(recycled.post_consumer_g, recycled.mass_g),
        shares=shares(recycled, locale),
        flow=flow(certificate, locale),
        footprint=figures.cfp_two_decimals(cfp.embodied_g, certificate.mass_g),
        footprint_all_primary=claims.all_primary(certificate),
        footprint_exact=_footprint_exact(certificate, locale),
        origins=tuple(evidence.origins(certificate, locale)),
        steps=tuple(evidence.steps(certificate, locale)),
        calculation=tuple(evidence.calculation(certificate, locale)),
        factors=tuple(evidence.factors(certificate, locale)),
        method_version=certificate.avoided_co2.method_version,
    )


def _footprint_exact(certificate: Certificate, locale: str) -> str:
    return say(
        locale,
        "CFP: {embodied} kg-CO2e embodied in {mass} kg, {quotient} kg-CO2e/kg",
        embodied=figures.exact_kg(certificate.cfp.embodied_g),
        mass=figures.exact_kg(certificate.mass_g),
        quotient=certificate.cfp.kg_co2e_per_kg,
    )


def _sentences(certificate: Certificate, locale: str) -> Sentences:
    certifying = wording.certifying(certificate)
    claim, qualified = _label_and_qualification(said(wording.CLAIM, locale))
    return Sentences(
        certifying=said(certifying, locale) if certifying else None,
        claim=claim,
        claim_qualified=qualified,
        caps=said(wording.CAPS, locale),
        baseline=said(wording.BASELINE, locale),
        footprint=said(wording.footprint(certificate.factors), locale),
        footprint_apart=said(wording.FOOTPRINT_APART, locale),
        disclaimer=said(wording.DISCLAIMER, locale),
        chain_of_custody=said(wording.CHAIN_OF_CUSTODY, locale),
        assurance=said(wording.assurance(certificate.verifier), locale),
    )


def _label_and_qualification(claim: str) -> tuple[str, str]:
    """The claim's label is set in two weights, cut where its bracket opens; together it reads as it is fixed."""
    cut = min(at for at in (claim.find("（"), claim.find(" ("), len(claim)) if at >= 0)
    return claim[:cut], claim[cut:]
