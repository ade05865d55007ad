"""Certificates: choose deliveries, preview, issue; the list with its search; one, its PDF, and taking it back."""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.current import certified, doer, locale, now, service
from app.lookups.certificates import certificate_pdf, half_way_numbers, one_certificate, search_certificates
from app.lookups.lists import uncertified
from app.lookups.quote_papers import sent_with
from app.operations.issue_certificate import (
    IssueCertificate,
    finish_certificate,
    rehearse_certificate,
    reserve_certificate,
)
from app.operations.revoke_certificate import revoke_certificate
from app.pages.lots.listing import called_things, cursor
from app.pages.staff.door import page
from app.pages.staff.forms import DO, Form, acted, require, sent, submitted
from app.pages.staff.rendering import render
from app.pages.verify.shares import shares
from app.schemas.certificates import CertificateSchema
from app.schemas.corrections import ReasonSchema
from app.schemas.forms import load
from certificates import content as contents

SHOWN = 50
STATUSES = ("issued", "expired", "revoked", "superseded")


@page("/certificates", Role.SALES)
def certificates() -> str:
    """Certificates, newest first, by number, customer and state."""
    asked = {name: request.args.get(name, "").strip()[:60] for name in ("q", "customer", "status")}
    status = asked["status"] if asked["status"] in STATUSES else None
    found = search_certificates(
        service().records, now(), cursor(), SHOWN + 1, asked["q"] or None, asked["customer"] or None, status
    )
    more = urlencode(asked | {"after": found[SHOWN - 1].stored.id}) if len(found) > SHOWN else ""
    return render(
        "certificates.html",
        "certificates",
        rows=found[:SHOWN],
        more=more,
        asked=asked,
        statuses=STATUSES,
        half_way=half_way_numbers(service().records),
        **called_things(),
    )


@page("/certificates/new", Role.SALES, writes=True)
def certificate_form() -> str:
    """Which customer, then which of their deliveries."""
    words = {name: text[:60] for name in ("customer", "replaces") if (text := request.args.get(name, ""))}
    deliveries = request.args.getlist("delivery")[:100]
    words |= {f"deliveries.{row}": number for row, number in enumerate(deliveries)}
    return _choose(Form(words))


def _choose(form: Form) -> str:
    replaced: Any = None
    if form["replaces"]:
        replaced = require(
            one_certificate(service().records, form["replaces"].upper(), now()), "certificate", form["replaces"]
        )
        form.words.setdefault("customer", replaced.stored.customer_code)
    free = uncertified(service().records, form["customer"] or None)
    chosen = {text for name, text in form.words.items() if name.startswith("deliveries.")}
    stated = [line for line in replaced.content.lines if line.delivery] if replaced else []
    return render(
        "certificate_new.html",
        "certificates",
        form=form,
        free=free,
        chosen=chosen or {line.delivery for line in stated},
        stated=stated,
        replaced=replaced,
        **called_things(),
    )


@page("/certificates/new", Role.SALES, post=True)
def certificate_preview() -> AnyResponse:
    """What the certificate would say, before it is issued; what would be refused is said here already."""
    form = sent()

    def rehearse() -> str:
        wanted: IssueCertificate = load(CertificateSchema(), form.words)
        held = service()
        said = rehearse_certificate(held.records, held.press, held.issuer, doer(), wanted)
        return _preview(form, said)

    if request.form.get(DO) == "choose":
        return Response(_choose(form), mimetype="text/html")
    return _told(form, rehearse)


def _told(form: Form, rehearse: Any) -> AnyResponse:
    """The preview, or the form with what is wrong: nothing is written either way, so no key is spent."""
    html: list[str] = []

    def deed() -> str:
        html.append(rehearse())
        raise _Shown

    try:
        return acted(Form(form.words, Form().key), deed, _choose)
    except _Shown:
        return Response(html[0], mimetype="text/html")


class _Shown(Exception):
    """The rehearsal came to its end."""


def _preview(form: Form, said: contents.Certificate) -> str:
    return render(
        "certificate_preview.html",
        "certificates",
        form=form,
        said=said,
        shares=shares(said.recycled, locale()),
        **called_things(),
    )


@page("/certificates", Role.SALES, post=True)
def certificate_now() -> AnyResponse:
    """Issue a certificate."""

    def deed(wanted: IssueCertificate) -> str:
        held = service()
        number = certified(lambda: reserve_certificate(held.records, held.press, held.issuer, doer(), wanted))
        return f"/certificates/{quote(number)}?done=1"

    return submitted(CertificateSchema(), deed, _choose)


@page("/certificates/<number>", Role.SALES)
def certificate(number: str) -> str:
    """One certificate."""
    return _one(number, Form())


def _one(number: str, form: Form) -> str:
    found: Any = require(one_certificate(service().records, number.upper(), now()), "certificate", number[:60])
    return render(
        "certificate.html",
        "certificates",
        answer=found,
        stored=found.stored,
        said=found.content,
        form=form,
        shares=shares(found.content.recycled, locale()),
        **called_things(),
    )


@page("/certificates/<number>.pdf", Role.SALES)
def certificate_document(number: str) -> AnyResponse:
    """The PDF as issued."""
    pdf = require(certificate_pdf(service().records, number.upper()), "certificate", number[:60])
    headers = {"Content-Disposition": f'inline; filename="{quote(number.upper())}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


@page("/certificates/<number>/revocation", Role.SALES, writes=True)
def revocation_form(number: str) -> str:
    """What revoking affects, before it is done."""
    return _revocation(number, Form())


def _revocation(number: str, form: Form) -> str:
    found: Any = require(one_certificate(service().records, number.upper(), now()), "certificate", number[:60])
    sent = sent_with(service().records, found.stored.id)
    shown = {"answer": found, "said": found.content, "form": form, "sent": sent}
    return render("revocation.html", "certificates", **shown, **called_things())


@page("/certificates/<number>/revocation", Role.SALES, post=True)
def revoke_now(number: str) -> AnyResponse:
    """Revoke a certificate, with a reason everybody will read."""

    def deed(wanted: dict[str, str]) -> str:
        revoke_certificate(service().records, doer(), number.upper(), wanted["reason"])
        return f"/certificates/{quote(number)}?done=2"

    return submitted(ReasonSchema(), deed, lambda form: _revocation(number, form))


@page("/certificates/<number>/finish", Role.SALES, post=True)
def finish_now(number: str) -> AnyResponse:
    """Finish a certificate that a worker left half-way."""

    def deed() -> str:
        finish_certificate(service().records, service().press, doer(), number.upper())
        return f"/certificates/{quote(number)}?done=1"

    return acted(sent(), deed, lambda form: certificates())
