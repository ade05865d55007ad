"""The doorkeeper: every route names its audience, and a key says who is asking."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, request
from werkzeug.exceptions import Forbidden, Unauthorized

from app.access import Role, may
from app.api.once import answered_once
from app.current import Person, now, person, service, sign_in
from app.lookups.keys import key_in_force
from app.operations.create_key import key_hash

View = TypeVar("View", bound=Callable[..., Any])
LONGEST_KEY = 200


def audience(*roles: Role) -> Callable[[View], View]:
    """Open a route to keys of these roles; ``admin`` may do all and ``auditor`` may read all."""

    def decorate(view: View) -> View:
        allowed = frozenset(roles)

        @wraps(view)
        def guarded(*args: Any, **values: Any) -> Any:
            _let_in(allowed)
            if request.method == "POST":
                return answered_once(lambda: view(*args, **values))
            return view(*args, **values)

        guarded.audience = allowed  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def public(view: View) -> View:
    """Open a route to everybody."""
    view.audience = None  # type: ignore[attr-defined]
    return view


def _let_in(allowed: frozenset[Role]) -> None:
    sign_in(_person_of_key())
    if not may(Role(person().role), allowed, reads=request.method in ("GET", "HEAD", "OPTIONS")):
        raise Forbidden()


def _person_of_key() -> Person:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 0 < len(key) <= LONGEST_KEY:
        raise Unauthorized()
    found = key_in_force(service().records, key_hash(key.strip()), now())
    if found is None:
        raise Unauthorized()
    return Person(found.owner, found.role)


def audiences(app: Flask) -> dict[str, Any]:
    """The audience of every endpoint: a set of roles, None for everybody; KeyError-free for the test that asks."""
    return {name: getattr(view, "audience", "unlisted") for name, view in app.view_functions.items()}
