"""The frame of every staff page: words in both languages, figures, the person, the token of its forms."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_wtf.csrf import generate_csrf
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.access import Role
from app.current import locale, now, person
from app.pages.staff import figures, navigation
from app.pages.staff.door import nonce, signed_in
from app.pages.staff.flag_details import described
from app.pages.staff.forms import Fault
from app.pages.typesetting import phrase, typeset
from app.wording import names
from app.wording.catalogue import say
from app.wording.ledger_differences import difference_sentence
from app.wording.problems import rule_words
from certificates.wording import counter_en

BESIDE = re.compile(r'<small lang="[a-z]+">.*?</small>', re.DOTALL)
ROOT = Path(__file__).parents[1]
OTHER = {"ja": "en", "en": "ja"}
# Where the records of each noun are looked at.
ADDRESSES = {
    "lot": "/lots/",
    "transformation": "/steps/",
    "transfer": "/transfers/",
    "dispatch": "/dispatches/",
    "return": "/returns/",
    "write_off": "/write-offs/",
    "certificate": "/certificates/",
    "quote": "/quotes/",
}


def render(template: str, place: str = "", anonymous: bool = False, **values: Any) -> str:
    """A page of ``templates/staff`` for whoever is signed in; ``place`` is where in the header it stands.

    ``anonymous`` asks nobody who that is.
    """
    language = locale()
    who = None if anonymous else signed_in()
    shared = {
        "_": partial(phrase, language),
        "both": partial(both, language),
        "raw": partial(say, language),
        "locale": language,
        "other": OTHER[language],
        "person": who,
        "role": Role(who.role) if who else None,
        "places": navigation.places(Role(who.role)) if who else [],
        "place": place,
        "path": request.path,
        "switch": _switch(OTHER[language]),
        "nonce": nonce(),
        "csrf_token": generate_csrf,
        "asset": asset,
        "when": lambda moment: unbroken(figures.when(language, moment)),
        "day": lambda on: unbroken(figures.day(language, on)),
        "plain_when": partial(figures.when, language),
        "plain_day": partial(figures.day, language),
        "field_name": partial(_field_name, language),
        "units": partial(_units, language),
        "kind": lambda kind: both(language, names.KINDS[kind]),
        "step_name": lambda kind: both(language, names.STEPS[kind]),
        "word": lambda table, key: phrase(language, getattr(names, table)[key]),
        "law": lambda name: phrase(language, names.LAWS[name]),
        "difference": lambda found: typeset(difference_sentence(language, found)),
        "rule": lambda rule: typeset(rule_words(language, rule)),
        "details": partial(described, language),
        "who": who_is,
        "alloy_name": partial(_alloy_name, language),
        "either": lambda row: _either(language, row),
        "addresses": ADDRESSES,
        "deed_words": names.DEEDS,
        "request_host": request.host,
        "request_args": request.args,
        "now": now(),
    }
    return _environment().get_template(f"staff/{template}").render(**shared, **values)


def both(language: str, sentence: str, **values: object) -> Markup:
    """A name in the reader's language, the other one small beside it."""
    other = OTHER[language]
    mine, theirs = phrase(language, sentence, **values), phrase(other, sentence, **values)
    return mine if mine == theirs else Markup('{} <small lang="{}">{}</small>').format(mine, other, theirs)


def _in_words(heading: Markup) -> str:
    """A heading as the title of its window: in the reader's language alone."""
    return Markup(BESIDE.sub("", heading)).striptags()


def unbroken(text: str) -> Markup:
    """Words that stay together on a line."""
    return Markup('<span class="n">{}</span>').format(text)


def _field_name(language: str, path: str) -> Markup | str:
    """What a field is called in a list of what is wrong, with its row where it is one of many."""
    parts = path.split(".")
    named = names.FIELDS.get(next((part for part in reversed(parts) if not part.isdecimal()), ""))
    if named is None:
        return ""
    row = next((int(part) + 1 for part in parts if part.isdecimal()), None)
    return phrase(language, named) + (f" {row}" if row else "")


def named_sentence(language: str, fault: Fault) -> str:
    """What is wrong with a field, beginning with what the field is called, without markup."""
    name = _field_name(language, fault.name)
    said = f"{name}{'：' if language == 'ja' else ': '}{fault.sentence}" if name else fault.sentence
    return Markup(said).striptags()


def _either(language: str, row: Any) -> str:
    """What a customer, site, item or class is called in the reader's language."""
    if not row:
        return "—"
    ja, en = row["name_ja"], row.get("name_en") or ""
    return (ja or en) if language == "ja" else (en or ja)


def _units(language: str, count: int, item: Any = None) -> Markup:
    """How many of an item, in its own counter (台, 両) where the item is known."""
    counter = item["counter_ja"] if item else None
    if counter:
        return unbroken(f"{count:,}{counter}" if language == "ja" else f"{count:,} {counter_en(counter, count)}")
    return phrase(language, names.UNIT if count == 1 else names.UNITS, n=f"{count:,}")


def _switch(other: str) -> str:
    """This page in the other language; a page that answers a form starts anew."""
    kept = [(name, text) for name, text in request.args.items(multi=True) if name != "lang"]
    return urlencode([*kept, ("lang", other)])


def _options(codes: Iterable[str], rows: dict[str, dict[str, Any]], language: str) -> list[tuple[str, str]]:
    """Choices of a field: each code with what it is called."""
    return [
        (code, _either(language, rows[code]) if "name_ja" in rows[code] else _alloy_name(language, code))
        for code in codes
    ]


def who_is(called: Mapping[str, str], login: str) -> str:
    """A person by name with the login beside it; a login that nobody of that name has stands for itself."""
    name = called.get(login, login)
    return name if name == login else say(locale(), "{name} ({login})", name=name, login=login)


def _first_those(options: Iterable[tuple[str, Any]], chosen: list[str]) -> list[tuple[str, Any]]:
    """Options with the chosen ones first, in the order they were chosen."""
    return sorted(options, key=lambda option: chosen.index(option[0]) if option[0] in chosen else len(chosen))


def _alloy_name(language: str, code: str) -> str:
    """An alloy is called by its code, but for scrap whose alloy nobody has told yet."""
    return say(language, names.ALLOYS[code]) if code in names.ALLOYS else code


@cache
def asset(name: str) -> str:
    """The address of a style sheet or script, which changes with what is in it: it may be kept for ever."""
    digest = hashlib.sha256((ROOT / "static" / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "typeset": typeset,
        "in_words": _in_words,
        "kg": figures.kg,
        "whole_kg": figures.whole_kg,
        "field_moment": figures.field_moment,
    }
    environment.filters.update(filters)
    environment.filters["zip_names"] = _options
    environment.filters["kind_pairs"] = lambda kinds, word: [(kind, word("KINDS", kind)) for kind in kinds]
    environment.filters["step_pairs"] = lambda steps, word: [(step.value, word("STEPS", step.value)) for step in steps]
    environment.filters["role_pairs"] = lambda roles, word: [(role, word("ROLES", role)) for role in roles]
    environment.filters["first_those"] = _first_those
    environment.filters["same_pairs"] = lambda codes: [(code, code) for code in codes]
    environment.filters["word_pairs"] = lambda words, said: [(code, said(sentence)) for code, sentence in words.items()]
    environment.globals.update(percent=figures.percent, footprint=figures.footprint, whoami=person)
    environment.globals.update(whole_kg_more=figures.whole_kg_more)
    return environment
