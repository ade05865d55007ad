"""People of the service: made, changed, and shut out. Nobody is ever removed: the books name them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.operations.again import tried_again
from app.operations.passwords import LONGEST, SHORTEST, hashed, right
from app.operations.problems import Invalid, NotFound, Problem, Problems
from app.operations.seen import require_seen
from app.records.deeds import Doer
from app.records.people import Account, LoginTaken
from app.records.unit import Books, Records


@dataclass(frozen=True, slots=True)
class PersonWanted:
    """A person as wished: ``password`` None leaves the one there is."""

    login: str
    name: str
    role: str
    site: str | None
    password: str | None = None


@tried_again
def create_person(records: Records, doer: Doer, wanted: PersonWanted) -> None:
    """Make a person who may sign in. Raises Invalid (login taken, unknown site, password too short)."""
    with records.writing(doer) as books:
        problems = Problems()
        if books.people.by_login(wanted.login):
            problems.add(("login",), "login_taken", value=wanted.login)
        _check(books, problems, wanted)
        _add(books, wanted)
        books.audit.add("create", "person", wanted.login, _told(wanted))
        books.commit()


def _add(books: Books, wanted: PersonWanted) -> None:
    try:
        books.people.add(
            login=wanted.login,
            name=wanted.name,
            role=wanted.role,
            site_code=wanted.site,
            password_hash=hashed(wanted.password or ""),
            created_at=books.doer.now,
        )
    except LoginTaken as error:  # at the same time as somebody else
        raise Invalid([Problem(("login",), "login_taken", {"value": wanted.login})]) from error


@tried_again
def change_person(records: Records, doer: Doer, wanted: PersonWanted, active: bool, seen: str | None = None) -> None:
    """Change name, role, site, password, and whether they may sign in. Raises NotFound, Invalid (changed_meanwhile …).

    Another role, another password or an end ends every session: what was open may no longer be what is allowed.
    """
    with records.writing(doer) as books:
        admins = books.people.hold_admins()
        before = _held(books, wanted.login)
        require_seen(seen, as_seen(before))
        problems = Problems()
        if not active or wanted.role != before.role:
            _require_somebody_left(problems, doer.person, before.login, admins)
        _check(books, problems, wanted, changing=True)
        ended = None if active else before.ended_at or doer.now
        password = {"password_hash": hashed(wanted.password)} if wanted.password else {}
        books.people.change(
            wanted.login, name=wanted.name, role=wanted.role, site_code=wanted.site, ended_at=ended, **password
        )
        if password or ended or wanted.role != before.role:
            books.people.end_sessions_of(before.id, doer.now)
        was = PersonWanted(before.login, before.name, before.role, before.site_code)
        books.audit.add(
            "change",
            "person",
            wanted.login,
            _told(wanted) | {"active": active},
            _told(was) | {"active": before.ended_at is None},
        )
        books.commit()


def as_seen(account: Account) -> dict[str, object]:
    """What of a person stands on a page; what ``seen`` is the mark of."""
    active = account.ended_at is None
    return {"name": account.name, "role": account.role, "site": account.site_code, "active": active}


@tried_again
def choose_password(records: Records, doer: Doer, current: str, password: str, keep_session: str) -> None:
    """A person who knows their password chooses another; their other sessions end. Raises NotFound, Invalid."""
    login = doer.person
    with records.writing(doer) as books:
        account = _held(books, login)
        problems = Problems()
        if not right(account.password_hash, current):
            problems.add(("current",), "wrong_password")
        _check_password(problems, password)
        problems.raise_any()
        books.people.change(login, password_hash=hashed(password))
        books.people.end_sessions_of(account.id, doer.now, but=keep_session)
        books.audit.add("change", "person", login, {"password": "changed"})
        books.commit()


def _held(books: Books, login: str) -> Account:
    found = books.people.hold(login)
    if found is None:
        raise NotFound("person", login)
    return found


def _require_somebody_left(problems: Problems, doer: str, login: str, admins: Sequence[str]) -> None:
    """Two administrators who shut each other out at once would leave nobody to let anybody in."""
    if login == doer:
        problems.add(("role",), "own_role")
    elif admins == [login]:
        problems.add(("role",), "last_admin")


def _check(books: Books, problems: Problems, wanted: PersonWanted, changing: bool = False) -> None:
    if wanted.site is not None and books.master_data.row("sites", wanted.site) is None:
        problems.add(("site",), "unknown_sites", value=wanted.site)
    if not (changing and wanted.password is None):
        _check_password(problems, wanted.password or "")
    problems.raise_any()


def _check_password(problems: Problems, password: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        problems.add(("password",), "password_length", least=SHORTEST, most=LONGEST)


def _told(wanted: PersonWanted) -> dict[str, object]:
    return {"name": wanted.name, "role": wanted.role, "site": wanted.site}
