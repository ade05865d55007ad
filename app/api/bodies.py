"""Reading JSON bodies strictly: not JSON is 400, another media type 415; floats and doubled names are told."""

from typing import Any, NoReturn

from flask import Request
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from app.operations.problems import Invalid
from app.schemas.faults import problems_of
from app.schemas.fields import JsonFloat
from app.schemas.json_text import NotJson, read_json


class StrictParser(FlaskParser):
    """A webargs parser whose JSON has no floats, no doubled names and no numbers that nobody needs."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": "raise"}

    def load_json(self, req: Request, schema: Any) -> Any:
        """The body of a request. Raises the HTTP errors of the contract."""
        if req.mimetype != "application/json":
            raise UnsupportedMediaType()
        try:
            return read_json(req.get_data(cache=True), fraction=lambda _: JsonFloat())
        except NotJson as error:
            raise BadRequest(str(error)) from error

    def handle_error(self, error: Any, *_: Any, **__: Any) -> NoReturn:
        """marshmallow's messages, flattened into problems of fields."""
        messages = error.messages
        inner = next(iter(messages.values())) if isinstance(messages, dict) and len(messages) == 1 else messages
        raise Invalid(list(problems_of(inner)))
