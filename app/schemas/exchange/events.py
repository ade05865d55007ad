"""CloudEvents in structured mode, as they come in (PACT 3.0, "Action Events"; CloudEvents 1.0, JSON format)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import ValidationError

from app.operations.exchange.events import Received
from app.operations.problems import Invalid, Problem
from app.records.exchange_events import LONGEST_ID, EventType
from app.schemas.exchange.criteria import NOT_A_TIME, moment_of
from app.schemas.fields import NOT_A_CHOICE, NOT_A_LIST, NOT_AN_OBJECT, NOT_TEXT, REQUIRED, clean
from app.wording.catalogue import marked

NOT_A_UUID = marked("Give a UUID.")
LONGEST_SOURCE = 500
CLOUDEVENTS = "1.0"


@dataclass(frozen=True, slots=True)
class Event:
    """An event and its data, which has the form its type asks for."""

    received: Received
    data: dict[str, Any]


def event_of(body: Any) -> Event:
    """An event out of JSON. Raises Invalid, with everything that is wrong."""
    if not isinstance(body, dict):
        raise Invalid([Problem((), NOT_AN_OBJECT)])
    problems = [
        Problem((name,), why)
        for name, check in _ATTRIBUTES.items()
        if (why := REQUIRED if body.get(name) is None else check(body[name]))
    ]
    if problems:
        raise Invalid(problems)
    type_ = EventType(body["type"])
    _require_data(type_, body["data"])
    return Event(Received(body["id"].strip(), type_, body["source"].strip()), body["data"])


def _text(longest: int) -> Callable[[Any], str | None]:
    def check(value: Any) -> str | None:
        try:
            clean(value, longest)
        except ValidationError as error:
            return str(error.messages[0])
        return None

    return check


def _type(value: Any) -> str | None:
    return None if isinstance(value, str) and value in set(EventType) else NOT_A_CHOICE


def _version(value: Any) -> str | None:
    return None if value == CLOUDEVENTS else NOT_A_CHOICE


def _time(value: Any) -> str | None:
    return None if isinstance(value, str) and moment_of(value) else NOT_A_TIME


def _object(value: Any) -> str | None:
    return None if isinstance(value, dict) else NOT_AN_OBJECT


_ATTRIBUTES: Mapping[str, Callable[[Any], str | None]] = {
    "type": _type,
    "specversion": _version,
    "id": _text(LONGEST_ID),
    "source": _text(LONGEST_SOURCE),
    "time": _time,
    "data": _object,
}


def _require_data(type_: EventType, data: dict[str, Any]) -> None:
    """What the data of an answer or a notice must have; criteria of a request are read apart."""
    problems: list[Problem] = []
    answers = type_ in (EventType.REQUEST_FULFILLED, EventType.REQUEST_REJECTED)
    if answers and not isinstance(data.get("requestEventId"), str):
        problems.append(Problem(("data", "requestEventId"), NOT_TEXT))
    if type_ is EventType.REQUEST_FULFILLED and not _objects(data.get("pfs")):
        problems.append(Problem(("data", "pfs"), NOT_A_LIST))
    if type_ is EventType.REQUEST_REJECTED and not _error(data.get("error")):
        problems.append(Problem(("data", "error"), NOT_AN_OBJECT))
    if type_ is EventType.PUBLISHED:
        problems += _ids(data.get("pfIds"))
    if problems:
        raise Invalid(problems)


def _objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _error(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in ("code", "message"))


def _ids(value: Any) -> list[Problem]:
    if not isinstance(value, list) or not value:
        return [Problem(("data", "pfIds"), NOT_A_LIST)]
    return [Problem(("data", "pfIds", at), NOT_A_UUID) for at, each in enumerate(value) if not is_uuid(each)]


def is_uuid(value: Any) -> bool:
    """Whether a value is a UUID as it is written: 36 characters with hyphens."""
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False
