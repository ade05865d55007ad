"""A file of slips between its preview and the word to take it in."""

from app.operations.again import tried_again
from app.operations.import_slips import Imported, SlipsToImport, import_slips
from app.operations.problems import NotFound
from app.operations.register_scrap import Progress, untold
from app.records.deeds import Doer
from app.records.unit import Records
from app.records.uploads import Upload


@tried_again
def keep_upload(records: Records, doer: Doer, file_name: str, data: bytes) -> int:
    """Keep a file for its preview; returns its id."""
    with records.writing(doer) as books:
        upload_id = books.uploads.add(file_name, data, doer.person, doer.now)
        books.audit.add("upload", "file", file_name, {"bytes": len(data), "upload": upload_id})
        books.commit()
    return upload_id


@tried_again
def settle_upload(records: Records, doer: Doer, upload: Upload, import_id: int | None) -> None:
    """Let go of a file's bytes: it was taken in, or given up; whichever came first stays. Raises NotFound."""
    with records.writing(doer) as books:
        if books.uploads.settle(upload.id, import_id):
            books.audit.add("settle", "file", upload.file_name, {"upload": upload.id, "import": import_id})
            books.commit()
            return
        found = books.uploads.one(upload.id)
        if found is None or found.import_id != import_id:
            raise NotFound("upload", str(upload.id))


def take_in_upload(
    records: Records, doer: Doer, upload: Upload, slips: SlipsToImport, progress: Progress = untold
) -> Imported:
    """Import the slips of an upload, as one deed with letting go of it. Raises Invalid, Refused, SlipsTaken, NotFound.

    ``records`` are those of an open unit of work: where the file was given up meanwhile, nothing is taken in.
    """
    done = import_slips(records, doer, slips, progress)
    with records.reading() as books:
        import_id = books.entries.import_id_of(slips.fingerprint)
    settle_upload(records, doer, upload, import_id)
    return done
