"""Certificates: issue, list, look at one, its PDF, revoke."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.access import Role
from app.api.bodies import StrictParser
from app.api.door import audience
from app.api.pages import CertificateQuery, page
from app.api.paths import number_in_path
from app.current import certified, doer, now, service
from app.lookups.certificates import certificate_pdf, list_certificates, one_certificate
from app.operations.issue_certificate import IssueCertificate, reserve_certificate
from app.operations.problems import NotFound
from app.operations.revoke_certificate import revoke_certificate
from app.schemas.certificates import (
    CertificatePageReply,
    CertificateReply,
    CertificateSchema,
    certificate_out,
)
from app.schemas.corrections import ReasonSchema

blueprint = Blueprint("certificates", __name__, description="Green-material certificates")
blueprint.ARGUMENTS_PARSER = StrictParser()


@blueprint.route("/certificates", methods=["POST"])
@audience(Role.SALES)
@blueprint.arguments(CertificateSchema)
@blueprint.response(201, CertificateReply)
def issue(wanted: IssueCertificate) -> dict[str, Any]:
    """Issue a certificate."""
    held = service()
    return _one(certified(lambda: reserve_certificate(held.records, held.press, held.issuer, doer(), wanted)))


@blueprint.route("/certificates", methods=["GET"])
@audience(Role.SALES)
@blueprint.arguments(CertificateQuery, location="query")
@blueprint.response(200, CertificatePageReply)
def find(query: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """List certificates, newest first."""
    limit = query["limit"]
    answers = list_certificates(service().records, now(), query["after"], limit + 1, query.get("customer"))
    shown, headers = page(answers, limit, lambda answer: answer.stored.id)
    return {"items": [certificate_out(answer) for answer in shown]}, headers


@blueprint.route("/certificates/<number>", methods=["GET"])
@audience(Role.SALES)
@blueprint.response(200, CertificateReply)
def one(number: str) -> dict[str, Any]:
    """One certificate."""
    return _one(number_in_path("certificate", number))


@blueprint.route("/certificates/<number>.pdf", methods=["GET"])
@audience(Role.SALES)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
def pdf(number: str) -> Response:
    """The PDF as issued, whatever became of the certificate since."""
    document = certificate_pdf(service().records, number_in_path("certificate", number))
    if document is None:
        raise NotFound("certificate", number)
    disposition = f'inline; filename="{number_in_path("certificate", number)}.pdf"'
    return Response(document, mimetype="application/pdf", headers={"Content-Disposition": disposition})


@blueprint.route("/certificates/<number>/revocation", methods=["POST"])
@audience(Role.SALES)
@blueprint.arguments(ReasonSchema)
@blueprint.response(201, CertificateReply)
def revoke(wanted: dict[str, str], number: str) -> dict[str, Any]:
    """Revoke a certificate, with a reason."""
    known = number_in_path("certificate", number)
    revoke_certificate(service().records, doer(), known, wanted["reason"])
    return _one(known)


def _one(number: str) -> dict[str, Any]:
    answer = one_certificate(service().records, number, now())
    if answer is None:
        raise NotFound("certificate", number)
    return certificate_out(answer)
