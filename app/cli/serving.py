"""serve and demo: what ``make run`` and ``make serve`` call."""

import os
from pathlib import Path
from typing import TextIO

import click
from flask.cli import with_appcontext

from app.access import Role
from app.carbon.factors import japan_day
from app.cli.books import load
from app.cli.demonstration import LAST_DEED, Demonstration
from app.cli.lots import take_in, tell_imported
from app.cli.shell import config, doer, held, locale, refusals, tell
from app.lookups.certificates import certificate_pdf, list_certificates
from app.lookups.lots import slip_lots
from app.lookups.master_data import books_are_empty, called
from app.lookups.people import one_person
from app.operations.create_key import create_key
from app.operations.passwords import made_up
from app.operations.people import PersonWanted, change_person, create_person
from app.operations.recover_certificates import recover_certificates
from app.records.migrations import upgrade
from app.schemas.reference_files import own_slips
from app.wording.catalogue import LOCALES, marked, say
from app.wording.names import ROLES, STATUSES
from config import running_python, server_environment

KEYS = "demonstration_keys.txt"
PEOPLE = "demonstration_people.txt"
UNFINISHED = "demonstration.unfinished"
SHOWN = 100
# A worker without threads waits for the first word of whoever opened a connection: two who say nothing stop them all
# for a minute. A thread waits for five seconds, and the connection then waits by itself.
WORKER_CLASS = ("--worker-class", "gthread", "--threads", "8")
SITES = {Role.LOGISTICS: "MC", Role.PLANT: "MC"}


@click.command()
@click.option(
    "--demonstration", is_flag=True, help="台帳が空ならデモを流す play the demonstration where the books are empty"
)
@with_appcontext
def serve(demonstration: bool) -> None:
    """サーバーを起動する Migrate, load master data, and serve."""
    with refusals():
        upgrade(config().database_url)
        load_quietly()
        if demonstration and _wanted():
            play()
        recover_certificates(held().records, held().press, doer())
        _tell_newcomer()
    _exec_server()


@click.command()
@with_appcontext
def demo() -> None:
    """デモを流す Play the demonstration where the books are empty."""
    with refusals():
        upgrade(config().database_url)
        load_quietly()
        if _wanted():
            play()
        else:
            tell("The books are not empty; nothing was changed.")
        _tell_newcomer()


def load_quietly() -> None:
    """The product's own master data, where there is none yet: a company's own is never overwritten at a start."""
    if not called(held().records)["sites"]:
        load()


def _wanted() -> bool:
    return books_are_empty(held().records) or (config().data_dir / UNFINISHED).exists()


def play() -> None:
    """Play the demonstration, or the rest of one that was interrupted."""
    service, folder = held(), config().data_dir
    if service.clock() < LAST_DEED:
        sentence = marked("The demonstration plays in autumn 2026; this machine's clock says {day}.")
        raise click.ClickException(say(locale(), sentence, day=japan_day(service.clock())))
    unfinished = folder / UNFINISHED
    unfinished.touch()
    recover_certificates(service.records, service.press, doer())
    slips = folder / "weighing_slips_2026-10.csv"
    slips.write_bytes(own_slips())
    tell_imported(take_in(slips), dry_run=False)
    Demonstration(service, doer(), slip_lots(service.records), _tell_deed).play()
    _write_documents(folder / "certificates")
    _write_keys(folder / KEYS)
    _write_people(folder / PEOPLE)
    unfinished.unlink()


def _tell_deed(sentence: str, **values: object) -> None:
    click.echo(f"  {say(locale(), sentence, **values)}")


def _write_documents(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for answer in list_certificates(held().records, held().clock(), 0, SHOWN):
        path = folder / f"{answer.stored.number}.pdf"
        path.write_bytes(certificate_pdf(held().records, answer.stored.number) or b"")


def _write_keys(path: Path) -> None:
    """A key for each role, readable by their owner alone."""
    with _secret(path) as kept:
        for role in Role:
            kept.write(f"{role.value} {create_key(held().records, doer(), role.value, f'demo-{role.value}')}\n")


def _write_people(path: Path) -> None:
    """Somebody of each role to sign in as; one who was there before an interruption gets another password."""
    with _secret(path) as kept:
        for role in Role:
            password, site = made_up(), SITES.get(role)
            wanted = PersonWanted(role.value, f"デモ・{say('ja', ROLES[role])}", role.value, site, password)
            if one_person(held().records, role.value):
                change_person(held().records, doer(), wanted, active=True)
            else:
                create_person(held().records, doer(), wanted)
            kept.write(f"{role.value} {password}\n")


def _secret(path: Path) -> TextIO:
    """A new file that its owner alone can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w")


def _tell_newcomer() -> None:
    settings = config()
    local = f"http://127.0.0.1:{settings.port}"
    click.echo()
    click.echo("アルミ循環台帳  Aluminium Loop Ledger")
    click.echo(f"  画面・API   pages and API     {local}/  ({local}/api/v1/docs)")
    folder = settings.data_dir / "certificates"
    for answer in reversed(list_certificates(held().records, held().clock(), 0, 8)):
        stored, claimed = answer.stored, answer.content.avoided_co2.claimed_g // 1000
        status = " ".join(say(language, STATUSES[answer.status]) for language in LOCALES)
        click.echo(f"  証明書      certificate       {stored.number}  {claimed:,} kg-CO2e  {status}")
        click.echo(f"              QR                {answer.content.verify_url}")
        if (folder / f"{stored.number}.pdf").exists():
            click.echo(f"              PDF               {folder / f'{stored.number}.pdf'}")
    people = settings.data_dir / PEOPLE
    if people.exists():
        click.echo(f"  サインイン  sign in as        {people}")
        for line in people.read_text().splitlines():
            click.echo(f"              ログイン名 パスワード  login, password  {line}")
    if (settings.data_dir / KEYS).exists():
        click.echo(f"  デモの鍵    demonstration keys {settings.data_dir / KEYS}")
    click.echo()


def _exec_server() -> None:
    """Become gunicorn: signals then reach it directly, and it stops gracefully."""
    settings = config()
    arguments = [
        "-m",
        "gunicorn",
        "wsgi:app",
        "--bind",
        f"{settings.host}:{settings.port}",
        "--workers",
        str(settings.workers),
        *WORKER_CLASS,
        "--timeout",
        "60",
        "--config",
        "python:app.heartbeat",
        "--no-control-socket",
        "--graceful-timeout",
        "30",
    ]
    python = running_python()
    os.execve(python, [python, *arguments], server_environment())
