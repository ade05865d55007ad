"""The company's own quote, uploaded: it comes behind the cover, and nothing in it acts."""

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest

from certificates.papers.plain_pages import NotAPdf, plain
from certificates.papers.uploaded import made_plain
from tests.campaign import attached, certified, pack
from tests.house import House
from tests.pages.staff.pdfs import bomb, harmful, locked, minimal_pdf, odd, swollen
from tests.pages.visitor import Visitor, visiting

PAGE = "/quotes/Q-1"


def test_the_own_quote_comes_behind_the_cover(house: House) -> None:
    attached(house, certified(house))
    before = len(pypdfium2.PdfDocument(pack(house)[1]))
    visitor = visiting(house, "sales", site=None)
    _upload(visitor, minimal_pdf(3))
    assert len(pypdfium2.PdfDocument(pack(house)[1])) == before + 3


def _upload(visitor: Visitor, data: bytes, name: str = "quote.pdf") -> Any:
    visitor.open(PAGE)
    words = {"csrf_token": visitor.token(), "form_key": name + str(len(data)), "file": (io.BytesIO(data), name)}
    return visitor.post(f"{PAGE}/file", words)


def test_nothing_in_the_own_quote_acts(house: House) -> None:
    attached(house, certified(house))
    assert _upload(visiting(house, "sales", site=None), harmful()).status_code == 303
    _, data = pack(house)
    with pikepdf.Pdf.open(io.BytesIO(data)) as document:
        links = [str(each.A.URI) for page in document.pages for each in page.obj.get("/Annots", ())]
        assert links == ["https://example.jp/"]
        assert "/OpenAction" not in document.Root
        assert not any("/AA" in page.obj for page in document.pages)
        assert "evil.exe" not in document.attachments
        assert not any(key in page.obj for page in document.pages for key in ("/AF", "/PresSteps", "/PieceInfo"))
        [form] = [each for page in document.pages for name, each in page.form_xobjects.items() if name == "/F"]
        assert "/AF" not in form
        written = document_text(document)
    for acting in ("app.alert", "cmd.exe", "javascript:", "inner.exe", "private words", "evil.example"):
        assert acting not in written


def document_text(document: pikepdf.Pdf) -> str:
    """Every object of a document, written out; streams with what is in them."""
    said = []
    for each in document.objects:
        said.append(repr(each))
        if isinstance(each, pikepdf.Stream):
            said.append(each.read_raw_bytes().decode("latin-1"))
    return "\n".join(said)


@pytest.mark.parametrize("change", ["null", "number", "no rectangle"])
def test_an_odd_pdf_goes_into_the_pack_or_is_told(house: House, change: str) -> None:
    attached(house, certified(house))
    answer = _upload(visiting(house, "sales", site=None), odd(change))
    assert answer.status_code in (303, 422)
    assert pack(house)[1]


def contents(data: bytes) -> bytes:
    """What draws the first page, packed as it lies in the file."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as document:
        return bytes(document.pages[0].obj.Contents.read_raw_bytes())


def test_a_bomb_stays_packed() -> None:
    data = bomb()
    assert contents(made_plain(data)) == contents(data)


def test_another_file_under_the_same_form_is_another_deed(house: House) -> None:
    certified(house)
    visitor = visiting(house, "sales", site=None)
    visitor.open(PAGE)
    words = {"csrf_token": visitor.token(), "form_key": "left-open"}
    first, again, other = (
        visitor.post(f"{PAGE}/file", words | {"file": (io.BytesIO(minimal_pdf(pages)), "quote.pdf")})
        for pages in (1, 1, 2)
    )
    assert (first.status_code, again.status_code) == (303, 303)
    assert (other.status_code, "is not saved yet" in other.text) == (409, True)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Choose a file."),
        (b"%PDF-1.7 rubbish", "This is no PDF"),
        (b"PK\x03\x04", "This is no PDF"),
        (locked(), "locked with a password"),
        (minimal_pdf(61), "more than 60 pages"),
        (minimal_pdf() + b"0" * (10 * 1024 * 1024), "larger than 10 MB"),
        (swollen(), "larger than 10 MB"),
    ],
)
def test_what_is_no_usable_pdf_is_told(house: House, data: bytes, told: str) -> None:
    certified(house)
    visitor = visiting(house, "sales", site=None)
    answer = _upload(visitor, data)
    assert (answer.status_code, told in answer.text) == (422, True)


def test_no_file_is_told(house: House) -> None:
    certified(house)
    visitor = visiting(house, "sales", site=None)
    visitor.open(PAGE)
    answer = visitor.post(f"{PAGE}/file", {"csrf_token": visitor.token(), "form_key": "none"})
    assert (answer.status_code, "Choose a file." in answer.text) == (422, True)


@pytest.mark.parametrize("rubbish", [b"", b"%PDF-", b"%PDF-1.4\n1 0 obj<<>>endobj trailer<</Root 1 0 R>>"])
def test_rubbish_is_no_pdf(rubbish: bytes) -> None:
    with pytest.raises(NotAPdf):
        plain(rubbish)
