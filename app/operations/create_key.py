"""Make an API key: shown once, kept only as a hash."""

import hashlib
import secrets
from datetime import datetime

from app.operations.again import tried_again
from app.operations.problems import NotFound
from app.records.deeds import Doer
from app.records.unit import Records

PREFIX = "all_"


def key_hash(key: str) -> str:
    """The hash a key is found by. A plain SHA-256 will do: a key has 256 random bits, so nobody can try them."""
    return hashlib.sha256(key.encode()).hexdigest()


def create_key(records: Records, doer: Doer, role: str, owner: str, expires_at: datetime | None = None) -> str:
    """Create a key for an owner with a role; returns the key itself, which nothing can show again."""
    key = PREFIX + secrets.token_urlsafe(32)
    with records.writing(doer) as books:
        books.api_keys.add(
            hash=key_hash(key), role=role, owner=owner, created_at=doer.now, expires_at=expires_at, ended_at=None
        )
        books.audit.add("create", "api_key", owner, {"role": role, "expires_at": expires_at})
        books.commit()
    return key


@tried_again
def end_key(records: Records, doer: Doer, key_id: int) -> None:
    """End a key: nobody gets in with it any more. Raises NotFound."""
    with records.writing(doer) as books:
        owner = books.api_keys.end(key_id, doer.now)
        if owner is None:
            raise NotFound("key", str(key_id))
        books.audit.add("end", "api_key", owner, {"id": key_id})
        books.commit()
