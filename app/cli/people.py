"""person create, person password: who may sign in to the pages."""

import sys

import click
from flask.cli import with_appcontext

from app.access import Role
from app.cli.shell import doer, held, refusals, tell
from app.operations.passwords import made_up
from app.operations.people import PersonWanted, change_person, create_person
from app.operations.problems import Invalid, NotFound, Problem
from app.records.people import Account
from app.schemas.people import NOT_A_LOGIN, folded_login

_password_option = click.option(
    "--password-stdin",
    is_flag=True,
    help="パスワードを自動で作らず標準入力から読む read the password from standard input instead of making one up",
)


@click.group()
def person() -> None:
    """人 People who sign in."""


@person.command("create")
@click.option(
    "--login",
    required=True,
    help="台帳に残るログイン名（変更不可） what the books call this person; it cannot be changed",
)
@click.option(
    "--name",
    default="",
    help="画面に出る名前（省略時はログイン名） what pages call this person; the login where left out",
)
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--site", help="勤務する拠点 the site this person works at")
@_password_option
@with_appcontext
def person_create(login: str, name: str, role: str, site: str | None, password_stdin: bool) -> None:
    """サインインできる人を作る Make a person; a made-up password is printed once, on the last line."""
    password = _password(password_stdin)
    with refusals():
        folded = folded_login(login)
        if folded is None:
            raise Invalid([Problem(("login",), NOT_A_LOGIN)])
        create_person(held().records, doer(), PersonWanted(folded, name or login, role, site, password))
    tell("{login} may sign in as {role}.", login=folded, role=role)
    if not password_stdin:
        click.echo(password)


@person.command("password")
@click.option("--login", required=True)
@_password_option
@with_appcontext
def person_password(login: str, password_stdin: bool) -> None:
    """パスワードを付け直す Give a person another password; it ends their sessions."""
    password = _password(password_stdin)
    with refusals():
        found = _account(login)
        wanted = PersonWanted(found.login, found.name, found.role, found.site_code, password)
        change_person(held().records, doer(), wanted, active=True)
    tell("{login} has another password.", login=found.login)
    if not password_stdin:
        click.echo(password)


def _account(login: str) -> Account:
    with held().records.reading() as books:
        found = books.people.by_login(folded_login(login) or "")
    if found is None:
        raise NotFound("person", login)
    return found


def _password(from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\n") if from_stdin else made_up()
