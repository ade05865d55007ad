"""Check a certificate by what is printed beside its QR code, for whoever has the paper and no camera."""

import re
import unicodedata

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.current import service
from app.lookups.certificates import code_of
from app.pages.staff.door import open_page
from app.pages.staff.rendering import render

NUMBER = re.compile(r"[A-Z0-9-]{3,20}")
# Crockford's alphabet leaves out what is misread; whoever types it anyway is understood (crockford.com/base32).
MISREAD = str.maketrans("OILU", "011V")


@open_page("/verify")
def look_up() -> str | AnyResponse:
    """A form; what is found is shown by the page behind the code."""
    number, check = (_folded(request.args.get(name, "")) for name in ("number", "check"))
    asked = bool(number or check)
    code = code_of(service().records, number, _check(check)) if asked and NUMBER.fullmatch(number) else None
    if code:
        return redirect(f"/c/{code}", 303)
    return render("look_up.html", anonymous=True, asked=asked, number=number, check=check)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text[:80]).upper().split())


def _check(text: str) -> str:
    return text.replace("-", "").translate(MISREAD)
