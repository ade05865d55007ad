"""Access tokens: signed, not stored. They say whose they are and until when; nobody else can make one.

Signed rather than kept in a table: they live an hour, rows of this database are never removed, and every request reads
its client anyway, so that ending a client ends its tokens at once.
"""

import hashlib
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

LASTS = timedelta(hours=1)
LONGEST = 500
SALT = "exchange access token"


class Expired(Exception):
    """A token of ours whose time is over."""


class NotAToken(Exception):
    """This was not given out by us."""


def give(secret_key: str, client_id: str, now: datetime) -> str:
    """A token for a client, from now on for LASTS."""
    return str(_serializer(secret_key).dumps([client_id, int((now + LASTS).timestamp())]))


def read(secret_key: str, token: str, now: datetime) -> str:
    """Whose token this is. Raises NotAToken, Expired."""
    try:
        said = _serializer(secret_key).loads(token[: LONGEST + 1])
    except BadData as error:
        raise NotAToken() from error
    client_id, until = said
    if now.timestamp() >= until:
        raise Expired()
    return str(client_id)


def _serializer(secret_key: str) -> URLSafeSerializer:
    signer = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(secret_key, salt=SALT, signer_kwargs=signer)
