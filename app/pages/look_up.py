"""Check a certificate by what is printed beside its QR code, for whoever has the paper and no camera."""

import re
import unicodedata

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.current import locale, service
from app.lookups.certificates import code_of
from app.pages.staff.door import open_page
from app.pages.staff.forms import Form
from app.pages.staff.rendering import render
from app.wording.catalogue import marked, say

LONGEST = 80
NUMBER = re.compile(r"(GMC)([0-9]{4})([0-9]{1,12})")
# Crockford's alphabet leaves out what is misread; whoever types it anyway is understood (crockford.com/base32).
MISREAD = str.maketrans("OILU", "011V")
# Beside what Unicode counts among the dashes: minus, long vowel, box line and the hyphens that are not seen. A Japanese
# keyboard writes one of the first two where the paper has a hyphen.
DASHES = "\u2212\u30fc\u2500\u2043\u00ad"
UNFILLED = {
    "number": marked("Type the number of the certificate, as GMC-2026-000001."),
    "check": marked("Type the check characters as well: eight letters and digits, under the number."),
}


@open_page("/verify")
def look_up() -> str | AnyResponse:
    """A form; what is found is shown by the page behind the code."""
    form = Form({name: request.args.get(name, "")[:LONGEST].strip() for name in UNFILLED})
    asked = any(name in request.args for name in UNFILLED)
    for name, sentence in UNFILLED.items():
        if asked and not form[name]:
            form.wrong(name, say(locale(), sentence))
    complete = asked and not form.faults
    code = _code(form) if complete else None
    if code:
        return redirect(f"/c/{code}", 303)
    return render("look_up.html", anonymous=True, form=form, none_found=complete)


def _code(form: Form) -> str | None:
    number = NUMBER.fullmatch(_folded(form["number"]))
    check = _folded(form["check"]).translate(MISREAD)
    return code_of(service().records, "-".join(number.groups()), check) if number else None


def _folded(text: str) -> str:
    """Capitals and digits as printed, without what only separates them."""
    capitals = unicodedata.normalize("NFKC", text).upper()
    return "".join(each for each in capitals if not (each.isspace() or each in DASHES or _is_dash(each)))


def _is_dash(character: str) -> bool:
    return unicodedata.category(character) == "Pd"
