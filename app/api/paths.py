"""Numbers in paths."""

from marshmallow import ValidationError

from app.operations.problems import NotFound
from app.schemas.fields import folded_number


def number_in_path(noun: str, written: str) -> str:
    """A number as it is kept; one that could never be a number names nothing. Raises NotFound."""
    try:
        return folded_number(written)
    except ValidationError:
        raise NotFound(noun, written[:60]) from None
