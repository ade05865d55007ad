"""Clients of the data exchange: made for a customer, let in by a secret, ended."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from app.operations.again import tried_again
from app.operations.create_key import key_hash
from app.operations.exchange.addresses import registrable
from app.operations.exchange.sealing import Seal
from app.operations.problems import NotFound
from app.operations.references import References
from app.operations.tries import count_try, queue_tries, require_patience_of
from app.records.deeds import Doer
from app.records.exchange_clients import ExchangeClient
from app.records.unit import Records

PREFIX = "pact_"
LONGEST_SECRET = 200
NOBODYS = key_hash("")


class WrongSecret(Exception):
    """There is no client in force that comes in so; whether name or secret is wrong is not told."""


@dataclass(frozen=True, slots=True)
class Callback:
    """Where a customer's host system takes events: its base address, where its tokens are given, and our name there."""

    url: str
    client_id: str
    secret: str
    token_url: str | None = None


@dataclass(frozen=True, slots=True)
class ClientWanted:
    """A client to be made."""

    customer: str
    callback: Callback | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClientMade:
    """The two words a client comes in with; the secret is shown this once."""

    client_id: str
    secret: str


@tried_again
def create_client(records: Records, doer: Doer, seal: Seal, wanted: ClientWanted) -> ClientMade:
    """Make a client of a customer. Raises Invalid (unknown_customers, not_https)."""
    made = ClientMade(secrets.token_hex(12), PREFIX + secrets.token_urlsafe(32))
    callback = wanted.callback
    with records.writing(doer) as books:
        references = References(books)
        references.require("customers", wanted.customer, ("customer",))
        _require_addresses(references, callback)
        books.exchange_clients.add(
            client_id=made.client_id,
            secret_hash=key_hash(made.secret),
            customer_code=wanted.customer,
            callback_url=callback.url.rstrip("/") if callback else None,
            callback_token_url=callback.token_url if callback else None,
            callback_client_id=callback.client_id if callback else None,
            callback_secret=seal.seal(callback.secret) if callback else None,
            created_at=doer.now,
            expires_at=wanted.expires_at,
            ended_at=None,
        )
        told = {"customer": wanted.customer, "callback": callback.url if callback else None}
        books.audit.add("create", "exchange_client", made.client_id, told | {"expires_at": wanted.expires_at})
        books.commit()
    return made


def _require_addresses(references: References, callback: Callback | None) -> None:
    addresses = {"callback_url": callback.url, "callback_token_url": callback.token_url} if callback else {}
    for field, address in addresses.items():
        if address is not None and not registrable(address):
            references.problems.add((field,), "not_https")
    references.problems.raise_any()


@tried_again
def end_client(records: Records, doer: Doer, id_: int) -> None:
    """End a client: it comes in no more, its tokens with it, and is sent nothing more. Raises NotFound."""
    with records.writing(doer) as books:
        client_id = books.exchange_clients.end(id_, doer.now)
        if client_id is None:
            raise NotFound("exchange_client", str(id_))
        books.audit.add("end", "exchange_client", client_id)
        books.commit()


@tried_again
def let_in(records: Records, doer: Doer, client_id: str, secret: str, address: str) -> ExchangeClient:
    """The client that a name and a secret belong to (RFC 6749, 2.3.1). Raises WrongSecret, TooManyTries.

    Wrong tries are counted by address alone: a secret has 256 random bits and cannot be guessed, while a count by
    client would let anybody who knows its name shut it out.
    """
    with records.writing(doer) as books:
        queue_tries(books, address)
        require_patience_of(books, doer.now, address)
        found = books.exchange_clients.find(client_id)
        right = hmac.compare_digest(found.secret_hash if found else NOBODYS, key_hash(secret))
        if found and right and found.in_force(doer.now):
            books.audit.add("token", "exchange_client", client_id)
            books.commit()
            return found
        count_try(books, "exchange_client", client_id, address)
        books.commit()
    raise WrongSecret()
