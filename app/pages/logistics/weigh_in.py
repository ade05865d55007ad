"""Weigh in (入荷登録): one short page, in the order of a weighing slip."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Response, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.carbon.avoided import UnitFactor, by_units
from app.carbon.factors import JAPAN
from app.current import doer, locale, now, person, service
from app.lookups.lots import one_lot
from app.lookups.master_data import factors_on, named_rows
from app.lookups.weighing import bays, known, last_entry, photo
from app.operations.attach_photos import Photo, attach_photos
from app.operations.register_scrap import RegisterScrap, register_scrap
from app.pages.staff.door import page
from app.pages.staff.figures import field_moment
from app.pages.staff.forms import Form, acted_upon, require, sent
from app.pages.staff.rendering import named_sentence, render
from app.schemas.forms import Words, load
from app.schemas.lots import ScrapLotSchema
from app.schemas.photos import Picture, read_photos

ENTERED = "entered_at"  # by the clock of the device
LARGEST_BODY = 64 * 1024 * 1024


@page("/weigh-in", Role.LOGISTICS, writes=True)
def weigh_in() -> str:
    """The form, with the defaults of the last entry."""
    return _shown(Form(_defaults()))


def _defaults() -> Words:
    last = last_entry(service().records, person().name) or {}
    words = {"customer": last.get("customer_code"), "item": last.get("item"), "alloy": last.get("alloy")}
    words |= {"site": person().site or last.get("site_code"), "bay": last.get("bay")}
    return {name: text for name, text in words.items() if text}


def _shown(form: Form) -> str:
    records = service().records
    items = {code: row for code, row in named_rows(records, "items").items() if row["scrap_classes"]}
    site = form["site"] or person().site or ""
    return render(
        "weigh_in.html",
        "incoming",
        form=form,
        items=items,
        help_of=_help_of(items),
        customers=named_rows(records, "customers"),
        alloys=named_rows(records, "alloys"),
        sites=named_rows(records, "sites"),
        classes=named_rows(records, "scrap_classes"),
        bays=bays(records, site or None),
        saved=_saved(request.args.get("saved")),
        now_field=field_moment(now()),
        photos_lost=any(request.files.getlist("photos")),
    )


def _help_of(items: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What the page's script needs of each item: the usual weight of one, and what one is worth."""
    factors = factors_on(service().records, now())
    helped = {}
    for code, item in items.items():
        unit_factor = UnitFactor(item["unit_factor"], item["unit_divisor"]) if item["unit_factor"] else None
        helped[code] = {
            "least": item["plausible_min_g"],
            "most": item["plausible_max_g"],
            "each": by_units(1, unit_factor.grams_per_unit(factors)) if unit_factor else 0,
            "counter": item["counter_ja"] or "",
        }
    return helped


def _saved(number: str | None) -> Any:
    """The lot that was just saved, for the message above the next form."""
    answer = one_lot(service().records, number) if number else None
    return answer if answer and answer.view.person == person().name else None


@page("/weigh-in", Role.LOGISTICS, post=True, largest=LARGEST_BODY)
def weigh_in_now() -> AnyResponse:
    """Save a slip, with its photos, and go on to the next; ``Accept: application/json`` is for slips that waited."""
    form = sent()
    answer = acted_upon(form, lambda: _read(form), lambda read: _register(*read), _shown)
    return _for_script(form, answer) if _waited() else answer


def _waited() -> bool:
    """Whether a slip comes from a script that kept it, not from a person who looks at the form."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _read(form: Form) -> tuple[RegisterScrap, Sequence[Photo]]:
    """The slip and its photos, as they are kept: made small before anything is locked."""
    words = {"weighed_at": _moment(form).isoformat(), "scrap_class": _class_of(form["item"]), **form.words}
    slip: RegisterScrap = load(
        ScrapLotSchema(), {name: text for name, text in words.items() if text and name != ENTERED}
    )
    pictures = [Picture(each.filename or "", each.read()) for each in request.files.getlist("photos") if each]
    return slip, read_photos(pictures)


def _register(slip: RegisterScrap, photos: Sequence[Photo]) -> str:
    number = register_scrap(service().records, doer(), slip).view.number
    attach_photos(service().records, doer(), number, photos)
    return f"/weigh-in?saved={quote(number)}"


def _moment(form: Form) -> datetime:
    """When a slip was weighed that does not say: now; where it waited on a device, when it was entered there.

    Clocks of devices may be ahead of ours: nothing is weighed in the future.
    """
    try:
        entered = datetime.fromisoformat(form[ENTERED]).replace(tzinfo=JAPAN)
    except ValueError:
        return now()
    return min(entered, now()) if _waited() else now()


def _class_of(item: str) -> str:
    """The class an item usually is: the first of those listed for it."""
    row = named_rows(service().records, "items").get(item)
    return (row["scrap_classes"].split() or [""])[0] if row else ""


def _for_script(form: Form, answer: AnyResponse) -> AnyResponse:
    if "Location" in answer.headers:
        return jsonify(saved=answer.headers["Location"])
    faults = [{"name": each.name, "sentence": named_sentence(locale(), each)} for each in form.faults]
    return Response(jsonify(faults=faults).get_data(), answer.status_code, mimetype="application/json")


@page("/weigh-in/known", Role.LOGISTICS, writes=True)
def what_is_known() -> AnyResponse:
    """For the page's script: whether a slip is taken, and what a vehicle weighed empty."""
    slip_number, vehicle = (
        unicodedata.normalize("NFKC", request.args.get(name, "")[:80]).strip() for name in ("slip", "vehicle")
    )
    found = known(service().records, request.args.get("site", ""), slip_number.upper(), vehicle)
    seen: datetime | None = found.last_seen
    hours = (now() - seen).total_seconds() / 3600 if seen else None
    return jsonify(slip_taken=found.slip_taken, tare_g=found.tare_g, hours=hours, lot=found.last_lot)


@page("/photos/<int:photo_id>.jpg")
def show_photo(photo_id: int) -> AnyResponse:
    """A photo of a lot."""
    jpeg = require(photo(service().records, photo_id), "photo", str(photo_id))
    return Response(jpeg, mimetype="image/jpeg", headers={"Cache-Control": "private, max-age=86400"})


@page("/unsent", Role.LOGISTICS, writes=True)
def unsent() -> str:
    """What waits on this device; the page's script shows and sends it."""
    return render("unsent.html", "incoming")
