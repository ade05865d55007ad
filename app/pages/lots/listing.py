"""Lots: the list with its filters, and today's incoming."""

from typing import Any
from urllib.parse import urlencode

from flask import request

from app.current import locale, now, service
from app.ledger.lots import Kind
from app.lookups.lots import list_lots
from app.lookups.master_data import named_rows
from app.lookups.work import start_of_day
from app.pages.staff.door import page
from app.pages.staff.rendering import render
from app.records.stock import LotFilter

SHOWN = 50
LONGEST = 60


@page("/lots")
def lots() -> str:
    """Lots, newest first, by kind, place, customer and words."""
    asked = {name: request.args.get(name, "").strip()[:LONGEST] for name in ("kind", "place", "customer", "q", "left")}
    wanted = LotFilter(
        kind=asked["kind"] if asked["kind"] in set(Kind) else None,
        place=asked["place"] or None,
        customer=asked["customer"] or None,
        q=asked["q"] or None,
        left=bool(asked["left"]),
    )
    return _list("lots", wanted, asked)


@page("/incoming")
def incoming() -> str:
    """What came in today; everything, where it is asked for."""
    everything = request.args.get("all") == "1"
    since = None if everything else start_of_day(now())
    wanted = LotFilter(kind=Kind.SCRAP.value, since=since)
    return _list("incoming", wanted, {"all": "1"} if everything else {})


def _list(place: str, wanted: LotFilter, asked: dict[str, str]) -> str:
    after = cursor()
    answers = list_lots(service().records, wanted, after, SHOWN + 1)
    shown = answers[:SHOWN]
    more = urlencode(asked | {"after": shown[-1].view.id}) if len(answers) > SHOWN else ""
    return render(
        "lots.html",
        place,
        incoming=place == "incoming",
        asked=asked,
        lots=shown,
        more=more,
        kinds=list(Kind),
        **called_things(),
        language=locale(),
    )


def cursor() -> int:
    """Where a list goes on: what is no number is the start."""
    after = request.args.get("after", "")
    return int(after) if after.isascii() and after.isdecimal() and len(after) < 16 else 0


def called_things() -> dict[str, Any]:
    """What customers, sites, items and classes are called, for a template."""
    records = service().records
    return {
        "customers": named_rows(records, "customers"),
        "sites": named_rows(records, "sites"),
        "items": named_rows(records, "items"),
        "classes": named_rows(records, "scrap_classes"),
    }
