"""Dispatches: send metal to a customer under a delivery note; the list; one."""

from typing import Any
from urllib.parse import quote

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.current import doer, now, person, service
from app.ledger.lots import Kind
from app.lookups.deeds import one_dispatch
from app.lookups.lists import list_dispatches, stock_at, uncertified
from app.operations.dispatch import Dispatch, dispatch
from app.pages.lots.listing import called_things, cursor
from app.pages.reversals import reversal_page
from app.pages.staff.door import page
from app.pages.staff.figures import field_moment
from app.pages.staff.forms import DO, Form, require, sent, submitted
from app.pages.staff.rendering import render
from app.pages.staff.rows import add_lot, known_lots, remove_row
from app.schemas.dispatches import DispatchSchema

SHOWN = 50
LINES = "lines"
MOVABLE = tuple(kind for kind in Kind if kind is not Kind.HEEL)


@page("/dispatches")
def dispatches() -> str:
    """Dispatches, newest first."""
    customer = request.args.get("customer", "")[:40] or None
    found = list_dispatches(service().records, cursor(), SHOWN + 1, customer)
    more = f"after={found[SHOWN - 1]['deed_id']}" if len(found) > SHOWN else ""
    return render("dispatches.html", "", rows=found[:SHOWN], more=more, **called_things())


@page("/dispatches/new", Role.LOGISTICS, Role.SALES, writes=True)
def dispatch_form() -> str:
    """The delivery note, line by line."""
    words = {"dispatched_at": field_moment(now()), "site": person().site or ""}
    form = Form(words | ({"scan": request.args["lot"][:60]} if request.args.get("lot") else {}))
    return _shown(add_lot(form, LINES) if form["scan"] else form)


def _shown(form: Form) -> str:
    site = form["site"] or None
    return render(
        "dispatch_new.html",
        "",
        form=form,
        lots=known_lots(form, LINES),
        stock=stock_at(service().records, site, MOVABLE),
        **called_things(),
    )


@page("/dispatches", Role.LOGISTICS, Role.SALES, post=True)
def dispatch_now() -> AnyResponse:
    """Record a dispatch; or, by the form's other buttons, add a line or take one out."""
    form = sent()
    verb, _, which = request.form.get(DO, "record").partition(".")
    if verb == "add":
        return Response(_shown(add_lot(form, LINES, which)), mimetype="text/html")
    if verb == "remove":
        return Response(_shown(remove_row(form, which)), mimetype="text/html")
    form.words.pop("scan", None)

    def deed(wanted: Dispatch) -> str:
        return f"/dispatches/{quote(dispatch(service().records, doer(), wanted).number)}?done=1"

    return submitted(DispatchSchema(), deed, _shown, form)


@page("/dispatches/<number>")
def one_dispatch_page(number: str) -> str:
    """One delivery note with its delivered lots."""
    return _one(number, Form())


def _one(number: str, form: Form) -> str:
    found: Any = require(one_dispatch(service().records, number.upper()), "dispatch", number[:60])
    free = {row["number"] for row in uncertified(service().records, found.dispatch.customer_code)}
    return render("dispatch.html", "", answer=found, form=form, free=free, **called_things())


reversal_page("dispatches", "dispatch", (Role.LOGISTICS, Role.SALES), _one)
