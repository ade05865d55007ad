"""The doorkeeper: every route names its audience, and a key says who is asking."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request
from werkzeug.exceptions import Forbidden, Unauthorized

from app.access import Role, View, may, opened_to
from app.api.once import answered_once
from app.current import Person, now, person, service, sign_in
from app.lookups.keys import key_in_force
from app.operations.create_key import key_hash

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

        return opened_to(guarded, allowed)  # type: ignore[return-value]

    return decorate


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
