"""Measured energy of a step, in and out."""

from typing import Any

from marshmallow import ValidationError, post_load, validates_schema

from app.carbon.energy import WHOLE, Energy
from app.schemas.fields import Quantity
from app.schemas.shapes import Reply, Strict
from app.wording.catalogue import marked

AMOUNTS = ("electricity_kwh", "gas_m3", "oil_l")
NOTHING_MEASURED = marked("Give at least one measured amount above zero, or leave all of them out.")
MORE_THAN_ALL = marked("A share is at most 100 %.")
OF_WHAT = marked("A renewable share is one of electricity: give that too.")


class EnergySchema(Strict):
    """What the meters of a step said; what was not used may be left out."""

    electricity_kwh = Quantity(zero=True)
    renewable_percent = Quantity(zero=True)
    gas_m3 = Quantity(zero=True)
    oil_l = Quantity(zero=True)

    @validates_schema(skip_on_field_errors=True)
    def _measured(self, data: dict[str, Any], **_: Any) -> None:
        if not any(data.get(name) for name in AMOUNTS):
            raise ValidationError(NOTHING_MEASURED, "electricity_kwh")
        if data.get("renewable_percent", 0) > WHOLE:
            raise ValidationError(MORE_THAN_ALL, "renewable_percent")
        if "renewable_percent" in data and "electricity_kwh" not in data:
            raise ValidationError(OF_WHAT, "electricity_kwh")

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> Energy:
        names = ("electricity_kwh", "renewable_percent", "gas_m3", "oil_l")
        return Energy(*(data.get(name, 0) for name in names))


class EnergyReply(Reply):
    electricity_kwh = Quantity(attribute="electricity_wh")
    renewable_percent = Quantity(attribute="renewable")
    gas_m3 = Quantity(attribute="gas_l")
    oil_l = Quantity(attribute="oil_ml")
