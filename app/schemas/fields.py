"""Fields of the contract: kilograms as exact strings, moments with an offset, numbers, codes and plain text."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields

from app.carbon.factors import JAPAN
from app.ledger.grams import Fault, NotAMass, grams_from_kilograms, kilograms_text, positive_grams_from_kilograms
from app.wording.catalogue import marked

NUMBER = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,39}", re.ASCII)
LOT_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,59}", re.ASCII)
MOST_UNITS = 1_000_000
FIRST_YEAR, LAST_YEAR = 1950, 2200

MASS_FAULTS = {
    Fault.NOT_A_NUMBER: marked('Give kilograms as a string such as "5003" or "0.125".'),
    Fault.TOO_FINE: marked("Kilograms have at most three decimals."),
    Fault.NEGATIVE: marked("This cannot be negative."),
    Fault.ZERO: marked("This must be more than zero."),
    Fault.TOO_LARGE: marked("This is more than a billion kilograms."),
}
QUANTITY_FAULTS = {
    Fault.NOT_A_NUMBER: marked('Give a number as a string such as "1200" or "85.5".'),
    Fault.TOO_FINE: marked("At most three decimals."),
    Fault.NEGATIVE: marked("This cannot be negative."),
    Fault.ZERO: marked("This must be more than zero."),
    Fault.TOO_LARGE: marked("This is more than a billion."),
}
NOT_TEXT = marked("Give text.")
NOT_WHOLE = marked("Give a whole number from 1 to 1000000.")
NOT_A_NUMBER_OF_OURS = marked("Use letters A to Z, digits, dot, hyphen and underscore, at most 40.")
NOT_A_MOMENT = marked("Give a date and time such as 2026-10-01T15:55:00+09:00.")
NOT_A_DAY = marked("Give a day such as 2029-10-01.")
TOO_LONG = marked("This is too long.")
NOT_CLEAN = marked("This has characters that cannot be written.")
EMPTY = marked("This must not be empty.")
NOT_A_CHOICE = marked("This is not one of the choices.")
REQUIRED = marked("This is missing.")
NOT_YES_OR_NO = marked("Give true or false.")
NOT_AN_OBJECT = marked("Give an object.")
NOT_A_LIST = marked("Give a list with one entry or more.")
UNKNOWN = marked("There is no such field.")


class JsonFloat:
    """What the JSON reader gives for a number with a point or an exponent: no field takes it."""


def clean(text: Any, longest: int) -> str:
    """Text without surrounding blanks; raises ValidationError for control characters and lone surrogates."""
    if not isinstance(text, str):
        raise ValidationError(NOT_TEXT)
    stripped = text.strip()
    if any(unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") for character in stripped):
        raise ValidationError(NOT_CLEAN)
    if not stripped:
        raise ValidationError(EMPTY)
    if len(stripped) > longest:
        raise ValidationError(TOO_LONG)
    return stripped


class Quantity(fields.Field[int]):
    """Thousandths inside, an exact decimal string outside. Zero is refused where it is not asked for."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}
    faults: Mapping[Fault, str] = QUANTITY_FAULTS

    def __init__(self, *, zero: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.zero = zero

    def _serialize(self, value: int | None, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else kilograms_text(value)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> int:
        try:
            return grams_from_kilograms(value) if self.zero else positive_grams_from_kilograms(value)
        except NotAMass as error:
            raise ValidationError(self.faults[error.fault]) from error


class Kilograms(Quantity):
    """Grams inside, kilograms outside."""

    faults = MASS_FAULTS


class KilogramsPerKilogram(fields.Field[str]):
    """A footprint with at most three decimals, as an exact decimal string; at most 1,000."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        try:
            thousandths = grams_from_kilograms(value)
        except NotAMass as error:
            raise ValidationError(MASS_FAULTS[error.fault]) from error
        if thousandths > 1_000_000:
            raise ValidationError(MASS_FAULTS[Fault.TOO_LARGE])
        return kilograms_text(thousandths)


class Count(fields.Field[int]):
    """A whole number of units or pieces."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_UNITS:
            raise ValidationError(NOT_WHOLE)
        return value


class Text(fields.Field[str]):
    """Plain text; ``folded`` is NFKC (a vehicle is the same however its number was typed)."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def __init__(self, *, longest: int = 200, folded: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.longest = longest
        self.folded = folded

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        text = clean(value, self.longest)
        return clean(unicodedata.normalize("NFKC", text), self.longest) if self.folded else text


class Number(fields.Field[str]):
    """The number of a lot, step, transfer, dispatch or slip: NFKC and upper-cased, then of one form."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def __init__(self, *, pattern: re.Pattern[str] = NUMBER, **options: Any) -> None:
        super().__init__(**options)
        self.pattern = pattern

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError(NOT_TEXT)
        return folded_number(value, self.pattern)


def folded_number(written: str, pattern: re.Pattern[str] = LOT_NUMBER) -> str:
    """A number as it is kept; raises ValidationError where it is none."""
    number = unicodedata.normalize("NFKC", written[:200]).strip().upper()
    if not pattern.fullmatch(number):
        raise ValidationError(NOT_A_NUMBER_OF_OURS)
    return number


class Choice(fields.Field[Any]):
    """One of the members of a StrEnum."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def __init__(self, choices: type[StrEnum], only: tuple[StrEnum, ...] | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.choices = tuple(only or choices)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> StrEnum:
        for choice in self.choices:
            if isinstance(value, str) and choice.value == value:
                return choice
        raise ValidationError(NOT_A_CHOICE)


class Moment(fields.Field[datetime]):
    """A date and time with an offset, or taken as Japan time; written in Japan time."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else value.astimezone(JAPAN).isoformat()

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(NOT_A_MOMENT)
        return moment if moment.tzinfo else moment.replace(tzinfo=JAPAN)


class Day(fields.Field[date]):
    """A calendar day."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def _serialize(self, value: date | None, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else value.isoformat()

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> date:
        try:
            day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(NOT_A_DAY)
        return day


class YesOrNo(fields.Boolean):
    """True or false, by these words alone."""

    truthy = {True, "true"}
    falsy = {False, "false"}
    default_error_messages = {"required": REQUIRED, "null": REQUIRED, "invalid": NOT_YES_OR_NO}
