"""Lists by pages: ``limit`` and ``after`` in, ``items`` and a Link header out."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import request
from marshmallow import ValidationError, fields, validate

from app.schemas.fields import Text
from app.schemas.shapes import Strict
from app.wording.catalogue import marked

DEFAULT_LIMIT = 50
MOST = 500
NOT_A_LIMIT = marked("Give a whole number from 1 to 500.")
NOT_A_CURSOR = marked("This is not a cursor that a list gave.")

Row = TypeVar("Row")


class Cursor(fields.Field[int]):
    """Where the last page ended; only a list makes one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> int:
        if not isinstance(value, str) or not value.isascii() or not value.isdecimal() or len(value) > 15:
            raise ValidationError(NOT_A_CURSOR)
        return int(value)


class PageQuery(Strict):
    """A page of a list."""

    limit = fields.Integer(
        load_default=DEFAULT_LIMIT,
        validate=validate.Range(1, MOST, error=NOT_A_LIMIT),
        error_messages={"invalid": NOT_A_LIMIT, "too_large": NOT_A_LIMIT},
    )
    after = Cursor(load_default=0)


class LotQuery(PageQuery):
    kind = Text(longest=40)
    place = Text(longest=40)
    customer = Text(longest=40)
    q = Text(longest=80)


class CertificateQuery(PageQuery):
    customer = Text(longest=40)


class FlagQuery(PageQuery):
    open = fields.Boolean(load_default=False)


def page(rows: Sequence[Row], limit: int, id_of: Callable[[Row], int]) -> tuple[Sequence[Row], dict[str, str]]:
    """The rows to give out of ``limit`` + 1 that were read, and the headers that lead to the next page."""
    if len(rows) <= limit:
        return rows, {}
    shown = rows[:limit]
    query = {**request.args.to_dict(), "after": str(id_of(shown[-1]))}
    return shown, {"Link": f'<{request.base_url}?{urlencode(query)}>; rel="next"'}
