"""Somebody else's PDF made plain: pages to look at, links to web addresses, and nothing that acts or is hidden in it.

What a salesperson uploads is opened by a customer under the company's name. It is also made by anybody and read by a
parser, so it is made plain by a process of its own (``certificates.papers.uploaded``) that may take only so much time
and memory: ``python -m certificates.papers.plain_pages`` reads it from stdin and writes the plain one to stdout.
"""

import resource
import sys
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, StreamDecodeLevel

MOST_PAGES = 60
LARGEST = 20 * 1024 * 1024  # it is kept for good, and goes into every pack
DEEPEST = 60
MEMORY, CPU_S = 1_500_000_000, 20
REFUSED = 3
_PLAIN_LINKS = ("http://", "https://", "mailto:")
# What a page is drawn from; everything else a page may carry is left behind.
_DRAWN = {
    "/Type", "/Parent", "/Resources", "/Contents", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox",
    "/Rotate", "/UserUnit", "/Group",
}  # fmt: skip
# Actions, files and other people's data, wherever they hang below a page.
_LEFT_BEHIND = (
    "/A", "/AA", "/AF", "/Alternates", "/EF", "/JS", "/Metadata", "/Names", "/OPI", "/OpenAction", "/PieceInfo",
    "/PresSteps", "/RF", "/Ref",
)  # fmt: skip
# What says of a stream that it lies in another file.
_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
# What a parser says of what is no PDF after all, deep in it.
_BROKEN = (
    pikepdf.PdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)


class NotAPdf(ValueError):
    """What was given as a PDF is none, is locked, or has more pages than anybody reads; ``reason`` is a word."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"not a usable PDF: {reason}")


def plain(data: bytes) -> bytes:
    """The plain form of a PDF; equal input gives equal bytes. Raises NotAPdf (broken, locked, too_long, too_large)."""
    try:
        with Pdf.open(BytesIO(data)) as source:
            return _made_plain(source)
    except NotAPdf:
        raise
    except pikepdf.PasswordError as error:
        raise NotAPdf("locked") from error
    except _BROKEN as error:
        raise NotAPdf("broken") from error


def _made_plain(source: Pdf) -> bytes:
    if source.is_encrypted:
        raise NotAPdf("locked")
    if not source.pages:
        raise NotAPdf("broken")
    if len(source.pages) > MOST_PAGES:
        raise NotAPdf("too_long")
    source.flatten_annotations("screen")  # what was filled into a form stays as it looks
    links = [_links(page.obj) for page in source.pages]
    target = BytesIO()
    with Pdf.new() as made:
        made.pages.extend(source.pages)
        for page in made.pages:
            for key in set(page.obj.keys()) - _DRAWN:
                del page.obj[key]
        for each in list(made.objects):
            _strip(each)
        for page, found in zip(made.pages, links, strict=True):
            if found:
                page.obj.Annots = Array([_link(*each) for each in found])
        made.save(target, deterministic_id=True, stream_decode_level=StreamDecodeLevel.none)
    if target.tell() > LARGEST:
        raise NotAPdf("too_large")
    return target.getvalue()


def _links(page: Any) -> list[tuple[list[float], str]]:
    """(rectangle, address) of the links to web addresses."""
    found = []
    for each in page.get(Name.Annots, ()):
        action = each.get(Name.A) if isinstance(each, Dictionary) else None
        if not isinstance(action, Dictionary) or each.get(Name.Subtype) != Name.Link:
            continue
        address = str(action.get(Name.URI, ""))
        if action.get(Name.S) == Name.URI and address.lower().startswith(_PLAIN_LINKS) and Name.Rect in each:
            found.append(([float(corner) for corner in each.Rect][:4], address))
    return found


def _link(rectangle: list[float], address: str) -> Dictionary:
    """A link made anew: nothing that hung on the old one comes along."""
    action = Dictionary(S=Name.URI, URI=pikepdf.String(address))
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(rectangle), Border=Array([0, 0, 0]), A=action)


def _strip(found: Any, depth: int = 0) -> None:
    """Take what acts or hides out of an object and what stands directly in it."""
    if depth > DEEPEST:
        raise NotAPdf("broken")
    if isinstance(found, Array):
        for each in found:
            _strip_inner(each, depth)
    elif isinstance(found, Dictionary | Stream):
        for key in _LEFT_BEHIND:
            if key in found:
                del found[key]
        for key in _ELSEWHERE if isinstance(found, Stream) else ():
            if key in found:
                del found[key]
        for key in list(found.keys()):
            _strip_inner(found[key], depth)


def _strip_inner(found: Any, depth: int) -> None:
    if isinstance(found, Array | Dictionary | Stream) and not found.is_indirect:
        _strip(found, depth + 1)


def main() -> int:
    """Of stdin, to stdout; a word for why not on stderr, with an exit code of its own."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    try:
        sys.stdout.buffer.write(plain(sys.stdin.buffer.read()))
    except NotAPdf as error:
        sys.stderr.write(error.reason)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
