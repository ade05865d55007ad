"""A ProductFootprint of PACT 3.0 for one line of a certificate: decimals are strings, periods are UTC."""

from datetime import datetime
from typing import Any

from app.carbon.energy import MEASURED
from app.carbon.factors import PRIMARY, PRODUCTION, RECYCLING_SHARE
from app.ledger.lots import Kind
from app.ledger.transformations import StepKind
from app.operations.footprints import statements
from app.operations.footprints.extension import extension
from app.operations.footprints.identifiers import classification, company_id, domain_of, product_id
from app.operations.footprints.periods import reference_period, validity_period, written
from certificates import content
from certificates.figures import kg_text

SPEC_VERSION = "3.0.0"
COUNTRY = "JP"
NOTHING_MEASURED = "0"  # where every emission comes from a published factor
BOUGHT = ("primary", "alloying", "internal", "ingot", "billet")


def product_footprint(
    certificate: content.Certificate,
    line: content.Line,
    uuid: str,
    created: datetime,
    preceding: tuple[str, ...] = (),
    primary_data_share: str = NOTHING_MEASURED,
) -> dict[str, Any]:
    """The footprint of a delivered lot, without its status. ``primary_data_share`` is per cent, a decimal text.

    This argument is the one way for measured energy into a footprint (PACT Methodology 4.2.2).
    """
    domain, validity = domain_of(certificate), validity_period(certificate, line)
    footprint = {
        "id": uuid,
        "specVersion": SPEC_VERSION,
        "created": written(created),
        "validityPeriodStart": written(validity.start),
        "validityPeriodEnd": written(validity.end),
        "companyName": f"{certificate.issuer.name_en} {certificate.issuer.name_ja}",
        "companyIds": [company_id(domain)],
        "productDescription": _described(certificate, line),
        "productIds": [product_id(domain, line)],
        "productClassifications": [classification(domain, line)],
        "productNameCompany": f"{line.product_en} {line.product_ja} {line.alloy}",
        "comment": statements.comment(certificate.verifier),
        "pcf": _carbon_footprint(certificate, line, primary_data_share),
        "extensions": [extension(certificate, line)],
    }
    return footprint | ({"precedingPfIds": list(preceding)} if preceding else {})


def _described(certificate: content.Certificate, line: content.Line) -> str:
    units = f", units: {line.units}" if line.units is not None else ""
    return (
        f"{line.product_en} ({line.product_ja}) of aluminium alloy {line.alloy}: delivered lot {line.delivery}, "
        f"{kg_text(line.mass_g)} kg{units}, as certified in {certificate.number}. Without packaging."
    )


def _carbon_footprint(certificate: content.Certificate, line: content.Line, primary_data_share: str) -> dict[str, Any]:
    """Per kilogram (CFP, cradle to gate, cut-off: domain.md). The metal holds no carbon and nothing biogenic."""
    kg_per_kg, reference = line.cfp.kg_co2e_per_kg, reference_period(certificate, line)
    sources = secondary_sources(certificate, line)
    return {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "1",
        "productMassPerDeclaredUnit": "1",
        "referencePeriodStart": written(reference.start),
        "referencePeriodEnd": written(reference.end),
        "geographyCountry": COUNTRY,
        "boundaryProcessesDescription": statements.boundary(certificate),
        "pcfExcludingBiogenicUptake": kg_per_kg,
        "pcfIncludingBiogenicUptake": kg_per_kg,
        "fossilGhgEmissions": kg_per_kg,
        "fossilCarbonContent": "0",
        "biogenicCarbonContent": "0",
        "packagingEmissionsIncluded": False,
        "ccsTechnologicalCO2CaptureIncluded": False,
        "ipccCharacterizationFactors": [statements.CHARACTERIZATION],
        "crossSectoralStandards": [statements.STANDARD],
        "exemptedEmissionsPercent": "0",
        "exemptedEmissionsDescription": statements.EXEMPTED,
        "allocationRulesDescription": statements.ALLOCATION,
        "primaryDataShare": primary_data_share,
        **({"secondaryEmissionFactorSources": sources} if sources else {}),
    }


def secondary_sources(certificate: content.Certificate, line: content.Line) -> list[dict[str, str]]:
    """The published factors this footprint rests on; a bought metal's own figure is not one of them.

    MUST be left out where no secondary data was used (PACT 3.0, secondaryEmissionFactorSources).
    """
    keys = _factors_used(certificate, line)
    used = {(factor.source, f"{factor.version} ({factor.key})") for factor in certificate.factors if factor.key in keys}
    return [{"name": name, "version": version} for name, version in sorted(used)]


def _factors_used(certificate: content.Certificate, line: content.Line) -> set[str]:
    own_figure = {origin.lot for origin in certificate.origins if origin.supplier is not None}
    keys: set[str] = set()
    if line.kind == Kind.PRODUCT:
        keys.add(PRODUCTION)
    if any(step.kind == StepKind.REMELT for step in certificate.steps):
        keys |= {PRIMARY, RECYCLING_SHARE}
    if any(part.group in BOUGHT and part.origin not in own_figure for part in line.content):
        keys.add(PRIMARY)
    return keys | set(MEASURED)
