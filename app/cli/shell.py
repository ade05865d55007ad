"""What every command needs: the service, the language, the person at the shell, and refusals as sentences."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from flask import current_app

from app.current import Service, service
from app.ledger.refusals import Refused
from app.operations.problems import Invalid, NotFound
from app.records.deeds import Doer
from app.records.unit import Unavailable
from app.wording.catalogue import locale_from, say
from app.wording.problems import field_sentence, refusal_sentence, status_sentence
from certificates.pdf.refusal import CannotPrint
from config import Config


def config() -> Config:
    held: Config = current_app.extensions["shell"]
    return held


def held() -> Service:
    return service()


def locale() -> str:
    """The shell's own language, else Japanese."""
    return locale_from(config().shell_locale)


def tell(sentence: str, **values: object) -> None:
    """Print a sentence in the shell's language."""
    click.echo(say(locale(), sentence, **values))


def doer(now: datetime | None = None) -> Doer:
    """Whoever is logged in at this machine."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        name = "shell"
    return Doer(f"shell:{name}", now or held().clock())


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal ends the command with its sentence; nothing was changed."""
    try:
        yield
    except Refused as error:
        sentence = refusal_sentence(locale(), error.code.value, error.reason, error.values)
        raise click.ClickException(f"{sentence} ({error.code})") from error
    except Invalid as error:
        lines = [
            f"{'.'.join(map(str, p.field))}: {field_sentence(locale(), p.reason, p.values)}" for p in error.problems
        ]
        raise click.ClickException("\n".join(lines)) from error
    except NotFound as error:
        sentence = field_sentence(locale(), f"no_{error.noun}", {"number": error.number})
        raise click.ClickException(sentence) from error
    except CannotPrint as error:
        sentence = field_sentence(locale(), "cannot_print", {"characters": error.characters})
        raise click.ClickException(f"{error.field}: {sentence}") from error
    except Unavailable as error:
        raise click.ClickException(f"{status_sentence(locale(), 503)} ({error})") from error
