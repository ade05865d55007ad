"""Criteria for footprints, in the words of a query or of a RequestCreatedEvent: they are the same (PACT 3.0, 6.6)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from app.operations.problems import Invalid, Path, Problem
from app.records.footprints import Criteria
from app.schemas.fields import NOT_CLEAN, NOT_TEXT, TOO_LONG, UNKNOWN
from app.wording.catalogue import marked

NOT_A_TIME = marked("Give a date and time such as 2026-10-01T00:00:00Z.")
TOO_MANY = marked("Name fifty of these at most.")
NO_CRITERIA = marked("Name what is asked for: give one criterion or more.")
MOST_VALUES = 50
LONGEST = 500

# The specification's names, and ours.
LISTS = {
    "productId": "product_ids",
    "companyId": "company_ids",
    "classification": "classifications",
    "geography": "geography",
    "status": "statuses",
}
MOMENTS = {"validOn": "valid_on", "validAfter": "valid_after", "validBefore": "valid_before"}


# The specification's own example writes productId and productid, and means one.
_CALLED = {name.lower(): name for name in (*LISTS, *MOMENTS)}


def criteria_of_query(pairs: Iterable[tuple[str, str]]) -> Criteria:
    """Criteria of a query. A name that stands in it several times has alternatives. Raises Invalid."""
    values: dict[str, list[Any]] = {}
    for name, value in pairs:
        values.setdefault(_CALLED.get(name.lower(), name), []).append(value)
    return _criteria(values, ())


def criteria_of_event(data: Mapping[str, Any]) -> Criteria:
    """Criteria of the data of a RequestCreatedEvent, where one or more MUST be given. Raises Invalid."""
    asked = {name: value for name, value in data.items() if name != "comment" and value is not None}
    values = {name: value if isinstance(value, list) else [value] for name, value in asked.items()}
    wanted = _criteria(values, ("data",))
    if not wanted.named:
        raise Invalid([Problem(("data",), NO_CRITERIA)])
    return wanted


def _criteria(values: Mapping[str, list[Any]], at: Path) -> Criteria:
    problems = [problem for name, found in values.items() for problem in _problems((*at, name), name, found)]
    if problems:
        raise Invalid(problems)
    read: dict[str, Any] = {}
    for name, found in values.items():
        given = [value for value in found if value]  # an empty value asks for nothing
        if given and name in LISTS:
            read[LISTS[name]] = tuple(given)
        elif given:
            read[MOMENTS[name]] = moment_of(given[0])
    return Criteria(**read)


def _problems(path: Path, name: str, found: list[Any]) -> Iterable[Problem]:
    if name not in LISTS and name not in MOMENTS:
        yield Problem(path, UNKNOWN)
    elif len(found) > (MOST_VALUES if name in LISTS else 1):
        yield Problem(path, TOO_MANY if name in LISTS else NOT_A_TIME)
    else:
        yield from (Problem(path, why) for value in found if (why := _wrong(name, value)))


def _wrong(name: str, value: Any) -> str | None:
    """Why a value cannot be one of a criterion, or None. What no footprint has is not wrong: it is met by none."""
    if not isinstance(value, str):
        return NOT_TEXT
    if len(value) > LONGEST:
        return TOO_LONG
    if "\0" in value or not _encodable(value):
        return NOT_CLEAN
    return NOT_A_TIME if value and name in MOMENTS and moment_of(value) is None else None


def _encodable(text: str) -> bool:
    """Whether text has no half of a surrogate pair, which JSON can name and no database keep."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def moment_of(text: str) -> datetime | None:
    """A moment by ISO 8601, in UTC where it names no offset; None where it is none.

    A plus sign that nobody encoded is a blank by the time a query is read.
    """
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
