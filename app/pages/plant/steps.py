"""Heats and other steps (溶解・鋳造・押出・製作): the list, the form, and one step."""

from typing import Any
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.current import doer, now, person, service
from app.ledger.lots import Kind
from app.ledger.transformations import FURNACE_STEPS, StepKind
from app.lookups.deeds import one_step
from app.lookups.lists import furnaces, list_steps, stock_at
from app.lookups.master_data import named_rows
from app.operations.record_transformation import RecordTransformation, record_transformation
from app.pages.lots.listing import called_things, cursor
from app.pages.plant.expected import expected_of
from app.pages.reversals import reversal_page
from app.pages.staff.door import page
from app.pages.staff.figures import field_moment
from app.pages.staff.forms import DO, Form, require, sent, submitted
from app.pages.staff.rendering import render
from app.pages.staff.rows import add_lot, known_lots, remove_row
from app.schemas.forms import Words
from app.schemas.transformations import TransformationSchema

SHOWN = 50
OUTPUT_ROWS = 2
INPUTS = "inputs"
RECORD, CALCULATE, ADD, MORE, REMOVE = "record", "calculate", "add", "more", "remove"


@page("/steps")
def steps() -> str:
    """Steps, newest first, and where to record one of each kind."""
    kind = request.args.get("kind", "")
    wanted = kind if kind in set(StepKind) else None
    found = list_steps(service().records, cursor(), SHOWN + 1, None, wanted)
    more = f"after={found[SHOWN - 1]['deed_id']}{f'&kind={wanted}' if wanted else ''}" if len(found) > SHOWN else ""
    return render(
        "steps.html", "steps", steps=found[:SHOWN], more=more, kinds=list(StepKind), chosen=wanted, **called_things()
    )


@page("/steps/new/<kind>", Role.PLANT, writes=True)
def step_form(kind: str) -> str:
    """The form of a kind of step."""
    site = person().site
    words = {"ended_at": field_moment(now())} | ({"site": site} if site else {})
    if request.args.get("lot"):
        words |= {"scan": request.args["lot"][:60]}
        return _shown(add_lot(Form(words), INPUTS), _kind(kind))
    return _shown(Form(words), _kind(kind))


def _kind(word: str) -> StepKind:
    try:
        return StepKind(word)
    except ValueError as error:
        raise NoSuchPage() from error


def _shown(form: Form, kind: StepKind, rows: int = OUTPUT_ROWS) -> str:
    records = service().records
    rule = named_rows(records, "step_rules")[kind.value]
    site = form["site"] or person().site
    stock = stock_at(records, site, [Kind(each) for each in rule["inputs"].split() if each != Kind.HEEL])
    heels = [
        heel for heel in stock_at(records, site, [Kind.HEEL]) if heel["furnace"] == (form["furnace"] or heel["furnace"])
    ]
    return render(
        "step_new.html",
        "steps",
        form=form,
        step=kind,
        furnace_step=kind in FURNACE_STEPS,
        outputs=rule["outputs"].split(),
        output_rows=form.rows("outputs", rows),
        lots=known_lots(form, INPUTS),
        stock=stock,
        heels=[heel for heel in heels if heel["number"] not in form.words.values()] if kind in FURNACE_STEPS else [],
        furnaces=furnaces(records, site),
        alloys=named_rows(records, "alloys"),
        expected=expected_of(form, kind, rule),
        **called_things(),
    )


@page("/steps/new/<kind>", Role.PLANT, post=True)
def step_now(kind: str) -> AnyResponse:
    """Record a step; or, by the form's other buttons, add a lot, a row, or calculate."""
    step, form, pressed = _kind(kind), sent(), request.form.get(DO, RECORD)
    verb, _, which = pressed.partition(".")
    if verb != RECORD:
        rows = len(form.rows("outputs", OUTPUT_ROWS)) + (verb == MORE)
        if verb == ADD:
            form = add_lot(form, INPUTS, which)
        elif verb == REMOVE:
            form = remove_row(form, which)
        return Response(_shown(form, step, rows), mimetype="text/html")

    def deed(wanted: RecordTransformation) -> str:
        return f"/steps/{quote(record_transformation(service().records, doer(), wanted))}?done=1"

    form.words.pop("scan", None)
    complete = Form(_complete(form.words, step), form.key)
    answer = submitted(TransformationSchema(), deed, lambda told: _shown(told, step), complete)
    return answer


def _complete(words: Words, kind: StepKind) -> Words:
    return {"kind": kind.value, **words}


@page("/steps/<number>")
def one_step_page(number: str) -> str:
    """One step: what went in, what came out."""
    return _one(number, Form())


def _one(number: str, form: Form) -> str:
    found: Any = require(one_step(service().records, number.upper()), "transformation", number[:60])
    return render("step.html", "steps", answer=found, form=form, **called_things())


reversal_page("steps", "transformation", (Role.PLANT,), _one)
