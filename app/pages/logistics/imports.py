"""Import weighing slips: upload, preview with every fault, take in, undo the whole while nothing used it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Response, request, stream_with_context
from markupsafe import escape
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response as AnyResponse

from app.access import Role
from app.current import doer, locale, service
from app.ledger.refusals import Code, Refused
from app.lookups.lists import list_imports, one_import
from app.lookups.master_data import called
from app.lookups.people import people_called
from app.lookups.uploads import one_upload
from app.operations.import_slips import SlipsTaken, SlipsToImport, try_import
from app.operations.once import OtherWords
from app.operations.problems import Invalid, NotFound, Problem
from app.operations.undo_import import undo_import
from app.operations.uploads import keep_upload, settle_upload, take_in_upload
from app.pages.lots.listing import called_things, cursor
from app.pages.staff.door import page
from app.pages.staff.following import Progress, followed
from app.pages.staff.forms import Form, acted, done_once, file_name, require, sent, submitted
from app.pages.staff.rendering import render
from app.pages.staff.told import refused, told
from app.records.unit import Unavailable
from app.records.uploads import Upload
from app.schemas.corrections import ReasonSchema
from app.schemas.weighing_slips.giving_back import faulty_rows, template
from app.schemas.weighing_slips.header import Column
from app.schemas.weighing_slips.limits import MOST_BYTES
from app.schemas.weighing_slips.naming import names_of
from app.schemas.weighing_slips.reasons import NotATable
from app.schemas.weighing_slips.slips import Slip, read_slips
from app.wording.catalogue import marked, say
from app.wording.problems import rule_words
from app.wording.slip_faults import fault_sentence, file_fault_sentence

SHOWN, SLIPS_SHOWN, FAULTS_SHOWN = 50, 30, 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAKEN_IN = marked("{n} of {of} …")
TAKING_IN = marked("Taking in {n} slips …")
CHANGED = marked("Nothing was taken in: the books have changed meanwhile. Look at the preview again.")
NOT_NOW = marked("The database does not answer. Nothing was changed. Try again shortly.")
NO_FILE = marked("Choose a file.")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a file as its reader sees it."""

    row: int | None
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file says, what is wrong with it, and what would be flagged."""

    slips: Sequence[Slip]
    wanted: SlipsToImport | None
    faults: Sequence[Fault]
    flags: Sequence[tuple[str, str]]
    before: tuple[str, Any, int] | None


@page("/imports")
def imports() -> str:
    """Files that were taken in."""
    found = list_imports(service().records, cursor(), SHOWN + 1)
    more = f"after={found[SHOWN - 1]['id']}" if len(found) > SHOWN else ""
    people = people_called(service().records, [row["person"] for row in found])
    return render("imports.html", "incoming", rows=found[:SHOWN], more=more, people=people)


@page("/imports/new", Role.LOGISTICS, writes=True)
def import_form() -> str:
    """Choose a file."""
    return _choose(Form())


def _choose(form: Form) -> str:
    return render("import_new.html", "incoming", form=form, most_mb=MOST_BYTES // 2**20)


@page("/imports/template.xlsx", Role.LOGISTICS, writes=True)
def import_template() -> AnyResponse:
    """An empty file of the right form."""
    return _sheet(template(), "weighing_slips_template.xlsx")


def _sheet(data: bytes, name: str) -> AnyResponse:
    return Response(data, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@page("/imports/new", Role.LOGISTICS, post=True, largest=MOST_BYTES + 64 * 1024)
def upload_now() -> AnyResponse:
    """Keep the file for its preview; nothing is in the books yet."""
    form, file = sent(), request.files.get("file")
    data = file.read() if file else b""
    form.words["file"] = hashlib.sha256(data).hexdigest()  # another file under the same key is another deed

    def deed() -> str:
        if not data or file is None:
            raise Invalid([Problem(("file",), NO_FILE)])
        return f"/imports/uploads/{keep_upload(service().records, doer(), file_name(file.filename or ''), data)}"

    return acted(form, deed, _choose)


def _upload(upload_id: int) -> Upload:
    return require(one_upload(service().records, upload_id), "upload", str(upload_id))


@page("/imports/uploads/<int:upload_id>", Role.LOGISTICS, writes=True)
def preview(upload_id: int) -> str | AnyResponse:
    """What the file says, row by row, and every fault in it."""
    upload = _upload(upload_id)
    if upload.data is None:
        address = f"/imports/{upload.import_id}" if upload.import_id else "/imports"
        return Response(status=303, headers={"Location": address})
    return _preview(upload, Form())


def _preview(upload: Upload, form: Form) -> str:
    said = _read(upload)
    return render(
        "import_preview.html",
        "incoming",
        upload=upload,
        form=form,
        said=said,
        slips=said.slips[:SLIPS_SHOWN],
        faults=said.faults[:FAULTS_SHOWN],
        flag_words=[(lot, rule_words(locale(), rule)) for lot, rule in said.flags],
        **called_things(),
    )


def _read(upload: Upload) -> Preview:
    """Read a file and try it out in the books, without leaving anything there."""
    try:
        read = read_slips(upload.data or b"", names_of(called(service().records)))
    except NotATable as error:
        sentence = file_fault_sentence(locale(), error.reason.value, error.values)
        return Preview((), None, [Fault(None, "", sentence)], (), None)
    faults = [Fault(f.row, f.column, fault_sentence(locale(), f.reason.value, f.values)) for f in read.faults]
    wanted = SlipsToImport(upload.file_name, read.fingerprint, tuple(slip.command for slip in read.slips))
    if faults:
        return Preview(read.slips, wanted, faults, (), None)
    try:
        tried = try_import(service().records, doer(), wanted)
    except SlipsTaken as error:
        return Preview(read.slips, wanted, [_taken(read.slips[at]) for at in error.taken], (), None)
    except Invalid as error:
        sentences = [told(each) for each in error.problems]
        return Preview(read.slips, wanted, [Fault(None, "", sentence) for sentence in sentences], (), None)
    except Refused as error:
        return Preview(read.slips, wanted, [Fault(None, "", refused(error))], (), None)
    return Preview(read.slips, wanted, (), tried.flags, tried.before)


def _taken(slip: Slip) -> Fault:
    taken = Refused(Code.DUPLICATE_SLIP, slip_number=slip.command.slip_number, site=slip.command.site)
    return Fault(slip.row, Column.SLIP_NUMBER.value, refused(taken))


@page("/imports/uploads/<int:upload_id>/faulty.xlsx", Role.LOGISTICS, writes=True)
def faulty(upload_id: int) -> AnyResponse:
    """The rows with faults, to be corrected and taken in by themselves."""
    upload = _upload(upload_id)
    if upload.data is None:
        raise NoSuchPage()
    sentences: dict[int, list[str]] = {}
    for fault in _read(upload).faults:
        if fault.row is not None:
            sentences.setdefault(fault.row, []).append(f"{fault.column}: {fault.sentence}")
    return _sheet(faulty_rows(upload.data, sentences), "faulty_rows.xlsx")


@page("/imports/uploads/<int:upload_id>", Role.LOGISTICS, post=True)
def take_in_now(upload_id: int) -> AnyResponse:
    """Take the file in, telling how far it is; pressed twice, it is taken in once."""
    upload, form = _upload(upload_id), sent()
    if request.form.get("do") == "give_up":
        settle_upload(service().records, doer(), upload, None)
        return Response(status=303, headers={"Location": "/imports"})
    said = _read(upload) if upload.data is not None else None
    if said and (said.faults or said.wanted is None):
        upload, said = _upload(upload_id), None  # the same press may have taken these very slips in meanwhile
        if upload.data is not None:
            return Response(_preview(upload, form), 422, mimetype="text/html")
    return Response(stream_with_context(_told(upload, said, form)), mimetype="text/html")


def _told(upload: Upload, said: Preview | None, form: Form) -> Iterator[str]:
    """The page as it grows: the frame at once, then what is going on, then where to go on."""
    count = len(said.slips) if said else 0
    frame = render("import_running.html", "incoming", upload=upload, told=say(locale(), TAKING_IN, n=f"{count:,}"))
    head, _, foot = frame.partition("<!-- here -->")
    yield head + " " * 1024  # browsers wait for a first kilobyte before they show anything
    try:
        address = ""
        for step in followed(lambda progress: done_once(form, lambda: _take_in(upload, said, progress))):
            if isinstance(step, int):
                yield f"<p>{escape(say(locale(), TAKEN_IN, n=f'{step:,}', of=f'{count:,}'))}</p>"
            else:
                address = step
        yield f'<p><a class="button main" href="{escape(address)}">{say(locale(), "Go on")}</a></p>'
        yield f'<meta http-equiv="refresh" content="0;url={escape(address)}">'
    except (Refused, SlipsTaken, Invalid, NotFound, OtherWords, Unavailable) as error:
        back = f"/imports/uploads/{upload.id}"
        sentence = say(locale(), NOT_NOW if isinstance(error, Unavailable) else CHANGED)
        yield f'<p><b>{escape(sentence)}</b></p><p><a class="button" href="{back}">{say(locale(), "Go on")}</a></p>'
    yield foot


def _take_in(upload: Upload, said: Preview | None, progress: Progress) -> str:
    if said is None or said.wanted is None:
        return f"/imports/{upload.import_id}" if upload.import_id else "/imports"
    take_in_upload(service().records, doer(), upload, said.wanted, progress)
    return f"/imports/uploads/{upload.id}"


@page("/imports/<int:import_id>")
def one_import_page(import_id: int) -> str:
    """A file that was taken in, with its lots."""
    return _one(import_id, Form())


def _one(import_id: int, form: Form) -> str:
    found, lots = require(one_import(service().records, import_id), "import", str(import_id))
    people = people_called(service().records, [found["person"]])
    return render("import.html", "incoming", found=found, lots=lots, form=form, people=people, **called_things())


@page("/imports/<int:import_id>/undo", Role.LOGISTICS, post=True)
def undo_now(import_id: int) -> AnyResponse:
    """Undo a whole import, with a reason."""

    def deed(wanted: dict[str, str]) -> str:
        undone = undo_import(service().records, doer(), import_id, wanted["reason"])
        return f"/imports/{import_id}?undone={quote(str(undone))}"

    return submitted(ReasonSchema(), deed, lambda form: _one(import_id, form))
