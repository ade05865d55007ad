"""What goes to a customer with a quote: certificates, the salesperson's own PDF, and the pack of all of it."""

import hashlib
from typing import Any
from urllib.parse import quote as quoted

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.carbon.factors import japan_day
from app.current import doer, now, person, service
from app.lookups.quote_papers import pack_bytes, papers_mark
from app.operations.make_pack import Sending, make_pack
from app.operations.problems import Invalid, Problem
from app.operations.quote_papers import (
    LARGEST_FILE,
    PlainFile,
    attach_certificate,
    keep_quote_file,
    plain_file,
    remove_certificate,
)
from app.pages.sales.quotes import back, shown
from app.pages.staff.door import page
from app.pages.staff.forms import acted, acted_upon, file_name, require, sent, submitted
from app.schemas.forms import load
from app.schemas.quote_papers import AttachSchema, PackSchema

LONGEST_NAME = 120
OVERHEAD = 64 * 1024  # of a form around its file


@page("/quotes/<number>/certificates", Role.SALES, post=True)
def attach_now(number: str) -> AnyResponse:
    """Attach a certificate: the one that fits best, or another one chosen."""

    def deed(wanted: dict[str, str]) -> str:
        attach_certificate(service().records, doer(), number.upper(), wanted["certificate"])
        return back(number, "attached")

    return submitted(AttachSchema(), deed, shown(number))


@page("/quotes/<number>/certificates/<certificate>/removal", Role.SALES, post=True)
def detach_now(number: str, certificate: str) -> AnyResponse:
    """Take a certificate off the quote."""

    def deed() -> str:
        remove_certificate(service().records, doer(), number.upper(), certificate.upper())
        return back(number, "detached")

    return acted(sent(), deed, shown(number))


@page("/quotes/<number>/file", Role.SALES, post=True, largest=LARGEST_FILE + OVERHEAD)
def own_quote_now(number: str) -> AnyResponse:
    """Keep the quote as it was written elsewhere; it goes into the pack behind the cover."""
    file = request.files.get("file")
    data = file.stream.read() if file else b""
    # Another file under the key of a page that was left open is another deed.
    form = sent()
    form.words["file"] = hashlib.sha256(data).hexdigest()

    def prepare() -> PlainFile:
        if file is None or not file.filename or not data:
            raise Invalid([Problem(("file",), "no_file")])
        return plain_file(file_name(file.filename, LONGEST_NAME), data)

    def deed(plain: PlainFile) -> str:
        keep_quote_file(service().records, doer(), number.upper(), plain)
        return back(number, "file")

    return acted_upon(form, prepare, deed, shown(number))


@page("/quotes/<number>/packs", Role.SALES, post=True)
def pack_now(number: str) -> AnyResponse:
    """Make the pack and open it."""
    held = service()

    form = sent()
    words = dict(form.words)
    # Pressed again on a page that was left open, after something changed, it is another pack.
    form.words["papers"] = papers_mark(held.records, number.upper(), japan_day(now()))

    def deed() -> str:
        wanted = load(PackSchema(), words)
        sending = Sending(wanted.get("sent_to"), person().called or person().name)
        made = make_pack(service().records, held.press, held.issuer, doer(), number.upper(), sending)
        return f"/quotes/{quoted(number)}/packs/{made}.pdf"

    return acted(form, deed, shown(number))


@page("/quotes/<number>/packs/<int:pack_id>.pdf", Role.SALES)
def pack_document(number: str, pack_id: int) -> AnyResponse:
    """A pack as it was made."""
    data: Any = require(pack_bytes(service().records, number.upper(), pack_id), "quote_pack", number[:60])
    headers = {"Content-Disposition": f'inline; filename="{quoted(number.upper())}-{pack_id}.pdf"'}
    return Response(data, mimetype="application/pdf", headers=headers)
