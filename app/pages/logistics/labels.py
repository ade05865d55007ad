"""Labels: lots in, a PDF out, for a label printer or a sheet of labels."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.current import doer, locale, service
from app.lookups.find import scanned
from app.operations.print_labels import print_labels
from app.operations.problems import Invalid, Problem
from app.pages.lots.listing import called_things
from app.pages.staff.door import page
from app.pages.staff.figures import day, kg
from app.pages.staff.forms import Form
from app.pages.staff.rendering import render
from app.pages.staff.told import told
from app.records.stock import LotView
from app.wording import names
from app.wording.catalogue import marked, say
from certificates.labels import LAYOUTS, Label, render_labels
from certificates.wording import counter_en

MOST = 1000  # labels at once: two rolls of them, and some seconds
LAYOUT_WORDS = {
    "62x29": marked("Label 62 × 29 mm"),
    "80x50": marked("Label 80 × 50 mm"),
    "100x60": marked("Label 100 × 60 mm"),
    "a4-12": marked("A4 sheet of 12"),
    "a4-24": marked("A4 sheet of 24"),
}
SEPARATORS = str.maketrans(",、，\n\r\t", "      ")


@page("/labels", Role.LOGISTICS, Role.PLANT, writes=True)
def labels() -> str:
    """Which lots, and on what."""
    return _shown(Form({"lots": " ".join(request.args.getlist("lots"))}))


def _shown(form: Form) -> str:
    return render("labels.html", "", form=form, layouts=LAYOUT_WORDS)


@page("/labels.pdf", Role.LOGISTICS, Role.PLANT, post=True)
def labels_pdf() -> AnyResponse:
    """The PDF; that it was made is in the audit log, and whether it was a reprint."""
    words = {name: request.form.get(name, "").strip() for name in ("lots", "layout", "skip", "copies")}
    layout = words["layout"] if words["layout"] in LAYOUTS else "80x50"
    numbers, copies = _numbers(words["lots"]), max(_count(words["copies"], 1), 1)
    form = Form(words)
    try:
        if len(numbers) * copies > MOST:
            raise Invalid([Problem(("lots",), "too_many_labels", {"most": MOST})])
        lots = print_labels(service().records, doer(), numbers, layout)
    except Invalid as error:
        for problem in error.problems:
            form.wrong("lots", told(problem))
        return Response(_shown(form), form.status, mimetype="text/html")
    pdf = _pdf(lots, layout, _count(words["skip"], 0), copies)
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": 'inline; filename="labels.pdf"'})


def _numbers(text: str) -> list[str]:
    """Numbers, or addresses of labels, with blanks or commas between; each once."""
    return list(dict.fromkeys(scanned(word).upper() for word in text.translate(SEPARATORS).split()))


def _count(text: str, default: int) -> int:
    return int(text[:6]) if text.isascii() and text.isdecimal() else default


def _pdf(lots: Sequence[LotView], layout: str, skip: int, copies: int) -> bytes:
    called = called_things()
    made = [_label(lot, called) for lot in lots for _ in range(copies)]
    return render_labels(made, LAYOUTS[layout], service().press.fonts(), skip)


def _label(lot: LotView, called: dict[str, Any]) -> Label:
    language = locale()
    item = called["items"].get(lot.scrap_item or lot.item or "")
    units = lot.scrap_units or lot.remaining_units
    alloy = names.ALLOYS.get(lot.alloy)
    what = [say(language, names.KINDS[lot.kind]), say(language, alloy) if alloy else lot.alloy]
    if item:
        what.append(_name(item))
    place = called["sites"].get(lot.place) or called["customers"].get(lot.place)
    lines = [
        # First, for what has no room on a label is what comes last: how much there is may never be that.
        "  ".join((f"{kg(lot.remaining_g)} kg", *([_units(units, item)] if units and item else []))),
        "  ".join(what),
        *([_name(called["customers"][lot.source_customer])] if lot.source_customer else []),
        f"{_name(place) if place else lot.place} {lot.bay or ''}".strip(),
        day(language, lot.made_at.date()),
    ]
    return Label(f"{service().issuer.public_url}/L/{quote(lot.number)}", lot.number, tuple(lines))


def _units(count: int, item: Mapping[str, Any]) -> str:
    counter = item["counter_ja"]
    return f"{count:,} {counter or ''}".strip() if locale() == "ja" else f"{count:,} {counter_en(counter, count)}"


def _name(row: dict[str, Any]) -> str:
    return str((row["name_ja"] or row["name_en"]) if locale() == "ja" else (row["name_en"] or row["name_ja"]))
