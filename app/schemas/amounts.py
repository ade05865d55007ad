"""How much of a lot: kilograms, or whole units."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from app.ledger.lots import Amount
from app.schemas.fields import LOT_NUMBER, Count, Kilograms, Number
from app.schemas.shapes import Strict
from app.wording.catalogue import marked

ONE_OF_TWO = marked("Give either kg or units.")
BOTH_OF_TWO = marked("Give only one of kg and units.")


class AmountSchema(Strict):
    """``kg`` of a lot that has no units, ``units`` of one that has."""

    kg = Kilograms()
    units = Count()

    @validates_schema(skip_on_field_errors=False)
    def _one_of_two(self, data: dict[str, Any], **_: Any) -> None:
        if "kg" in data and "units" in data:
            raise ValidationError(BOTH_OF_TWO, "units")

    @validates_schema(skip_on_field_errors=True)
    def _at_least_one(self, data: dict[str, Any], **_: Any) -> None:
        if "kg" not in data and "units" not in data:
            raise ValidationError(ONE_OF_TWO, "kg")


class LotAmountSchema(AmountSchema):
    """Some of a lot."""

    lot = Number(pattern=LOT_NUMBER, required=True)


def amount(data: dict[str, Any]) -> Amount:
    """The amount that validated data asks for."""
    return Amount(data.get("kg"), data.get("units"))
