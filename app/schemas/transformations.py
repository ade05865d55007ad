"""Steps in and out."""

from typing import Any

from marshmallow import fields, post_load

from app.ledger.lots import Kind
from app.ledger.transformations import StepKind
from app.lookups.deeds import StepAnswer
from app.operations.certificate_content.way import ratio_text
from app.operations.record_transformation import RecordTransformation, StepInput, StepOutput
from app.schemas.amounts import LotAmountSchema, amount
from app.schemas.energy import EnergyReply, EnergySchema
from app.schemas.fields import Choice, Count, Kilograms, Moment, Number, Text
from app.schemas.flags import FlagReply
from app.schemas.lots import LotReply, lot_out
from app.schemas.shapes import Reply, Strict, nested, reversal_said, rows


class StepOutputSchema(Strict):
    """A lot that a step made."""

    number = Number()
    kind = Choice(Kind, required=True)
    kg = Kilograms(required=True)
    alloy = Text(required=True, longest=40)
    item = Text(longest=40)
    units = Count()
    pieces = Count()

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> StepOutput:
        rest = {name: data.get(name) for name in ("number", "item", "units", "pieces")}
        return StepOutput(kind=data["kind"], mass_g=data["kg"], alloy=data["alloy"], **rest)


class TransformationSchema(Strict):
    """A step: sort, remelt, cast, extrude or fabricate."""

    number = Number()
    kind = Choice(StepKind, required=True)
    site = Text(required=True, longest=40)
    furnace = Text(longest=40)
    ended_at = Moment(required=True)
    inputs = fields.List(fields.Nested(LotAmountSchema, **nested()), required=True, **rows())
    outputs = fields.List(fields.Nested(StepOutputSchema, **nested()), required=True, **rows())
    energy = fields.Nested(EnergySchema, **nested())

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> RecordTransformation:
        return RecordTransformation(
            number=data.get("number"),
            kind=data["kind"],
            site=data["site"],
            furnace=data.get("furnace"),
            ended_at=data["ended_at"],
            inputs=tuple(StepInput(given["lot"], amount(given)) for given in data["inputs"]),
            outputs=tuple(data["outputs"]),
            energy=data.get("energy"),
        )


class StepInputReply(Reply):
    lot = fields.String()
    kind = fields.String()
    alloy = fields.String()
    kg = Kilograms(attribute="mass_g")
    units = fields.Integer(allow_none=True)


class TransformationReply(Reply):
    """A step as recorded; the yield is all outputs over all inputs, four decimals."""

    number = fields.String()
    kind = fields.String()
    site = fields.String(attribute="site_code")
    furnace = fields.String(allow_none=True)
    ended_at = Moment()
    input_kg = Kilograms(attribute="input_g")
    output_kg = Kilograms(attribute="output_g")
    loss_kg = Kilograms(attribute="loss_g")
    process_co2_kg = Kilograms(attribute="process_co2_g")
    yield_ = fields.String(data_key="yield")
    inputs = fields.List(fields.Nested(StepInputReply))
    outputs = fields.List(fields.Nested(LotReply))
    flags = fields.List(fields.Nested(FlagReply))
    energy = fields.Nested(EnergyReply, allow_none=True)
    reversed_at = Moment(allow_none=True)
    reversal_reason = fields.String(allow_none=True)


def step_out(answer: StepAnswer) -> dict[str, Any]:
    """What a step's reply is written from."""
    step = answer.step
    columns = ("lot", "kind", "alloy", "mass_g", "units")
    said = {name: getattr(step, name) for name in step.__slots__}
    return (
        said
        | reversal_said(answer.reversal)
        | {
            "yield_": ratio_text(step.output_g, step.input_g),
            "inputs": [dict(zip(columns, given, strict=True)) for given in step.inputs],
            "outputs": [lot_out(output) for output in answer.outputs],
            "flags": answer.flags,
        }
    )
