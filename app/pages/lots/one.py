"""One lot: what remains, its way in both directions, its history, and how to correct it."""

from typing import Any
from urllib.parse import quote

from flask import Response, jsonify
from markupsafe import Markup
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.current import doer, locale, person, service
from app.ledger.grams import kilograms_text
from app.ledger.lots import Kind
from app.lookups.lot_page import LotPage, column_of, lot_page
from app.lookups.lots import lineage, one_lot
from app.operations.reverse import reverse
from app.pages.lots.listing import called_things
from app.pages.lots.picture import CLASSES, Band, Words, draw
from app.pages.lots.picture_down import draw_down
from app.pages.staff.door import page
from app.pages.staff.figures import kg
from app.pages.staff.forms import Form, acted, require, sent, submitted
from app.pages.staff.rendering import ADDRESSES, render
from app.records.history import Touch
from app.schemas.corrections import ReasonSchema
from app.schemas.lots import LineageReply, LotReply, lineage_out, lot_out
from app.schemas.spreadsheets import BYTE_ORDER_MARK, csv_row
from app.wording import names
from app.wording.catalogue import marked, say

UNDONE = marked("Undone right after it was entered")


@page("/lots/<number>")
def lot(number: str) -> str:
    """The page of a lot."""
    return _shown(number, Form())


def _shown(number: str, form: Form) -> str:
    found = require(lot_page(service().records, number.upper()), "lot", number[:60])
    called = called_things()
    return render(
        "lot.html",
        "lots",
        lot=found.answer.view,
        page=found,
        form=form,
        pictures=_picture(found, called),
        conclusion=conclusion(found),
        may_reverse=_may_reverse(found),
        origin_class=lambda origin, customer: CLASSES[
            column_of((origin.kind, origin.scrap_class, origin.customer), customer)
        ],
        **called,
    )


def _may_reverse(found: LotPage) -> bool:
    """Whose deed the entry of a lot is: scrap is the yard's, bought metal the works' as well."""
    role = Role(person().role)
    if found.maker.kind != "entry" or found.answer.view.reversed_at is not None:
        return False
    return role in (Role.LOGISTICS, Role.ADMIN) or (role is Role.PLANT and found.answer.view.kind != Kind.SCRAP)


@page("/lots/<number>/reversal", Role.LOGISTICS, Role.PLANT, post=True)
def reverse_lot(number: str) -> AnyResponse:
    """Undo the entry of a lot, with a reason."""
    _require_may_reverse(number)

    def deed(wanted: dict[str, str]) -> str:
        reverse(service().records, doer(), "lot", number.upper(), wanted["reason"])
        return f"/lots/{quote(number)}?done=1"

    return submitted(ReasonSchema(), deed, lambda form: _shown(number, form))


@page("/lots/<number>/undo", Role.LOGISTICS, Role.PLANT, post=True)
def undo_lot(number: str) -> AnyResponse:
    """Undo an entry that was made a moment ago: no reason need be typed."""
    _require_may_reverse(number)

    def deed() -> str:
        reverse(service().records, doer(), "lot", number.upper(), say(locale(), UNDONE))
        return f"/lots/{quote(number)}?done=1"

    return acted(sent(), deed, lambda form: _shown(number, form))


def _require_may_reverse(number: str) -> None:
    found = require(one_lot(service().records, number.upper()), "lot", number[:60])
    if person().role == Role.PLANT and found.view.kind == Kind.SCRAP:
        raise Forbidden()


@page("/lots/<number>.json")
def lot_json(number: str) -> AnyResponse:
    """The same for programs: the lot and its lineage."""
    answer = require(one_lot(service().records, number.upper()), "lot", number[:60])
    way = require(lineage(service().records, number.upper()), "lot", number[:60])
    said: dict[str, Any] = LotReply().dump(lot_out(answer))
    return jsonify(said | {"lineage": LineageReply().dump(lineage_out(way))})


@page("/lots/<number>.csv")
def lot_csv(number: str) -> AnyResponse:
    """Its content by origin, for a spreadsheet."""
    answer = require(one_lot(service().records, number.upper()), "lot", number[:60])
    lines = [BYTE_ORDER_MARK, csv_row(["lot", "origin", "kind", "customer", "kg", "remaining_kg"])]
    for origin in answer.origins or ():
        masses = [kilograms_text(origin.made_g), kilograms_text(origin.remaining_g)]
        lines.append(csv_row([answer.view.number, origin.number, origin.kind, origin.customer, *masses]))
    headers = {"Content-Disposition": f'attachment; filename="{quote(answer.view.number)}.csv"'}
    return Response("".join(lines), mimetype="text/csv", headers=headers)


def _picture(found: LotPage, called: dict[str, Any]) -> tuple[Markup, Markup]:
    """The way across, for a desk and for paper, and down, for a phone."""
    language = locale()
    view = found.answer.view
    step = found.maker.kind != "entry"
    left = [
        Band(
            each.number,
            f"{say(language, names.KINDS[each.kind])} {kg(each.strata.mass_g)} kg",
            each.strata,
            f"/lots/{quote(each.number)}",
        )
        for each in found.inputs
        if each.number != view.number
    ]
    right = [
        Band(
            each.number,
            f"{_deed(each.touch)} {kg(each.strata.mass_g)} kg",
            each.strata,
            ADDRESSES.get(each.kind, "") + quote(each.number),
        )
        for each in found.takers
    ]
    if view.reversed_at is not None:
        right.append(Band(say(language, "Reversed"), f"{kg(found.made.mass_g)} kg", found.made))
    if found.remaining.mass_g:
        right.append(
            Band(say(language, "{kg} kg left", kg=kg(found.remaining.mass_g)), _place(found, called), found.remaining)
        )
    words = Words(
        conclusion=conclusion(found),
        this_lot=say(language, "This lot"),
        step=_deed(found.maker) if step else "",
        step_number=found.maker.number or "",
        loss=say(language, "loss {kg} kg", kg=kg(found.step_loss_g)) if found.step_loss_g else "",
        more=say(language, "{n} more", n="{n}"),
    )
    return draw(found, left, right, words), draw_down(found, left, right, words)


def _deed(touch: Touch) -> str:
    """What a deed was: for a step, which kind of step."""
    return say(locale(), names.STEPS[touch.step] if touch.step else names.DEEDS[touch.kind])


def _place(found: LotPage, called: dict[str, Any]) -> str:
    view = found.answer.view
    row = called["sites"].get(view.place) or called["customers"].get(view.place) or {}
    name = row.get("name_ja", view.place) if locale() == "ja" else row.get("name_en", view.place)
    return f"{name} {view.bay or ''}".strip()


def conclusion(found: LotPage) -> str:
    """The picture in one sentence, for whoever hears it."""
    view = found.answer.view
    if view.reversed_at is not None:
        return say(
            locale(), "{made} kg were made into this lot. That was reversed: it counts nowhere.", made=kg(view.mass_g)
        )
    used = view.mass_g - view.remaining_g
    return say(
        locale(),
        "{made} kg were made into this lot; {used} kg were used and {left} kg are left.",
        made=kg(view.mass_g),
        used=kg(used),
        left=kg(view.remaining_g),
    )
