"""What if (試算): so much metal, so large a recycled share. Beside a quote, and on a page of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from app.access import Role
from app.carbon.avoided import UnitFactor
from app.carbon.what_if import WhatIf, what_if
from app.current import now, service
from app.lookups.master_data import factors_on, named_rows
from app.operations.problems import Invalid
from app.pages.lots.listing import called_things
from app.pages.staff.door import page
from app.pages.staff.forms import Form
from app.pages.staff.rendering import render
from app.pages.staff.told import told
from app.records.quotes import Quote
from app.schemas.forms import load
from app.schemas.quote_papers import WhatIfSchema

NAMES = ("kg", "percent", "item", "units")
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Estimate:
    """The form as typed, and what it comes to where it can be read."""

    form: Form
    found: WhatIf | None


@page("/what-if", Role.SALES)
def what_if_page() -> str:
    """The page of its own."""
    return render("what_if.html", "quotes", estimate=estimate_of(request.args), **called_things())


def estimate_of(asked: Mapping[str, str], quote: Quote | None = None) -> Estimate:
    """What an address asks for; beside a quote, what its first line asks for stands in the form."""
    words = {name: asked[name].strip()[:LONGEST] for name in NAMES if asked.get(name, "").strip()}
    if not words:
        return Estimate(Form(_of_quote(quote)), None)
    form = Form(words)
    try:
        return Estimate(form, _reckoned(load(WhatIfSchema(), words)))
    except Invalid as error:
        for problem in error.problems:
            form.wrong(".".join(map(str, problem.field)), told(problem))
        return Estimate(form, None)


def _of_quote(quote: Quote | None) -> dict[str, str]:
    line = quote.lines[0] if quote else {}
    said = {"item": line.get("item"), "units": line.get("units")}
    return {name: str(value) for name, value in said.items() if value}


def _reckoned(wanted: dict[str, int | str]) -> WhatIf:
    item = named_rows(service().records, "items").get(str(wanted.get("item", "")))
    factor = UnitFactor(item["unit_factor"], item["unit_divisor"] or None) if item and item["unit_factor"] else None
    units = wanted.get("units")
    return what_if(
        int(wanted["kg"]),
        int(wanted["percent"]),
        int(units) if units else None,
        factor,
        product=True,
        factors=factors_on(service().records, now()),
    )
