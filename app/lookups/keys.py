"""Whose key this is."""

from datetime import datetime

from app.records.keys import ApiKey
from app.records.unit import Records


def key_in_force(records: Records, hash_: str, now: datetime) -> ApiKey | None:
    """The key with this hash, unless it has expired or was ended."""
    with records.reading() as books:
        key = books.api_keys.find(hash_)
    if key is None or key.ended_at is not None or (key.expires_at is not None and key.expires_at <= now):
        return None
    return key
