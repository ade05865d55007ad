"""Who comes in to the exchange: HTTPS only, and a client in force behind a token that has not expired."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import Blueprint, current_app, g, request
from werkzeug.exceptions import HTTPException

from app.access import EXCHANGE_CLIENTS, View, opened_to
from app.current import Person, now, service, sign_in
from app.exchange import errors, tokens
from app.exchange.errors import Refusal
from app.lookups.exchange import exchange_client
from app.operations.exchange.events import OtherSource
from app.operations.problems import Invalid
from app.records.exchange_clients import ExchangeClient
from app.records.unit import Unavailable
from app.schemas.json_text import NotJson

exchange = Blueprint("exchange", __name__)
exchange.register_error_handler(Refusal, errors.refused)
exchange.register_error_handler(Invalid, errors.invalid)
exchange.register_error_handler(NotJson, errors.not_json)
exchange.register_error_handler(OtherSource, errors.other_source)
exchange.register_error_handler(Unavailable, errors.unavailable)
exchange.register_error_handler(HTTPException, errors.answer)
BEARER = {"WWW-Authenticate": "Bearer"}


@exchange.before_request
def _https_only() -> None:
    """A host system MUST offer its actions over HTTPS only (PACT 3.0, "Host System").

    Nothing is sent on to https: what came was readable on its way already. A service whose own address is plain http,
    as on a developer's machine, has no other.
    """
    if service().issuer.public_url.startswith("https:") and not request.is_secure:
        raise Refusal(403, errors.ACCESS_DENIED, "This service is offered over HTTPS only.")


def for_clients(rule: str, method: str) -> Callable[[View], View]:
    """Register a route for clients with a token."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> Any:
            g.exchange_client = _client_of_token()
            sign_in(Person(f"exchange:{client().client_id}", EXCHANGE_CLIENTS))
            return view(*args, **values)

        opened_to(guarded, EXCHANGE_CLIENTS)
        # The specification's own examples ask for /3/footprints/?geography=FR as well.
        exchange.add_url_rule(rule, view.__name__, guarded, methods=[method], strict_slashes=False)
        return guarded  # type: ignore[return-value]

    return decorate


def client() -> ExchangeClient:
    """Who is asking; only behind ``for_clients``."""
    return cast(ExchangeClient, g.exchange_client)


def _client_of_token() -> ExchangeClient:
    """The host system MUST check the access token and return a 401 when it has expired or is invalid (PACT 3.0)."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 0 < len(token.strip()) <= tokens.LONGEST:
        raise Refusal(401, errors.BAD_REQUEST, "Give an access token: Authorization: Bearer <token>.", BEARER)
    try:
        client_id = tokens.read(str(current_app.secret_key), token.strip(), now())
    except tokens.Expired as error:
        raise Refusal(401, errors.TOKEN_EXPIRED, "The access token has expired.", BEARER) from error
    except tokens.NotAToken as error:
        raise Refusal(401, errors.BAD_REQUEST, "This is not an access token of this service.", BEARER) from error
    found = exchange_client(service().records, client_id)
    if found is None or not found.in_force(now()):
        raise Refusal(403, errors.ACCESS_DENIED, "This client may not come in any more.")
    return found
