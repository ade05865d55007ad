"""Attach photos to a lot: what the scrap looked like when it was weighed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from app.operations.again import tried_again
from app.operations.problems import NotFound
from app.records.deeds import Doer
from app.records.unit import Records


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG of so many pixels."""

    jpeg: bytes
    width: int
    height: int


@tried_again
def attach_photos(records: Records, doer: Doer, number: str, photos: Sequence[Photo]) -> None:
    """Attach photos to a lot, all of them or none; nothing at all where there are none. Raises NotFound."""
    if not photos:
        return
    with records.writing(doer) as books:
        found = books.lots.ids([number])
        if not found:
            raise NotFound("lot", number)
        lot_id = found[0]
        digests = [hashlib.sha256(photo.jpeg).hexdigest() for photo in photos]
        books.photos.add_all(
            [
                {
                    "lot_id": lot_id,
                    "sha256": digest,
                    "width": photo.width,
                    "height": photo.height,
                    "jpeg": photo.jpeg,
                    "added_at": doer.now,
                    "person": doer.person,
                }
                for photo, digest in zip(photos, digests, strict=True)
            ]
        )
        books.audit.add("attach_photos", "lot", number, {"sha256": digests})
        books.commit()
