"""POST /auth/token: OAuth 2.0 client credentials (RFC 6749, 4.4), and the document that tells where it is."""

from flask import Response, current_app, json, request

from app.access import public
from app.current import now, request_id, service
from app.exchange import tokens
from app.exchange.door import exchange
from app.exchange.errors import TOKEN_PATH
from app.operations.exchange.clients import LONGEST_SECRET, WrongSecret, let_in
from app.operations.tries import SPAN, TooManyTries
from app.records.deeds import Doer

FORM = "application/x-www-form-urlencoded"
GRANT = "client_credentials"
LONGEST_NAME = 40
METHODS = ["client_secret_basic", "client_secret_post"]


@exchange.post(TOKEN_PATH)
@public
def give_token() -> Response:
    """An access token for a client's name and secret."""
    if request.mimetype != FORM:
        return _refused(400, "invalid_request", f"Send {FORM}.")
    grant = request.form.get("grant_type")
    if grant != GRANT:
        return _refused(400, "unsupported_grant_type" if grant else "invalid_request", f"grant_type must be {GRANT}.")
    named = _named()
    if named is None:
        return _unknown()
    try:
        found = let_in(service().records, Doer("exchange", now(), request_id()), *named, request.remote_addr or "")
    except WrongSecret:
        return _unknown()
    except TooManyTries:
        wait = {"Retry-After": str(int(SPAN.total_seconds()))}
        return _refused(429, "invalid_client", "Too many wrong tries from this address.", wait)
    token = tokens.give(str(current_app.secret_key), found.client_id, now())
    lasts = int(tokens.LASTS.total_seconds())
    return _answer(200, {"access_token": token, "token_type": "Bearer", "expires_in": lasts})


def _named() -> tuple[str, str] | None:
    """The client's name and secret, from the header or the form; None where they are in neither, or in no such form."""
    basic = request.authorization
    if basic is not None and basic.type == "basic":
        name, secret = basic.username, basic.password
    else:
        name, secret = request.form.get("client_id"), request.form.get("client_secret")
    usable = name and secret and len(name) <= LONGEST_NAME and len(secret) <= LONGEST_SECRET
    if not name or not secret or not usable:
        return None
    return (name, secret) if name.isascii() and name.isprintable() and secret.isascii() else None


def _unknown() -> Response:
    """MUST be 401 and name the scheme where the client used one (RFC 6749, 5.2)."""
    headers = {"WWW-Authenticate": 'Basic realm="exchange", charset="UTF-8"'}
    return _refused(401, "invalid_client", "Client authentication failed.", headers)


def _refused(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Response:
    return _answer(status, {"error": code, "error_description": message}, headers)


def _answer(status: int, body: dict[str, object], headers: dict[str, str] | None = None) -> Response:
    """What no cache may keep (RFC 6749, 5.1)."""
    kept = {"Cache-Control": "no-store", "Pragma": "no-cache"} | (headers or {})
    return Response(json.dumps(body), status, kept, mimetype="application/json")


@exchange.get("/.well-known/openid-configuration")
@public
def configuration() -> Response:
    """Where tokens are given (PACT 3.0: a host system SHOULD offer this document)."""
    address = service().issuer.public_url
    body = {
        "issuer": address,
        "token_endpoint": address + TOKEN_PATH,
        "grant_types_supported": [GRANT],
        "token_endpoint_auth_methods_supported": METHODS,
    }
    return Response(json.dumps(body), mimetype="application/json")
