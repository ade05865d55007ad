"""The footprint statement of a lot (CFP算定書): on screen, and as a paper."""

from typing import Any
from urllib.parse import quote

from flask import Response
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response as AnyResponse

from app.carbon.factors import japan_day
from app.current import now, service
from app.operations.footprint_statement import state_footprint
from app.operations.problems import NotFound
from app.pages.lots.listing import called_things
from app.pages.staff.door import page
from app.pages.staff.rendering import render
from certificates import wording
from certificates.figures import shares_of_a_whole
from certificates.papers import words
from certificates.pdf.factors import percent
from certificates.statement import Statement


@page("/lots/<number>/footprint")
def footprint(number: str) -> str:
    """The statement on screen."""
    said = _stated(number)
    sentences: dict[str, Any] = {"boundary": wording.footprint(said.factors), "no_claim": words.NO_CLAIM}
    return render(
        "footprint.html",
        "lots",
        said=said,
        sentences=sentences,
        shares=shares_of_a_whole([each.co2e_g for each in said.contributions]),
        factor_names=wording.FACTORS,
        percent_of=percent,
        **called_things(),
    )


@page("/lots/<number>/footprint.pdf")
def footprint_document(number: str) -> AnyResponse:
    """The statement as a paper."""
    said = _stated(number)
    headers = {"Content-Disposition": f'inline; filename="CFP-{quote(said.lot)}.pdf"'}
    return Response(service().press.statement(said), mimetype="application/pdf", headers=headers)


def _stated(number: str) -> Statement:
    held = service()
    try:
        return state_footprint(held.records, held.issuer, japan_day(now()), number.upper())
    except NotFound as error:
        raise NoSuchPage() from error
