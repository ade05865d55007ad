"""One PDF of many: pages one after another, and files attached to it byte for byte. Somebody else's pages come plain.

What a salesperson uploads is opened by a customer under the company's name, so nothing in it may act: no scripts, no
files to launch, no forms that send. Links to web addresses stay.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf

from certificates.content import Party

MOST_PAGES = 60
_PLAIN_LINKS = ("http://", "https://", "mailto:")


class NotAPdf(ValueError):
    """What was given as a PDF is none, is locked, or has more pages than anybody reads; ``reason`` is a word."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"not a usable PDF: {reason}")


@dataclass(frozen=True, slots=True)
class File:
    """A file to be attached as it is."""

    name: str
    media_type: str
    data: bytes
    says: str


def pages_of(data: bytes) -> int:
    """How many pages a PDF has. Raises NotAPdf (broken, locked, too_long)."""
    with _opened(data) as document:
        return len(document.pages)


def bound(pieces: Iterable[bytes], files: Sequence[File], title: str, issuer: Party) -> bytes:
    """The pages of all pieces in order, and the files attached. Equal input gives equal bytes. Raises NotAPdf."""
    target = BytesIO()
    with Pdf.new() as whole:
        for piece in pieces:
            with _opened(piece) as document:
                _make_plain(document)
                whole.pages.extend(document.pages)
        for file in files:
            _attach(whole, file)
        whole.docinfo["/Title"] = title
        whole.docinfo["/Author"] = issuer.name_ja
        whole.Root.PageMode = Name.UseAttachments if files else Name.UseNone
        whole.Root.Lang = "ja"
        whole.save(target, deterministic_id=True, linearize=False)
    return target.getvalue()


def _opened(data: bytes) -> Pdf:
    try:
        document = Pdf.open(BytesIO(data))
        pages = len(document.pages)
    except pikepdf.PasswordError as error:
        raise NotAPdf("locked") from error
    except (pikepdf.PdfError, ValueError, RecursionError) as error:
        raise NotAPdf("broken") from error
    if not pages:
        raise NotAPdf("broken")
    if document.is_encrypted:
        raise NotAPdf("locked")
    if pages > MOST_PAGES:
        raise NotAPdf("too_long")
    return document


def _make_plain(document: Pdf) -> None:
    document.flatten_annotations("screen")  # what was filled into a form stays as it looks
    for page in document.pages:
        if Name.AA in page.obj:
            del page.obj[Name.AA]
        links = [each for each in page.obj.get(Name.Annots, ()) if _is_plain_link(each)]
        if Name.Annots in page.obj:
            del page.obj[Name.Annots]
        if links:
            page.obj.Annots = Array([_plain_link(each) for each in links])


def _is_plain_link(annotation: pikepdf.Object) -> bool:
    action = annotation.get(Name.A)
    if annotation.get(Name.Subtype) != Name.Link or not isinstance(action, Dictionary) or Name.Rect not in annotation:
        return False
    return action.get(Name.S) == Name.URI and str(action.get(Name.URI, "")).lower().startswith(_PLAIN_LINKS)


def _plain_link(annotation: pikepdf.Object) -> Dictionary:
    """A link made anew: nothing that hung on the old one comes along."""
    action = Dictionary(S=Name.URI, URI=str(annotation.A.URI))
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=annotation.Rect, Border=Array([0, 0, 0]), A=action)


def _attach(whole: Pdf, file: File) -> None:
    spec = AttachedFileSpec(whole, file.data, filename=file.name, mime_type=file.media_type, description=file.says)
    spec.relationship = Name.Supplement
    whole.attachments[file.name] = spec


def attached(data: bytes) -> dict[str, bytes]:
    """The files attached to a PDF, by name. Raises NotAPdf."""
    with _opened(data) as document:
        return {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
