"""Uploaded files between their preview and the word to take them in."""

from app.records.unit import Records
from app.records.uploads import Upload


def one_upload(records: Records, upload_id: int) -> Upload | None:
    """An upload by its id, or None."""
    with records.reading() as books:
        return books.uploads.one(upload_id)
