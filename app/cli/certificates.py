"""certificate issue, show, revoke, recover."""

import json
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.shell import doer, held, locale, refusals, tell
from app.lookups.certificates import CertificateAnswer, certificate_pdf, one_certificate
from app.operations.issue_certificate import IssueCertificate, issue_certificate
from app.operations.problems import NotFound
from app.operations.recover_certificates import recover_certificates
from app.operations.revoke_certificate import revoke_certificate
from app.schemas.certificates import CertificateReply, certificate_out
from app.wording.catalogue import say
from app.wording.names import STATUSES
from certificates.figures import grouped_check


@click.group()
def certificate() -> None:
    """証明書 Certificates."""


@certificate.command("issue")
@click.option("--customer", required=True)
@click.option(
    "--delivery",
    "deliveries",
    multiple=True,
    required=True,
    help="納品ロット（繰り返し指定可） a delivered lot; may be given again",
)
@click.option("--valid-until", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--replaces", help="差し替える元の証明書 the certificate that this one takes the place of")
@click.option("--quote", help="対応する見積 the quote it belongs to")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="PDFの保存先 write the document here too")
@with_appcontext
def issue(
    customer: str,
    deliveries: tuple[str, ...],
    valid_until: datetime | None,
    replaces: str | None,
    quote: str | None,
    pdf: Path | None,
) -> None:
    """証明書を発行する Issue a certificate for delivered lots."""
    day: date | None = valid_until.date() if valid_until else None
    wanted = IssueCertificate(customer, tuple(n.upper() for n in deliveries), None, day, replaces, quote)
    with refusals():
        number = issue_certificate(held().records, held().press, held().issuer, doer(), wanted)
        _print(_found(number), pdf)


@certificate.command("show")
@click.argument("number")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="PDFの保存先 write the document here")
@click.option("--json", "as_json", is_flag=True, help="全項目をJSONで表示する all of it, as JSON")
@with_appcontext
def show(number: str, pdf: Path | None, as_json: bool) -> None:
    """証明書を見る Show a certificate."""
    with refusals():
        answer = _found(number.upper())
        if as_json:
            click.echo(json.dumps(CertificateReply().dump(certificate_out(answer)), ensure_ascii=False, indent=1))
        else:
            _print(answer, pdf)


@certificate.command("revoke")
@click.argument("number")
@click.option("--reason", required=True)
@with_appcontext
def revoke(number: str, reason: str) -> None:
    """証明書を取り消す Revoke a certificate."""
    with refusals():
        revoke_certificate(held().records, doer(), number.upper(), reason)
        tell("Certificate {number} is revoked.", number=number.upper())


@certificate.command("recover")
@with_appcontext
def recover() -> None:
    """途中の証明書を仕上げる Finish certificates found half-way."""
    with refusals():
        done = recover_certificates(held().records, held().press, doer())
    tell("{n} certificates finished.", n=len(done.issued))
    for number, reason in done.voided:
        tell("Certificate {number} is void: {reason}", number=number, reason=reason)


def _found(number: str) -> CertificateAnswer:
    answer = one_certificate(held().records, number, held().clock())
    if answer is None:
        raise NotFound("certificate", number)
    return answer


def _print(answer: CertificateAnswer, pdf: Path | None) -> None:
    said = certificate_out(answer)
    word = say(locale(), STATUSES[said["status"]])
    click.echo(f"{said['number']}  {grouped_check(said['check'])}  {said['status']}  {word}")
    click.echo(f"{said['recipient']['name_ja']}  {said['mass_kg']} kg")
    click.echo(f"CO2 {said['avoided_co2']['claimed_kg']} kg  CFP {said['cfp']['kg_co2e_per_kg']} kg/kg")
    click.echo(said["verify_url"])
    if pdf:
        pdf.write_bytes(certificate_pdf(held().records, said["number"]) or b"")
        click.echo(pdf)
