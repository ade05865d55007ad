"""A client of the exchange to be made, as a form or the shell says it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from marshmallow import post_load

from app.carbon.factors import JAPAN
from app.operations.exchange.clients import Callback, ClientWanted
from app.operations.problems import Invalid, Problem
from app.schemas.fields import Day, Text
from app.schemas.people import Secret
from app.schemas.shapes import Strict

LONGEST_SECRET = 1000  # sealed, it has room in its column
TOGETHER = ("callback_url", "callback_client_id", "callback_secret")


class ExchangeClientSchema(Strict):
    """A client to be made; where events are sent to is given whole, or not at all."""

    customer = Text(required=True, longest=40)
    expires = Day()
    callback_url = Text(longest=300)
    callback_token_url = Text(longest=300)
    callback_client_id = Text(longest=200)
    callback_secret = Secret(longest=LONGEST_SECRET)

    @post_load
    def _command(self, data: dict[str, Any], **_: Any) -> ClientWanted:
        return ClientWanted(data["customer"], callback_of(data), end_of(data.get("expires")))


def callback_of(data: Mapping[str, Any]) -> Callback | None:
    """Where events go to, or None. Raises Invalid where a part of it is missing."""
    given = [name for name in (*TOGETHER, "callback_token_url") if data.get(name)]
    if not given:
        return None
    missing = [name for name in TOGETHER if not data.get(name)]
    if missing:
        raise Invalid([Problem((name,), "callback_half") for name in missing])
    url, client_id, secret = (data[name] for name in TOGETHER)
    return Callback(url, client_id, secret, data.get("callback_token_url") or None)


def end_of(day: date | None) -> datetime | None:
    """The first moment of the day on which a client may not come in any more."""
    return datetime.combine(day, time(), JAPAN) if day else None
