"""What the metal is and what it saved, beside a footprint and never in it: a data model extension of our own.

Its JSON schema is served under ``PATH`` of the service (``schemas.exchange.extension``), as the specification asks of
an extension's ``dataSchema``.
"""

from typing import Any

from app.operations.footprints.identifiers import public_url_of
from certificates import content, wording
from certificates.figures import kg_text

EXTENSION_SPEC_VERSION = "2.0.0"  # of "Data Model Extensions"; the version of ours stands in its address
PATH = "/exchange/recycled-aluminium/1.0.0"
SCHEMA_PATH = f"{PATH}/data-model.json"
DOCUMENTATION_PATH = f"{PATH}/documentation"


def extension(certificate: content.Certificate, line: content.Line) -> dict[str, Any]:
    """Recycled content and avoided CO2 of a delivered lot, as its certificate states them; kilograms as strings."""
    address = public_url_of(certificate)
    return {
        "specVersion": EXTENSION_SPEC_VERSION,
        "dataSchema": address + SCHEMA_PATH,
        "documentation": address + DOCUMENTATION_PATH,
        "data": {
            "certificate": certificate.number,
            "verifyUrl": certificate.verify_url,
            "deliveredLot": line.delivery,
            "deliveryNote": line.delivery_note,
            "massKg": kg_text(line.mass_g),
            "units": line.units,
            "recycledContent": _recycled(line.recycled),
            "avoidedCo2": _avoided(line.avoided_co2),
        },
    }


def _recycled(recycled: content.Recycled) -> dict[str, str]:
    """``closedLoopKg``, the recipient's own returned metal, is part of ``postConsumerKg``."""
    return {
        "postConsumerKg": kg_text(recycled.post_consumer_g),
        "closedLoopKg": kg_text(recycled.closed_loop_g),
        "preConsumerKg": kg_text(recycled.pre_consumer_g),
        "restKg": kg_text(recycled.rest_g),
    }


def _avoided(avoided: content.Avoided) -> dict[str, Any]:
    return {
        "claimedKg": kg_text(avoided.claimed_g),
        "byUnitKg": None if avoided.by_unit_g is None else kg_text(avoided.by_unit_g),
        "byMassKg": kg_text(avoided.by_mass_g),
        "methodVersion": avoided.method_version,
        "baseline": f"{wording.BASELINE.en} {wording.BASELINE.ja}",
        "statement": f"{wording.DISCLAIMER.en} {wording.DISCLAIMER.ja}",
    }
