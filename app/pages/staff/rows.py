"""Rows of lots in a form: scanned or typed in one after another, and taken out again."""

from app.current import locale, service
from app.lookups.find import scanned
from app.lookups.lots import one_lot
from app.pages.staff.figures import kg
from app.pages.staff.forms import Form
from app.records.entered import LotAnswer
from app.schemas.forms import filled
from app.wording.catalogue import marked, say
from app.wording.problems import field_sentence

ALREADY = marked("Lot {lot} is in the list already.")
NOTHING_LEFT = marked("Nothing is left of lot {lot}.")


def add_lot(form: Form, rows: str, number: str = "") -> Form:
    """The form with one more row for a lot: all that is left of it, to be changed where it is less."""
    wanted = scanned(number or form["scan"]).upper()
    form.words.pop("scan", None)
    if not wanted:
        return form
    answer = one_lot(service().records, wanted)
    if answer is None:
        return _refused(form, wanted, field_sentence(locale(), "unknown_lot", {"value": wanted}))
    view = answer.view
    if any(form[f"{rows}.{row}.lot"] == view.number for row in form.rows(rows)):
        return _refused(form, wanted, say(locale(), ALREADY, lot=view.number))
    if not view.remaining_g:
        return _refused(form, wanted, say(locale(), NOTHING_LEFT, lot=view.number))
    row = len(form.rows(rows))
    form.words[f"{rows}.{row}.lot"] = view.number
    if view.remaining_units is not None:
        form.words[f"{rows}.{row}.units"] = str(view.remaining_units)
    else:
        form.words[f"{rows}.{row}.kg"] = kg(view.remaining_g)
    if not form["site"] and view.site_code:
        form.words["site"] = view.site_code
    return form


def _refused(form: Form, wanted: str, sentence: str) -> Form:
    form.words["scan"] = wanted
    form.wrong("scan", sentence)
    return form


def remove_row(form: Form, which: str) -> Form:
    """The form without a row, named such as ``inputs.2``; the rows after it move up."""
    kept = [(name, text) for name, text in form.words.items() if not name.startswith(f"{which}.")]
    return Form(filled(kept), form.key)


def known_lots(form: Form, rows: str) -> dict[str, LotAnswer]:
    """The lots of the rows, by number."""
    found = [one_lot(service().records, form[f"{rows}.{row}.lot"].upper()) for row in form.rows(rows)]
    return {answer.view.number: answer for answer in found if answer}
