"""One PDF of many: pages one after another, and files attached to it byte for byte."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from pikepdf import AttachedFileSpec, Name, Pdf

from certificates.content import Party


@dataclass(frozen=True, slots=True)
class File:
    """A file to be attached as it is."""

    name: str
    media_type: str
    data: bytes
    says: str


def pages_of(data: bytes) -> int:
    """How many pages a PDF of ours, or one made plain, has."""
    with Pdf.open(BytesIO(data)) as document:
        return len(document.pages)


def bound(pieces: Iterable[bytes], files: Sequence[File], title: str, issuer: Party) -> bytes:
    """The pages of all pieces in order, and the files attached. Equal input gives equal bytes.

    The pieces are our own, or were made plain (``certificates.papers.uploaded``).
    """
    target = BytesIO()
    with Pdf.new() as whole:
        for piece in pieces:
            with Pdf.open(BytesIO(piece)) as document:
                whole.pages.extend(document.pages)
        for file in files:
            _attach(whole, file)
        whole.docinfo["/Title"] = title
        whole.docinfo["/Author"] = issuer.name_ja
        whole.Root.PageMode = Name.UseAttachments if files else Name.UseNone
        whole.Root.Lang = "ja"
        whole.save(target, deterministic_id=True)
    return target.getvalue()


def _attach(whole: Pdf, file: File) -> None:
    spec = AttachedFileSpec(whole, file.data, filename=file.name, mime_type=file.media_type, description=file.says)
    spec.relationship = Name.Supplement
    whole.attachments[file.name] = spec
