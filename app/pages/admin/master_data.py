"""Customers, sites, items and factor versions."""

from typing import Any
from urllib.parse import quote

from flask import request
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.carbon.factors import Factor
from app.current import doer, service
from app.ledger.transformations import StepKind
from app.lookups.master_data import all_factors, named_rows
from app.operations.keep_master_data import EDITED, add_factor_version, keep_row
from app.operations.seen import mark
from app.pages.staff.door import page
from app.pages.staff.forms import SEEN, Form, require, sent, submitted
from app.pages.staff.rendering import render
from app.schemas.master_data import SCHEMAS, FactorSchema, row_words


def _sheet(name: str) -> str:
    if name not in EDITED:
        raise NoSuchPage()
    return name


@page("/admin/<any(customers, sites, items):sheet>", Role.ADMIN, writes=True)
def sheet_page(sheet: str) -> str:
    """The rows of a sheet, and a form for one more."""
    return _rows(sheet, Form())


def _rows(sheet: str, form: Form) -> str:
    rows = named_rows(service().records, _sheet(sheet))
    return _page(sheet, form=form, rows=rows, changing=None, done=request.args.get("done"))


def _page(sheet: str, **values: Any) -> str:
    classes = named_rows(service().records, "scrap_classes")
    return render(f"{sheet}.html", "admin", classes=classes, step_kinds=list(StepKind), **values)


@page("/admin/<any(customers, sites, items):sheet>", Role.ADMIN, post=True)
def row_now(sheet: str) -> AnyResponse:
    """Add a row."""
    return submitted(SCHEMAS[sheet](), lambda row: _keep(sheet, row, new=True), lambda form: _rows(sheet, form))


@page("/admin/<any(customers, sites, items):sheet>/<code>", Role.ADMIN, writes=True)
def row_page(sheet: str, code: str) -> str:
    """A row, to be changed; its code stays."""
    row = require(named_rows(service().records, _sheet(sheet)).get(code), "row", code[:40])
    return _row(sheet, code, Form(row_words(row)))


def _row(sheet: str, code: str, form: Form) -> str:
    rows = named_rows(service().records, sheet)
    form.words[SEEN] = mark(rows[code])
    return _page(sheet, form=form, rows=rows, changing=code, done=None)


@page("/admin/<any(customers, sites, items):sheet>/<code>", Role.ADMIN, post=True)
def change_row_now(sheet: str, code: str) -> AnyResponse:
    """Change a row."""

    form = sent()
    seen = form.words.pop(SEEN, None)

    def deed(row: dict[str, Any]) -> str:
        return _keep(sheet, row | {"code": code}, new=False, seen=seen)

    require(named_rows(service().records, _sheet(sheet)).get(code), "row", code[:40])
    return submitted(SCHEMAS[sheet](), deed, lambda told: _row(sheet, code, told), form)


def _keep(sheet: str, row: dict[str, Any], new: bool, seen: str | None = None) -> str:
    keep_row(service().records, doer(), sheet, row, new, seen)
    return f"/admin/{sheet}?done={quote(str(row['code']))}"


@page("/admin/factors", Role.ADMIN, writes=True)
def factors() -> str:
    """Every version of every factor, and a form for the next one."""
    return _factors(Form())


def _factors(form: Form) -> str:
    shown = all_factors(service().records)
    keys = sorted({factor.key for factor in shown})
    return render("factors.html", "admin", form=form, factors=shown, keys=keys, done=request.args.get("done"))


@page("/admin/factors", Role.ADMIN, post=True)
def factor_now() -> AnyResponse:
    """Add a version of a factor; what was issued keeps its copy."""

    def deed(wanted: Factor) -> str:
        return f"/admin/factors?done={quote(wanted.key)}+{add_factor_version(service().records, doer(), wanted)}"

    return submitted(FactorSchema(), deed, _factors)
