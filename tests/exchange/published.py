"""The schemas of PACT 3.0 as JSON Schema, written down anew from the published ones for these tests.

Source: WBCSD, "PACT API Specification", OpenAPI 3.1 document of Technical Specifications 3.0.0 (2025), schemas
ProductFootprint, CarbonFootprint, DataModelExtension, the events and Error; and what its text adds: which geography
excludes which, and what MUST be undefined when. Its patterns are anchored here, where some are not there.
"""

from typing import Any

import jsonschema_rs

Schema = dict[str, Any]
TEXT: Schema = {"type": "string", "minLength": 1}
URN: Schema = {"type": "string", "pattern": "^[uU][rR][nN]:[A-Za-z0-9][A-Za-z0-9-]{0,31}:.+$"}
UUID: Schema = {"type": "string", "format": "uuid"}
TIME: Schema = {"type": "string", "format": "date-time"}
URI: Schema = {"type": "string", "format": "uri"}
DECIMAL: Schema = {"type": "string", "pattern": r"^[+-]?\d+(\.\d+)?$"}
ABOVE_ZERO: Schema = {"type": "string", "pattern": r"^\+?(\d*[1-9]\d*(\.\d+)?|0+\.\d*[1-9]\d*)$"}
NOT_BELOW_ZERO: Schema = {"type": "string", "pattern": r"^\+?\d+(\.\d+)?$"}
NOT_ABOVE_ZERO: Schema = {"type": "string", "pattern": r"^(-\d+(\.\d+)?|0+(\.0+)?)$"}
UNITS = (
    "liter", "kilogram", "cubic meter", "kilowatt hour", "megajoule", "ton kilometer", "square meter", "piece", "hour",
    "megabit second",
)  # fmt: skip
STANDARDS = ("ISO14067", "ISO14083", "ISO14040-44", "GHGP-Product", "PEF", "PACT-1.0", "PACT-2.0", "PACT-3.0")
REGIONS = (
    "Africa", "Americas", "Asia", "Europe", "Oceania", "Australia and New Zealand", "Central Asia", "Eastern Asia",
    "Eastern Europe", "Latin America and the Caribbean", "Melanesia", "Micronesia", "Northern Africa",
    "Northern America", "Northern Europe", "Polynesia", "South-eastern Asia", "Southern Asia", "Southern Europe",
    "Sub-Saharan Africa", "Western Asia", "Western Europe",
)  # fmt: skip
EMISSIONS = (
    "fossilCarbonContent", "biogenicCarbonContent", "recycledCarbonContent", "fossilGhgEmissions",
    "landUseChangeGhgEmissions", "landCarbonLeakage", "landManagementFossilGhgEmissions",
    "landManagementBiogenicCO2Emissions", "biogenicNonCO2Emissions", "landAreaOccupation", "aircraftGhgEmissions",
    "packagingGhgEmissions", "packagingBiogenicCarbonContent", "outboundLogisticsGhgEmissions",
    "technologicalCO2Removals", "ccuCarbonContent",
)  # fmt: skip
REMOVALS = ("landManagementBiogenicCO2Removals", "biogenicCO2Uptake", "ccsTechnologicalCO2Capture")
GEOGRAPHY = ("geographyRegionOrSubregion", "geographyCountry", "geographyCountrySubdivision")


def one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def some(items: Schema) -> Schema:
    """One or more, each once."""
    return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}


def closed(required: list[str], properties: Schema, **more: Any) -> Schema:
    """An object of these properties and no others: a name misspelt would otherwise pass as one that is not ours."""
    return {
        "type": "object", "required": required, "properties": properties, "additionalProperties": False, **more
    }  # fmt: skip


CARBON_FOOTPRINT = closed(
    [
        "declaredUnitOfMeasurement", "declaredUnitAmount", "productMassPerDeclaredUnit", "referencePeriodStart",
        "referencePeriodEnd", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake", "fossilGhgEmissions",
        "fossilCarbonContent", "ipccCharacterizationFactors", "crossSectoralStandards", "exemptedEmissionsPercent",
    ],
    {
        "declaredUnitOfMeasurement": one_of(*UNITS),
        "declaredUnitAmount": ABOVE_ZERO,
        "productMassPerDeclaredUnit": DECIMAL,
        "referencePeriodStart": TIME,
        "referencePeriodEnd": TIME,
        "geographyRegionOrSubregion": one_of(*REGIONS),
        "geographyCountry": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "geographyCountrySubdivision": {"type": "string", "pattern": "^[A-Z]{2}-[A-Z0-9]{1,3}$"},
        "boundaryProcessesDescription": {"type": "string"},
        "pcfExcludingBiogenicUptake": DECIMAL,
        "pcfIncludingBiogenicUptake": DECIMAL,
        **dict.fromkeys(EMISSIONS, NOT_BELOW_ZERO),
        **dict.fromkeys(REMOVALS, NOT_ABOVE_ZERO),
        "packagingEmissionsIncluded": {"type": "boolean"},
        "ccsTechnologicalCO2CaptureIncluded": {"type": "boolean"},
        "technologicalCO2CaptureOrigin": {"type": "string"},
        "ccuCalculationApproach": one_of("Cut-off", "Credit"),
        "ccuCreditCertification": URI,
        "ipccCharacterizationFactors": some({"type": "string", "pattern": r"^AR\d+$"}),
        "crossSectoralStandards": some(one_of(*STANDARDS)),
        "productOrSectorSpecificRules": some(
            closed(
                ["operator", "ruleNames"],
                {
                    "operator": one_of("PEF", "EPD International", "Other"),
                    "ruleNames": some(TEXT),
                    "otherOperatorName": TEXT,
                },
            )
        ),
        "exemptedEmissionsPercent": DECIMAL,
        "exemptedEmissionsDescription": {"type": "string"},
        "allocationRulesDescription": {"type": "string"},
        "secondaryEmissionFactorSources": some(closed(["name", "version"], {"name": TEXT, "version": TEXT})),
        "primaryDataShare": DECIMAL,
        "dqi": closed(
            ["technologicalDQR", "geographicalDQR", "temporalDQR"],
            dict.fromkeys(("technologicalDQR", "geographicalDQR", "temporalDQR"), DECIMAL),
        ),
        "verification": closed(
            [],
            {
                "coverage": one_of("PCF calculation model", "PCF program", "product level"),
                "providerName": TEXT,
                "completedAt": TIME,
                "standardName": {"type": "string"},
                "comments": {"type": "string"},
            },
        ),
    },
    allOf=[
        {"not": {"required": [one, other]}} for one in GEOGRAPHY for other in GEOGRAPHY if one < other
    ],
    **{
        "if": {"properties": {"packagingEmissionsIncluded": {"const": False}}},
        "then": {"not": {"required": ["packagingGhgEmissions"]}},
    },
)  # fmt: skip

EXTENSION = closed(
    ["specVersion", "dataSchema", "data"],
    {
        "specVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
        "dataSchema": URI,
        "documentation": URI,
        "data": {"type": "object"},
    },
)

PRODUCT_FOOTPRINT = closed(
    [
        "id", "specVersion", "created", "status", "companyName", "companyIds", "productDescription", "productIds",
        "productNameCompany", "pcf",
    ],
    {
        "id": UUID,
        "specVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+(-\d{8})?$"},
        "precedingPfIds": some(UUID),
        "created": TIME,
        "status": one_of("Active", "Deprecated"),
        "validityPeriodStart": TIME,
        "validityPeriodEnd": TIME,
        "companyName": TEXT,
        "companyIds": some(URN),
        "productDescription": {"type": "string"},
        "productIds": some(URN),
        "productClassifications": some(URN),
        "productNameCompany": TEXT,
        "comment": {"type": "string"},
        "pcf": CARBON_FOOTPRINT,
        "extensions": {"type": "array", "items": EXTENSION},
    },
)  # fmt: skip

CODES = ("BadRequest", "AccessDenied", "TokenExpired", "NotFound", "InternalError", "NotImplemented")
ERROR = closed(["code", "message"], {"code": one_of(*CODES), "message": TEXT})


def event(type_: str, data: Schema) -> Schema:
    """A CloudEvent in structured mode."""
    return closed(
        ["type", "specversion", "id", "source", "time", "data"],
        {
            "type": {"const": f"org.wbcsd.pact.ProductFootprint.{type_}.3"},
            "specversion": {"const": "1.0"},
            "id": TEXT,
            "source": TEXT,
            "time": TIME,
            "data": data,
        },
    )


PUBLISHED_EVENT = event("PublishedEvent", closed(["pfIds"], {"pfIds": some(UUID)}))
FULFILLED_EVENT = event(
    "RequestFulfilledEvent",
    closed(
        ["requestEventId", "pfs"],
        {"requestEventId": TEXT, "pfs": {"type": "array", "minItems": 1, "items": PRODUCT_FOOTPRINT}},
    ),
)
REJECTED_EVENT = event(
    "RequestRejectedEvent", closed(["requestEventId", "error"], {"requestEventId": TEXT, "error": ERROR})
)
LIST = closed(["data"], {"data": {"type": "array", "items": PRODUCT_FOOTPRINT}})
ONE = closed(["data"], {"data": PRODUCT_FOOTPRINT})


def faults(schema: Schema, value: Any) -> list[str]:
    """What of a value is not as a schema says, formats included."""
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in validator.iter_errors(value)]
