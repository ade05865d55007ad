"""What helps somebody at the scales: the defaults of the next slip, and what is known of a slip or a vehicle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.records.unit import Records


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a slip is registered already, and what a vehicle weighed empty, and when it was last here."""

    slip_taken: bool
    tare_g: int | None
    last_seen: datetime | None
    last_lot: str | None


def last_entry(records: Records, person: str) -> dict[str, Any] | None:
    """What a person weighed in last."""
    with records.reading() as books:
        return books.lists.last_entry_of(person)


def known(records: Records, site: str, slip_number: str, vehicle: str) -> Known:
    """What is known of a slip of a site and of a vehicle, before anything is entered."""
    with records.reading() as books:
        taken = bool(slip_number) and bool(books.entries.live_slips(site, [slip_number]))
        last = books.lists.last_of_vehicle(vehicle) if vehicle else None
    if last is None:
        return Known(taken, None, None, None)
    return Known(taken, last["tare_g"], last["weighed_at"], last["number"])


def bays(records: Records, site: str | None) -> Sequence[str]:
    """Yard bays in use at a site, or anywhere."""
    with records.reading() as books:
        return books.lists.bays(site)


def photo(records: Records, photo_id: int) -> bytes | None:
    """A photo as it is kept, or None."""
    with records.reading() as books:
        return books.photos.jpeg(photo_id)
