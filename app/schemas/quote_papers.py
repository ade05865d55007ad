"""What goes with a quote, in; and what a product would come to."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from app.carbon.what_if import WHOLE
from app.schemas.energy import MORE_THAN_ALL
from app.schemas.fields import Count, Kilograms, Number, Quantity, Text
from app.schemas.shapes import Strict


class AttachSchema(Strict):
    """A certificate to go with a quote."""

    certificate = Number(required=True)


class PackSchema(Strict):
    """Who a pack is for; left out, the customer."""

    sent_to = Text(longest=100)


class WhatIfSchema(Strict):
    """So much metal, so large a share of it post-consumer; units of an item where it is counted."""

    kg = Kilograms(required=True)
    percent = Quantity(required=True, zero=True)
    item = Text(longest=40)
    units = Count()

    @validates_schema(skip_on_field_errors=True)
    def _share(self, data: dict[str, Any], **_: Any) -> None:
        if data["percent"] > WHOLE:
            raise ValidationError(MORE_THAN_ALL, "percent")
