"""A form: what was typed, what is wrong with it, and a key under which it is done once."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import current_app, request
from werkzeug.wrappers import Response

from app.current import acting_on, doer, locale, person, service
from app.ledger.refusals import Code, Refused
from app.operations.once import Asked, OtherWords, answer_once
from app.operations.problems import Invalid, NotFound, SamePerson
from app.pages.staff.told import refused, told
from app.records.outcomes import Outcome, Scope
from app.records.unit import Records
from app.schemas.forms import MOST_ROWS, Words, filled, load
from app.schemas.people import SECRETS
from app.schemas.shapes import Strict
from app.wording.catalogue import marked, say
from app.wording.problems import field_sentence, unprintable_sentence
from certificates.pdf.refusal import CannotPrint

KEY = "form_key"
Found = TypeVar("Found")
Ready = TypeVar("Ready")
SEEN = "seen"  # a mark of what stood there when the page was made, where others may change it meanwhile
DO = "do"  # which of a form's buttons was pressed
OURS = (KEY, "csrf_token", DO)
LONGEST_KEY = 255
SEE_OTHER, UNPROCESSABLE, CONFLICT = 303, 422, 409
LOCATION = "text/uri-list"  # what is kept of a form that was done: where it led

USED = marked("This form was sent before. What it says now is not saved yet: send it again to save it as well.")
# The field that a refusal is about, where there is one.
FIELD_OF = {Code.DUPLICATE_SLIP: "slip_number", Code.DUPLICATE_NUMBER: "number"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to correct: the field's name (empty: the whole form) and a sentence."""

    name: str
    sentence: str


@dataclass(slots=True)
class Form:
    """``words`` are by the field's path; ``blocking`` names records that stand in the way, as (kind, number)."""

    words: Words = field(default_factory=dict)
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    faults: list[Fault] = field(default_factory=list)
    blocking: tuple[tuple[str, str], ...] = ()
    status: int = 200

    def __getitem__(self, name: str) -> str:
        return self.words.get(name, "")

    def fault(self, name: str) -> str | None:
        """What is wrong with a field."""
        return next((fault.sentence for fault in self.faults if fault.name == name), None)

    def rows(self, name: str, at_least: int = 0) -> range:
        """The rows of a list that were filled in, and so many at least."""
        filled_in = {each.split(".")[1] for each in self.words if each.startswith(f"{name}.")}
        return range(max(min(len(filled_in), MOST_ROWS), at_least))

    def listed(self, name: str) -> list[str]:
        """What of a list of codes was ticked: row by row as sent, or with blanks between, as it is kept."""
        ticked = [self.words[f"{name}.{row}"] for row in self.rows(name) if f"{name}.{row}" in self.words]
        return ticked or self[name].split()

    def wrong(self, name: str, sentence: str, status: int = UNPROCESSABLE) -> None:
        """Note something to correct."""
        self.faults.append(Fault(name, sentence))
        self.status = status


def file_name(written: str, longest: int = 200) -> str:
    """What a file is called where it came from: no folders, and nothing that cannot be read."""
    name = written.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in name if character.isprintable())[-longest:] or "file"


def sent() -> Form:
    """The form of this request, as typed."""
    typed = [(name, text) for name, text in request.form.items(multi=True) if name not in OURS]
    key = request.form.get(KEY, "")
    words = filled(typed) | {name: text for name, text in typed if name in SECRETS and text}
    usable = 0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable() and " " not in key
    return Form(words, key) if usable else Form(words)


def submitted(
    schema: Strict, deed: Callable[[Any], str], shown: Callable[[Form], str], form: Form | None = None
) -> Response:
    """Do what a form says, once, and go on to the address that ``deed`` gives; else show it again with its faults.

    ``deed`` takes what the schema made of the form; Invalid, Refused and the like are told beside the fields.
    """
    form = form or sent()
    return acted(form, lambda: deed(load(schema, form.words)), shown)


def acted(form: Form, deed: Callable[[], str], shown: Callable[[Form], str]) -> Response:
    """The same for a deed that needs nothing of the form but its key."""
    return _answered(form, lambda: done_once(form, deed), shown)


def acted_upon(
    form: Form, prepare: Callable[[], Ready], deed: Callable[[Ready], str], shown: Callable[[Form], str]
) -> Response:
    """The same for a deed whose ``prepare`` takes its time: others who write do not wait for it."""

    def done() -> str:
        ready = prepare()
        return done_once(form, lambda: deed(ready))

    return _answered(form, done, shown)


def _answered(form: Form, done: Callable[[], str], shown: Callable[[Form], str]) -> Response:
    try:
        address = done()
    except Invalid as error:
        for problem in error.problems:
            path = ".".join(str(part) for part in problem.field)
            form.wrong(path, told(problem))
    except Refused as error:
        _refuse(form, error)
    except SamePerson:
        form.wrong("", field_sentence(locale(), "same_person", {}), CONFLICT)
    except CannotPrint as error:
        form.wrong(error.field, unprintable_sentence(locale(), error.characters))
    except OtherWords:
        form.wrong("", say(locale(), USED), CONFLICT)
        form.key = Form().key
    else:
        return Response(status=SEE_OTHER, headers={"Location": address})
    return Response(shown(form), form.status, mimetype="text/html")


def _refuse(form: Form, error: Refused) -> None:
    sentence = refused(error)
    blocking = error.values.get("blocking")
    if isinstance(blocking, tuple):
        form.blocking = blocking
    name = FIELD_OF.get(error.code, "")
    form.wrong(name if name in form.words else "", sentence, CONFLICT)


def done_once(form: Form, deed: Callable[[], str]) -> str:
    """Where a deed leads; pressed twice, where it led the first time. Raises OtherWords and what ``deed`` raises."""
    scope = Scope(person().name, f"{request.method} {request.url_rule}", form.key)

    def perform(records: Records, subject: str | None) -> Outcome:
        with acting_on(records, subject):
            return Outcome(SEE_OTHER, LOCATION, None, deed())

    pressed = [(DO, request.form[DO])] if request.form.get(DO) else []
    asked = Asked(scope, _fingerprint([*form.words.items(), *pressed]))
    return answer_once(service().records, doer(), asked, perform).outcome.body


def _fingerprint(words: Iterable[tuple[str, str]]) -> str:
    """A digest of what was typed, under the service's secret: a form may hold a password.

    By a plain digest, whoever has a backup could try passwords out a million times faster than argon2id lets them.
    """
    said = json.dumps([request.path, sorted(words)]).encode("utf-8", "surrogatepass")
    return hmac.new(str(current_app.secret_key).encode(), said, hashlib.sha256).hexdigest()


def require(found: Found | None, noun: str, number: str) -> Found:
    """What was found. Raises NotFound where it was not."""
    if found is None:
        raise NotFound(noun, number)
    return found
