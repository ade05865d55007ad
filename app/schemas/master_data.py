"""Master data in, a row at a time: customers, sites, items, factors."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from app.carbon.factors import Factor
from app.ledger.grams import kilograms_text
from app.ledger.transformations import StepKind
from app.schemas.fields import REQUIRED, Day, Kilograms, Text
from app.schemas.shapes import Strict
from app.wording.catalogue import marked

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
FIGURE = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
NOT_A_CODE = marked("Use letters, digits, dot, hyphen and underscore, at most 40.")
NOT_A_FIGURE = marked("Give a figure such as 12 or 0.03.")
NOT_STEPS = marked("Give steps with blanks between: sort, remelt, cast, extrude, fabricate.")
NOT_CLASSES = marked("Give classes with blanks between: post_consumer, pre_consumer, internal.")
LESS_THAN_LEAST = marked("The most is less than the least.")
CLASSES = ("post_consumer", "pre_consumer", "internal")


class CodeField(fields.Field[str]):
    """The code of a row."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        if not CODE.fullmatch(str(value)):
            raise ValidationError(NOT_A_CODE)
        return str(value)


class Words(fields.Field[str]):
    """Known words with blanks between, or a list of them, as ticks of a form are."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def __init__(self, known: tuple[str, ...], wrong: str, **options: Any) -> None:
        super().__init__(**options)
        self.known, self.wrong = known, wrong

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        words = [str(each) for each in value] if isinstance(value, list) else str(value).replace(",", " ").split()
        if not set(words) <= set(self.known):
            raise ValidationError(self.wrong)
        return " ".join(words)


class CustomerSchema(Strict):
    """A customer; ``name_public`` yes: may be named to everybody who scans a code."""

    code = CodeField()
    name_ja = Text(required=True, longest=200)
    name_en = Text(required=True, longest=200)
    name_public = Text(longest=3)

    @post_load
    def _row(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"name_public": data.get("name_public") == "yes"}


class SiteSchema(Strict):
    """A site and the steps it does."""

    code = CodeField()
    name_ja = Text(required=True, longest=200)
    name_en = Text(required=True, longest=200)
    does = Words(tuple(StepKind), NOT_STEPS, load_default="")


class ItemSchema(Strict):
    """An item: what it is called, and the weights that are usual for one."""

    code = CodeField()
    name_ja = Text(required=True, longest=200)
    name_en = Text(required=True, longest=200)
    counter_ja = Text(longest=10, load_default=None)
    plausible_min_kg = Kilograms(attribute="plausible_min_g", load_default=None)
    plausible_max_kg = Kilograms(attribute="plausible_max_g", load_default=None)
    scrap_classes = Words(CLASSES, NOT_CLASSES, load_default="")
    note = Text(longest=200, load_default=None)

    @validates_schema(skip_on_field_errors=True)
    def _band(self, data: dict[str, Any], **_: Any) -> None:
        least, most = data.get("plausible_min_g"), data.get("plausible_max_g")
        if least is not None and most is not None and least > most:
            raise ValidationError(LESS_THAN_LEAST, "plausible_max_kg")


class Figure(fields.Field[str]):
    """A figure as published."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        figure = unicodedata.normalize("NFKC", str(value))
        if not FIGURE.fullmatch(figure):
            raise ValidationError(NOT_A_FIGURE)
        return figure


class FactorSchema(Strict):
    """A version of a factor; its number and unit follow from the one before."""

    key = Text(required=True, longest=40)
    value = Figure(required=True)
    valid_from = Day(required=True)
    source = Text(required=True, longest=200)
    note = Text(longest=200, load_default="")

    @post_load
    def _value(self, data: dict[str, Any], **_: Any) -> Factor:
        return Factor(data["key"], data["value"], "", 0, data["valid_from"], None, data["source"], data["note"])


SCHEMAS: dict[str, type[Strict]] = {"customers": CustomerSchema, "sites": SiteSchema, "items": ItemSchema}


def row_words(row: Mapping[str, Any]) -> dict[str, str]:
    """A row as a form shows it."""
    words: dict[str, str] = {}
    for name, value in row.items():
        if name.endswith("_g") and value is not None:
            words[name.removesuffix("_g") + "_kg"] = kilograms_text(value)
        elif isinstance(value, bool):
            words[name] = "yes" if value else ""
        elif value is not None:
            words[name] = str(value)
    return {name: text for name, text in words.items() if text and name not in ("code", "unit_factor", "unit_divisor")}
