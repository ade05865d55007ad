"""Flags out."""

from marshmallow import fields

from app.schemas.fields import Moment
from app.schemas.shapes import Reply


class FlagReply(Reply):
    """What was possible but unlikely, on which lot, and who accepted it, if anyone has."""

    id = fields.Integer()
    lot = fields.String()
    rule = fields.String()
    detail = fields.Dict(keys=fields.String())
    raised_at = Moment()
    recorded_by = fields.String()
    accepted_at = Moment(allow_none=True)
    accepted_by = fields.String(allow_none=True)
    acceptance_reason = fields.String(allow_none=True)
    reversed = fields.Boolean()


class FlagPageReply(Reply):
    items = fields.List(fields.Nested(FlagReply))
