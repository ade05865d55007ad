"""The JSON schema of the extension that carries recycled content and avoided CO2, and its documentation, as served."""

from typing import Any

from app.operations.footprints.extension import SCHEMA_PATH
from certificates import wording

KILOGRAMS = {"type": "string", "pattern": r"^\d+(\.\d{1,3})?$"}


def _object(properties: dict[str, Any], description: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _said(type_: dict[str, Any], description: str) -> dict[str, Any]:
    return type_ | {"description": description}


RECYCLED = _object(
    {
        "postConsumerKg": _said(KILOGRAMS, "Metal of used products"),
        "closedLoopKg": _said(KILOGRAMS, "Of it, metal that the recipient itself returned"),
        "preConsumerKg": _said(KILOGRAMS, "Metal of production scrap from outside"),
        "restKg": _said(KILOGRAMS, "Primary metal, alloying metal and all other"),
    },
    "Where the metal of the delivered lot came from; post-consumer, pre-consumer and the rest are its mass",
)
AVOIDED = _object(
    {
        "claimedKg": _said(KILOGRAMS, wording.CLAIM.en),
        "byUnitKg": {"anyOf": [KILOGRAMS, {"type": "null"}], "description": "Cap by the published figure per unit"},
        "byMassKg": _said(KILOGRAMS, "Cap by the post-consumer metal"),
        "methodVersion": {"type": "integer", "minimum": 1},
        "baseline": {"type": "string"},
        "statement": {"type": "string"},
    },
    "The calculated difference from an all-primary product, kg CO2e of the whole lot. In no figure of the footprint",
)
DATA = {
    "certificate": _said({"type": "string"}, "Number of the green-material certificate"),
    "verifyUrl": _said({"type": "string", "format": "uri"}, "Where the certificate's present state is shown"),
    "deliveredLot": {"type": ["string", "null"]},
    "deliveryNote": {"type": ["string", "null"]},
    "massKg": _said(KILOGRAMS, "Mass of the delivered lot"),
    "units": {"type": ["integer", "null"], "minimum": 1},
    "recycledContent": RECYCLED,
    "avoidedCo2": AVOIDED,
}


def data_schema(public_url: str) -> dict[str, Any]:
    """JSON Schema of the extension's ``data``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": public_url + SCHEMA_PATH,
        "title": "Recycled aluminium: content and avoided CO2 of a delivered lot",
        **_object(DATA, "Beside a ProductFootprint of PACT 3.0. Masses and CO2e are kilograms as strings"),
    }


DOCUMENTATION = "\n\n".join(
    [
        "Recycled aluminium 1.0.0: an extension of ProductFootprint (PACT 3.0).",
        "It tells of one delivered lot where its metal came from and which CO2 was avoided, as the certificate states "
        "it. No figure of it is part of the carbon footprint, and none may be netted with it.",
        f"{wording.CAPS.en}\n{wording.CAPS.ja}",
        f"{wording.BASELINE.en}\n{wording.BASELINE.ja}",
        f"{wording.DISCLAIMER.en}\n{wording.DISCLAIMER.ja}",
    ]
)
