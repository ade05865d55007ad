"""Transfers, goods that come back, write-offs and bought metal: one short form each, and the records they make."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.current import doer, now, person, service
from app.lookups.corrections import one_return, one_reversal, one_write_off
from app.lookups.deeds import one_transfer
from app.lookups.lists import list_transfers, stock_at
from app.lookups.lots import one_lot
from app.lookups.master_data import named_rows
from app.operations.register_metal import RegisterMetal, register_metal
from app.operations.take_back import TakeBack, take_back
from app.operations.transfer import Transfer, transfer
from app.operations.write_off import WriteOff, request_write_off
from app.pages.lots.listing import called_things, cursor
from app.pages.reversals import reversal_page
from app.pages.staff.door import page
from app.pages.staff.forms import Form, acted, require, sent
from app.pages.staff.rendering import render
from app.schemas.corrections import ReturnSchema, WriteOffSchema
from app.schemas.forms import load
from app.schemas.lots import MetalLotSchema
from app.schemas.shapes import Strict
from app.schemas.transfers import TransferSchema

SHOWN = 50


def _begun() -> Form:
    """A form for the lot that the address names."""
    return Form({"lot": request.args["lot"].upper()[:60]} if request.args.get("lot") else {})


def _saved(
    schema: Strict, times: tuple[str, ...], deed: Callable[[Any], str], shown: Callable[[Form], str]
) -> AnyResponse:
    """Do what a form says; times left empty are now."""
    form = sent()

    def do() -> str:
        filled = {name: now().isoformat() for name in times} | form.words
        return deed(load(schema, filled))

    return acted(form, do, shown)


def _form(template: str, form: Form, **values: Any) -> str:
    """The form with what is known of its lot: how much of it is asked for in its units, where it has them."""
    lot = one_lot(service().records, form["lot"].upper()) if form["lot"] else None
    if lot and lot.view.remaining_units is not None:
        form.faults = [replace(each, name="units") if each.name == "kg" else each for each in form.faults]
    stock = stock_at(service().records, person().site)
    return render(template, "", form=form, lot=lot, stock=stock, **called_things(), **values)


@page("/transfers")
def transfers() -> str:
    """Moves between sites, newest first."""
    found = list_transfers(service().records, cursor(), SHOWN + 1)
    more = f"after={found[SHOWN - 1]['deed_id']}" if len(found) > SHOWN else ""
    return render("transfers.html", "", rows=found[:SHOWN], more=more, **called_things())


@page("/transfers/new", Role.LOGISTICS, writes=True)
def transfer_form() -> str:
    """A lot, or part of it, to another site."""
    return _form("transfer_new.html", _begun())


@page("/transfers", Role.LOGISTICS, post=True)
def transfer_now() -> AnyResponse:
    """Record a transfer."""

    def deed(wanted: Transfer) -> str:
        return f"/transfers/{quote(transfer(service().records, doer(), wanted).number)}?done=1"

    return _saved(TransferSchema(), ("sent_at", "received_at"), deed, lambda form: _form("transfer_new.html", form))


@page("/transfers/<number>")
def one_transfer_page(number: str) -> str:
    """One transfer."""
    return _transfer(number, Form())


def _transfer(number: str, form: Form) -> str:
    found = require(one_transfer(service().records, number.upper()), "transfer", number[:60])
    return render("transfer.html", "", answer=found, form=form, **called_things())


@page("/returns/new", Role.LOGISTICS, writes=True)
def return_form() -> str:
    """A whole delivered lot comes back."""
    return _form("return_new.html", _begun())


@page("/returns", Role.LOGISTICS, post=True)
def return_now() -> AnyResponse:
    """Record that goods came back."""

    def deed(wanted: TakeBack) -> str:
        return f"/returns/{quote(take_back(service().records, doer(), wanted))}?done=1"

    return _saved(ReturnSchema(), (), deed, lambda form: _form("return_new.html", form))


@page("/returns/<number>")
def one_return_page(number: str) -> str:
    """One return."""
    return _return(number, Form())


def _return(number: str, form: Form) -> str:
    found = require(one_return(service().records, number.upper()), "return", number[:60])
    undone = one_reversal(service().records, "return", number.upper())
    reversal = undone.reversal if undone else None
    return render("return.html", "", found=found, form=form, reversal=reversal, **called_things())


@page("/write-offs/new", Role.LOGISTICS, writes=True)
def write_off_form() -> str:
    """Metal that is not there any more."""
    return _form("write_off_new.html", _begun())


@page("/write-offs", Role.LOGISTICS, post=True)
def write_off_now() -> AnyResponse:
    """Ask for metal to be written off; a second person carries it out."""

    def deed(wanted: WriteOff) -> str:
        return f"/write-offs/{quote(request_write_off(service().records, doer(), wanted))}?done=1"

    return _saved(WriteOffSchema(), (), deed, lambda form: _form("write_off_new.html", form))


@page("/write-offs/<number>")
def one_write_off_page(number: str) -> str:
    """One write-off."""
    return _write_off(number, Form())


def _write_off(number: str, form: Form) -> str:
    found = require(one_write_off(service().records, number.upper()), "write_off", number[:60])
    return render("write_off.html", "", answer=found, form=form, **called_things())


@page("/metal-in", Role.LOGISTICS, Role.PLANT, writes=True)
def metal_form() -> str:
    """Bought metal."""
    return _metal(Form({"site": person().site or ""}))


def _metal(form: Form) -> str:
    saved = one_lot(service().records, request.args["saved"]) if request.args.get("saved") else None
    alloys = list(named_rows(service().records, "alloys"))
    return render("metal_in.html", "incoming", form=form, saved=saved, alloys=alloys, **called_things())


@page("/metal-in", Role.LOGISTICS, Role.PLANT, post=True)
def metal_now() -> AnyResponse:
    """Enter bought metal."""

    def deed(wanted: RegisterMetal) -> str:
        return f"/metal-in?saved={quote(register_metal(service().records, doer(), wanted).view.number)}"

    return _saved(MetalLotSchema(), ("received_at",), deed, _metal)


reversal_page("transfers", "transfer", (Role.LOGISTICS,), _transfer)
reversal_page("returns", "return", (Role.LOGISTICS,), _return)
reversal_page("write-offs", "write_off", (Role.LOGISTICS,), _write_off)
