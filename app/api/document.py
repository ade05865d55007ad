"""The OpenAPI 3.1 document: generated from the code, with every error that can come back, and a page to browse it."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify
from flask_smorest import Api

from app.access import public
from app.api.audit import blueprint as audit
from app.api.certificates import blueprint as certificates
from app.api.corrections import blueprint as corrections
from app.api.deeds import blueprint as deeds
from app.api.errors import MEDIA_TYPE
from app.api.lots import blueprint as lots
from app.api.pages import Cursor
from app.api.quotes import blueprint as quotes
from app.schemas.fields import (
    MOST_UNITS,
    Choice,
    Count,
    Day,
    Kilograms,
    KilogramsPerKilogram,
    Moment,
    Number,
    Quantity,
    Text,
)
from app.schemas.shapes import Reply

BASE = "/api/v1"
KILOGRAMS_PATTERN = r"^[0-9]{1,12}(\.[0-9]{1,3})?$"
ERRORS = {
    "400": "Not JSON, too deep, or a number no one needs",
    "401": "No key, or one that is not in force",
    "403": "The key's role may not do this",
    "404": "The path names nothing, or nothing of yours",
    "409": "The ledger refuses; nothing was changed",
    "413": "The body is too large",
    "415": "The body is not application/json",
    "422": "Malformed, or a reference to something unknown",
    "503": "The database does not answer now",
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence in the reader's language"},
        "code": {"type": "string", "description": "A stable word"},
        "errors": {
            "type": "object",
            "description": "Sentences by field, all at once",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The first outcome of a key (2xx, 404, 409, 422) is kept for good and given again",
    "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,255}$"},
}

browser = Blueprint("api_document", __name__, url_prefix=BASE)
STATIC = files("swagger_ui").joinpath("static")
ASSETS = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
}
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>アルミ循環台帳 API</title><link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css"><div id="ui"></div><script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script></html>"""
START = 'SwaggerUIBundle({url: "openapi.json", dom_id: "#ui", deepLinking: true});'


def install(app: Flask) -> None:
    """Register the API with its document."""
    app.config.update(API_TITLE="アルミ循環台帳 Aluminium Loop Ledger", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    api = Api(app, spec_kwargs={"security": [{"key": []}], "info": {"description": "Masses are kilograms as strings."}})
    converter = api.ma_plugin.converter
    converter.add_attribute_function(_types)
    converter.add_parameter_attribute_function(_types)
    api.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    for blueprint in (lots, deeds, corrections, certificates, quotes, audit):
        api.register_blueprint(blueprint, url_prefix=BASE)
    app.extensions["openapi"] = _document(app, api)
    app.register_blueprint(browser)


def _quantity(field: Quantity) -> dict[str, Any]:
    return _written() if isinstance(field.parent, Reply) else _kilograms(least=0 if field.zero else 1)


def _written() -> dict[str, Any]:
    return {"type": "string", "pattern": KILOGRAMS_PATTERN}


def _kilograms(least: int) -> dict[str, Any]:
    return {"anyOf": [_written(), {"type": "integer", "minimum": least, "maximum": 10**9}]}


# JSON Schema of the fields of ours, which apispec cannot know.
SHAPES: dict[type[Any], Callable[[Any], dict[str, Any]]] = {
    Kilograms: _quantity,
    Quantity: _quantity,
    KilogramsPerKilogram: lambda _: _kilograms(least=0),
    Count: lambda _: {"type": "integer", "minimum": 1, "maximum": MOST_UNITS},
    Number: lambda field: {"type": "string", "pattern": f"^{field.pattern.pattern}$"},
    Choice: lambda field: {"type": "string", "enum": [choice.value for choice in field.choices]},
    Moment: lambda _: {"type": "string", "format": "date-time"},
    Day: lambda _: {"type": "string", "format": "date"},
    Text: lambda field: {"type": "string", "minLength": 1, "maxLength": field.longest},
    Cursor: lambda _: {"type": "string", "pattern": "^[0-9]{1,15}$"},
}


def _types(_: Any, field: Any, **__: Any) -> dict[str, Any]:
    shape = SHAPES.get(type(field))
    if shape is None:
        return {}
    return {"anyOf": [shape(field), {"type": "null"}]} if field.allow_none else shape(field)


def _document(app: Flask, api: Api) -> dict[str, Any]:
    document: dict[str, Any] = api.spec.to_dict()
    components = document.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["responses"] = {
        status: {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        for status, text in ERRORS.items()
    }
    for path, method, operation in _operations(document):
        responses = {code: reply for code, reply in operation["responses"].items() if code.startswith("2")}
        for status in _errors_of(path, method, operation):
            responses[status] = {"$ref": f"#/components/responses/{status}"}
        operation["responses"] = responses
        if method == "post":
            operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
        operation["operationId"] = f"{method}_{path.strip('/').replace('/', '_')}".replace("{", "").replace("}", "")
    return document


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                yield path, method, operation


def _errors_of(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    """Which errors an operation can answer with."""
    wanted = ["401", "403", "503"]
    if "{" in path:
        wanted.append("404")
    if method == "post":
        wanted += ["400", "409", "413", "415", "422"]
    elif operation.get("parameters"):
        wanted.append("422")
    return sorted(wanted)


@browser.get("/openapi.json")
@public
def openapi() -> Response:
    """The document."""
    return jsonify(current_app.extensions["openapi"])


@browser.get("/docs")
@public
def docs() -> Response:
    """A page to browse it, from a package, with nothing loaded from elsewhere."""
    answer = Response(PAGE, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return answer


@browser.get("/docs/start.js")
@public
def start() -> Response:
    return Response(START, mimetype="text/javascript")


@browser.get("/docs/<any('swagger-ui.css','swagger-ui-bundle.js','favicon-32x32.png'):name>")
@public
def asset(name: str) -> Response:
    """One of the three files the page is made of."""
    return Response(_asset(name), mimetype=ASSETS[name], headers={"Cache-Control": "public, max-age=86400"})


@cache
def _asset(name: str) -> bytes:
    return STATIC.joinpath(name).read_bytes()
