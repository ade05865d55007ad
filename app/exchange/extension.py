"""What our extension of a footprint says: its JSON schema and its documentation, open to everybody as they MUST be."""

from flask import Response, json

from app.access import public
from app.current import service
from app.exchange.door import exchange
from app.operations.footprints.extension import DOCUMENTATION_PATH, SCHEMA_PATH
from app.schemas.exchange.extension import DOCUMENTATION, data_schema


@exchange.get(SCHEMA_PATH)
@public
def extension_schema() -> Response:
    """JSON Schema of the extension's data."""
    body = json.dumps(data_schema(service().issuer.public_url), ensure_ascii=False)
    return Response(body, mimetype="application/schema+json")


@exchange.get(DOCUMENTATION_PATH)
@public
def extension_documentation() -> Response:
    """What its figures mean, in words."""
    return Response(DOCUMENTATION, mimetype="text/plain")
