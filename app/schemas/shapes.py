"""What all requests and replies share."""

from typing import Any

from marshmallow import Schema, validate

from app.records.reversals import Reversal
from app.schemas.fields import NOT_A_LIST, NOT_AN_OBJECT, REQUIRED, UNKNOWN

MOST_ROWS = 500


class Strict(Schema):
    """A request: unknown fields are refused, and all that is wrong is told at once."""

    error_messages = {"unknown": UNKNOWN, "type": NOT_AN_OBJECT}

    class Meta:
        unknown = "raise"


class Reply(Schema):
    """A reply."""


def nested(**options: Any) -> dict[str, Any]:
    """Options of a nested field, with sentences of ours."""
    messages = {"required": REQUIRED, "null": REQUIRED, "type": NOT_AN_OBJECT, "invalid": NOT_AN_OBJECT}
    return {"error_messages": messages, **options}


def reversal_said(reversal: Reversal | None) -> dict[str, Any]:
    """That a record was undone, as its reply says it."""
    if reversal is None:
        return {"reversed_at": None, "reversal_reason": None}
    return {"reversed_at": reversal.reversed_at, "reversal_reason": reversal.reason}


def rows(**options: Any) -> dict[str, Any]:
    """Options of a list field of one row or more."""
    messages = {"required": REQUIRED, "null": REQUIRED, "invalid": NOT_A_LIST}
    length = validate.Length(min=1, max=MOST_ROWS, error=NOT_A_LIST)
    return {"error_messages": messages, "validate": length, **options}
