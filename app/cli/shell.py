"""What every command needs: the service, the language, the person at the shell, and refusals as sentences."""

import getpass
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from flask import current_app

from app.current import Service, service
from app.ledger.refusals import Refused
from app.lookups.ledger_check import Difference
from app.operations.problems import Invalid, NotFound
from app.records.deeds import Doer
from app.records.unit import Unavailable
from app.wording.catalogue import locale_from, say
from app.wording.ledger_differences import difference_sentence
from app.wording.problems import field_sentence, refusal_sentence, status_sentence
from certificates.pdf.refusal import CannotPrint
from config import Config

REFUSALS = (Refused, Invalid, NotFound, CannotPrint, Unavailable)


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
    return Doer(person(), now or held().clock())


def person() -> str:
    """Whoever is logged in at this machine, as the books record them."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        name = "shell"
    return f"shell:{name}"


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal ends the command with its sentence; nothing was changed."""
    try:
        yield
    except REFUSALS as error:
        raise click.ClickException(refusal_said(locale(), error)) from error


def not_written(file: Path, error: OSError) -> click.ClickException:
    """Why a file was not made. What the system itself says of that stands behind, as it is."""
    if isinstance(error, FileExistsError):
        return click.ClickException(say(locale(), "{detail} is there already; nothing was written.", detail=file))
    detail = f"{file} ({error.strerror})"
    return click.ClickException(say(locale(), "A file cannot be read or written: {detail}", detail=detail))


def tell_differences(differences: Iterable[Difference]) -> None:
    """Print each difference that the check of the books has found."""
    for difference in differences:
        click.echo(difference_sentence(locale(), difference))


def refusal_said(language: str, error: Exception) -> str:
    """Why a deed was refused, one of REFUSALS, in a language."""
    match error:
        case Refused():
            sentence = refusal_sentence(language, error.code.value, error.reason, error.values)
            return f"{sentence} ({error.code})"
        case Invalid():
            said = [(".".join(map(str, p.field)), field_sentence(language, p.reason, p.values)) for p in error.problems]
            return "\n".join(f"{field}: {sentence}" for field, sentence in said)
        case NotFound():
            return field_sentence(language, f"no_{error.noun}", {"number": error.number})
        case CannotPrint():
            return f"{error.field}: {field_sentence(language, 'cannot_print', {'characters': error.characters})}"
    return f"{status_sentence(language, 503)} ({error})"
