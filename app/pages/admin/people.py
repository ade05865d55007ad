"""People and API keys."""

from datetime import datetime, time
from typing import Any
from urllib.parse import quote

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.carbon.factors import JAPAN
from app.current import doer, service
from app.lookups.people import all_keys, everybody, one_person
from app.operations.create_key import create_key, end_key
from app.operations.people import PersonWanted, as_seen, change_person, create_person
from app.operations.seen import mark
from app.pages.lots.listing import called_things
from app.pages.staff.door import page
from app.pages.staff.forms import SEEN, Form, acted, require, sent, submitted
from app.pages.staff.rendering import render
from app.schemas.forms import load
from app.schemas.people import ROLES, KeySchema, PersonChangeSchema, PersonSchema


@page("/admin", Role.ADMIN, writes=True)
def admin() -> str:
    """What there is to keep."""
    return render("admin.html", "admin")


@page("/admin/people", Role.ADMIN, writes=True)
def people() -> str:
    """Everybody, and a form for one more."""
    return _people(Form())


def _people(form: Form) -> str:
    shown = everybody(service().records)
    return render("people.html", "admin", form=form, people=shown, roles=ROLES, **called_things())


@page("/admin/people", Role.ADMIN, post=True)
def person_now() -> AnyResponse:
    """Make a person."""

    def deed(wanted: PersonWanted) -> str:
        create_person(service().records, doer(), wanted)
        return f"/admin/people?done={quote(wanted.login)}"

    return submitted(PersonSchema(), deed, _people)


@page("/admin/people/<login>", Role.ADMIN, writes=True)
def one_person_page(login: str) -> str:
    """A person, to be changed."""
    found = require(one_person(service().records, login), "person", login[:80])
    words = {"name": found.name, "role": found.role, "site": found.site_code or ""}
    return _person(login, Form(words | ({} if found.ended_at else {"active": "yes"})))


def _person(login: str, form: Form) -> str:
    found = require(one_person(service().records, login), "person", login[:80])
    form.words[SEEN] = mark(as_seen(found))
    return render("person.html", "admin", form=form, found=found, roles=ROLES, **called_things())


@page("/admin/people/<login>", Role.ADMIN, post=True)
def change_person_now(login: str) -> AnyResponse:
    """Change a person; another role or password ends their sessions."""

    form = sent()
    seen = form.words.pop(SEEN, None)

    def deed(wanted: dict[str, Any]) -> str:
        person = PersonWanted(login, wanted["name"], wanted["role"], wanted.get("site"), wanted.get("password"))
        change_person(service().records, doer(), person, wanted.get("active") == "yes", seen)
        return f"/admin/people?done={quote(login)}"

    return submitted(PersonChangeSchema(), deed, lambda told: _person(login, told), form)


@page("/admin/keys", Role.ADMIN, writes=True)
def keys() -> str:
    """API keys, without what could be used of them."""
    return _keys(Form(), None)


def _keys(form: Form, made: str | None) -> str:
    return render("keys.html", "admin", form=form, made=made, keys=all_keys(service().records), roles=ROLES)


@page("/admin/keys", Role.ADMIN, post=True)
def key_now() -> AnyResponse:
    """Make a key and show it, this once: it is kept nowhere, not even with the form's key."""
    form = sent()
    made: list[str] = []

    def deed() -> str:
        wanted: dict[str, Any] = load(KeySchema(), form.words)
        # The last one: a deed that collided with another is tried again, and the first key never came to be.
        made[:] = [create_key(service().records, doer(), wanted["role"], wanted["owner"], _ends(wanted))]
        return "/admin/keys"

    answer = acted(form, deed, lambda told: _keys(told, None))
    return Response(_keys(Form(), made[0]), mimetype="text/html") if made else answer


def _ends(wanted: dict[str, Any]) -> datetime | None:
    """The first moment of the day on which a key no longer works."""
    return datetime.combine(wanted["expires"], time(), JAPAN) if "expires" in wanted else None


@page("/admin/keys/<int:key_id>/end", Role.ADMIN, post=True)
def end_key_now(key_id: int) -> AnyResponse:
    """End a key."""

    def deed() -> str:
        end_key(service().records, doer(), key_id)
        return f"/admin/keys?done={key_id}"

    return acted(sent(), deed, lambda form: _keys(form, None))
