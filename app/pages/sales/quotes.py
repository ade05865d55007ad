"""Quotes: what is asked for, the metal that fits, held until a day, and sent when it is ordered."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote as quoted

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.carbon.factors import japan_day
from app.current import certified, doer, now, person, service
from app.ledger.lots import CERTIFIABLE, Amount
from app.lookups.master_data import named_rows
from app.lookups.quote_figures import figures_of
from app.lookups.quote_papers import papers_of, troubled_quotes
from app.lookups.quotes import QuoteRead, list_quotes, one_quote
from app.operations.order_quote import Order, order_and_certify, order_quote
from app.operations.quotes import MakeQuote, make_quote, release, renew, reserve, withdraw_quote
from app.pages.lots.listing import called_things, cursor
from app.pages.sales.what_if import estimate_of
from app.pages.staff.door import page
from app.pages.staff.figures import field_moment
from app.pages.staff.forms import DO, Form, acted, require, sent, submitted
from app.pages.staff.rendering import render
from app.schemas.quotes import OrderSchema, QuoteSchema, ReserveSchema, UntilSchema

SHOWN = 50
LINE_ROWS = 3
USUAL_DAYS = 30


@page("/quotes", Role.SALES)
def quotes() -> str:
    """Quotes, newest first."""
    found = list_quotes(service().records, cursor(), SHOWN + 1)
    more = f"after={found[SHOWN - 1]['id']}" if len(found) > SHOWN else ""
    rows = found[:SHOWN]
    troubled = troubled_quotes(service().records)
    return render("quotes.html", "quotes", rows=rows, more=more, today=_today(), troubled=troubled, **called_things())


def _today() -> date:
    return japan_day(now())


@page("/quotes/new", Role.SALES, writes=True)
def quote_form() -> str:
    """Customer, day and lines."""
    return _new(Form({"valid_until": (_today() + timedelta(days=USUAL_DAYS)).isoformat()}))


def _new(form: Form) -> str:
    rows = form.rows("lines", LINE_ROWS)
    alloys = named_rows(service().records, "alloys")
    kinds = [kind.value for kind in CERTIFIABLE]
    return render("quote_new.html", "quotes", form=form, rows=rows, alloys=alloys, kinds=kinds, **called_things())


@page("/quotes", Role.SALES, post=True)
def quote_now() -> AnyResponse:
    """Write a quote down."""

    def deed(wanted: MakeQuote) -> str:
        return f"/quotes/{quoted(make_quote(service().records, doer(), wanted))}?done=recorded"

    return submitted(QuoteSchema(), deed, _new)


@page("/quotes/<number>", Role.SALES)
def quote_page(number: str) -> str:
    """One quote."""
    return _one(number, Form())


def _one(number: str, form: Form, at: int = 0) -> str:
    records, today = service().records, _today()
    read: QuoteRead = require(one_quote(records, number.upper(), today), "quote", number[:60])
    form.words.setdefault("until", read.quote.valid_until.isoformat())
    held_at = sorted({each.site for line in read.lines for each in line.held if each.site})
    return render(
        "quote.html",
        "quotes",
        read=read,
        quote=read.quote,
        form=form,
        at=at,
        papers=papers_of(records, read.quote, today),
        figures=figures_of(records, read.quote, today),
        estimate=estimate_of(request.args, read.quote),
        today=today,
        now_field=field_moment(now()),
        may_sell=Role(person().role) in (Role.SALES, Role.ADMIN),
        held_at=held_at,
        likely_site=next(iter(held_at), person().site or ""),
        **called_things(),
    )


def back(number: str, done: str) -> str:
    """The page of a quote, and what was done."""
    return f"/quotes/{quoted(number)}?done={done}"


@page("/quotes/<number>/lines/<int:position>/reservation", Role.SALES, post=True)
def reserve_now(number: str, position: int) -> AnyResponse:
    """Hold metal of a lot for a line."""

    def deed(wanted: tuple[str, Amount, date]) -> str:
        reserve(service().records, doer(), number.upper(), position, *wanted)
        return back(number, "held")

    return submitted(ReserveSchema(), deed, lambda form: _one(number, form, position))


@page("/quotes/<number>/reservations/<int:reservation_id>", Role.SALES, post=True)
def reservation_now(number: str, reservation_id: int) -> AnyResponse:
    """Let held metal go, or hold it until another day, by the button that was pressed."""
    form = sent()
    if request.form.get(DO) == "renew":
        return submitted(UntilSchema(), lambda wanted: _renewed(number, reservation_id, wanted), shown(number), form)

    def deed() -> str:
        release(service().records, doer(), number.upper(), reservation_id)
        return back(number, "released")

    return acted(form, deed, shown(number))


def shown(number: str) -> Any:
    """The page of a quote, for a form of it that has something to correct."""
    return lambda form: _one(number, form)


def _renewed(number: str, reservation_id: int, wanted: dict[str, date]) -> str:
    renew(service().records, doer(), number.upper(), reservation_id, wanted["until"])
    return back(number, "renewed")


@page("/quotes/<number>/order", Role.SALES, post=True)
def order_now(number: str) -> AnyResponse:
    """The customer has ordered: what is held leaves, with its certificate or, by the other button, without one yet."""
    form = sent()
    if request.form.get(DO) == "certify":
        form.words["certify"] = "true"
    else:
        form.words.pop("valid_until", None)
    return submitted(OrderSchema(), lambda wanted: _ordered(number.upper(), wanted), shown(number), form)


def _ordered(number: str, wanted: Order) -> str:
    held = service()
    if not wanted.certify:
        done = order_quote(held.records, doer(), number, wanted)
        return f"/dispatches/{quoted(done.number)}?done=1"
    issued = certified(lambda: order_and_certify(held.records, held.press, held.issuer, doer(), number, wanted))
    return f"/certificates/{quoted(issued)}?done=1"


@page("/quotes/<number>/withdrawal", Role.SALES, post=True)
def withdraw_now(number: str) -> AnyResponse:
    """Take a quote back; what was held for it is free."""

    def deed() -> str:
        withdraw_quote(service().records, doer(), number.upper())
        return back(number, "withdrawn")

    return acted(sent(), deed, shown(number))
