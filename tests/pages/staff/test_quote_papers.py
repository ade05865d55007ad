"""What goes with a quote: three clicks to a PDF, certificates byte for byte as issued, and what ended since is told."""

import io
import json
import time
import zlib
from typing import Any

import pikepdf
import pypdfium2
import pytest

from certificates import seal
from certificates.papers.plain_pages import NotAPdf, plain
from certificates.papers.uploaded import made_plain
from tests.campaign import SENT, WEIGHED, attached, certificate, delivered, held, pack, quote, three_bodies
from tests.house import PUBLIC_URL, House
from tests.pages.staff.pdfs import minimal_pdf
from tests.pages.visitor import Visitor, visiting

PAGE = "/quotes/Q-1"


def certified(house: House) -> str:
    """Three bodies, one delivered and certified; a quote for two more. The certificate's number."""
    three_bodies(house)
    number = certificate(house, delivered(house, "D-1", "T"))["number"]
    quote(house)
    return str(number)


def files_of(data: bytes) -> dict[str, bytes]:
    """The files attached to a PDF, as another reader than the one that wrote it finds them."""
    document = pypdfium2.PdfDocument(data)
    found = (document.get_attachment(index) for index in range(document.count_attachments()))
    return {each.get_name(): bytes(each.get_data()) for each in found}


def words_of(data: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def test_a_pack_carries_the_certificate_byte_for_byte_as_issued(house: House) -> None:
    number = attached(house, certified(house))
    held(house, "T")
    _, data = pack(house, sent_to="資材部")
    files = files_of(data)
    issued = house.send("GET", f"/certificates/{number}.pdf", "sales").data
    assert files[f"{number}.pdf"] == issued
    assert seal.read(files[f"{number}.json"]).number == number
    [statement] = [json.loads(each) for name, each in files.items() if name.startswith("CFP-")]
    assert (statement["lot"], statement["promised"]["quote"], statement["promised"]["units"]) == ("T", "Q-1", 1)
    assert "avoided_co2" not in statement
    said = words_of(data)
    for expected in ("見積添付資料", "資材部", number, "見積用", "取り置き", "主張せず"):
        assert expected in said, expected


def test_the_same_books_make_the_same_pack(house: House) -> None:
    attached(house, certified(house))
    assert pack(house)[1] == pack(house)[1]


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


def harmful() -> bytes:
    """A PDF with a script, a launch and a form in it, and a plain link."""
    target = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(minimal_pdf())) as document:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.jp/"))
        evil = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("javascript:alert(1)"))
        rect = pikepdf.Array([0, 0, 10, 10])
        document.Root.OpenAction = script
        document.pages[0].obj.AA = pikepdf.Dictionary(O=script)
        document.pages[0].obj.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=rect, A=action)
                for action in (script, launch, link, evil)
            ]
        )
        document.attachments["evil.exe"] = b"MZ"
        spec = pikepdf.AttachedFileSpec(document, b"MZ inner.exe", filename="inner.exe")
        page = document.pages[0].obj
        page.AF = pikepdf.Array([spec.obj])
        page.PresSteps = document.make_indirect(pikepdf.Dictionary(NA=script))
        page.PieceInfo = pikepdf.Dictionary(X=pikepdf.Dictionary(Private=pikepdf.String("private words")))
        form = pikepdf.Stream(document, b"q Q", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=rect)
        form.AF = pikepdf.Array([spec.obj])
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=document.make_indirect(form)))
        document.save(target)
    return target.getvalue()


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
    for acting in ("app.alert", "cmd.exe", "javascript:", "inner.exe", "private words"):
        assert acting not in written


def document_text(document: pikepdf.Pdf) -> str:
    """Every object of a document, written out; streams with what is in them."""
    said = []
    for each in document.objects:
        said.append(repr(each))
        if isinstance(each, pikepdf.Stream):
            said.append(each.read_raw_bytes().decode("latin-1"))
    return "\n".join(said)


def odd(change: str) -> bytes:
    """A PDF that a reader opens and a careless program falls over."""
    target = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(minimal_pdf())) as document:
        page = document.pages[0].obj
        page.Annots = {
            "null": pikepdf.Array([None]),
            "number": pikepdf.Array([5]),
            "no rectangle": pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([1]))]),
        }[change]
        document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("change", ["null", "number", "no rectangle"])
def test_an_odd_pdf_goes_into_the_pack_or_is_told(house: House, change: str) -> None:
    attached(house, certified(house))
    answer = _upload(visiting(house, "sales", site=None), odd(change))
    assert answer.status_code in (303, 422)
    assert pack(house)[1]


def bomb() -> bytes:
    """A few hundred bytes that are sixty megabytes of page, packed twice."""
    content = zlib.compress(zlib.compress(b"0 0 m " * 9_000_000, 9), 9)
    target = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(minimal_pdf())) as document:
        filters = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
        document.pages[0].obj.Contents = document.make_indirect(pikepdf.Stream(document, content, Filter=filters))
        document.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return target.getvalue()


def test_a_bomb_stays_packed() -> None:
    data = bomb()
    started = time.monotonic()
    assert len(made_plain(data)) < len(data) + 2000
    assert time.monotonic() - started < 10


def test_a_certificate_that_was_altered_is_not_sent_out(house: House) -> None:
    attached(house, certified(house))
    with house.records.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE certificate_documents SET sha256 = 'x'")
    assert "is not what was issued" in str(house.post("/quotes/Q-1/packs", {}, "sales", status=422)["errors"])


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


def test_a_pack_pressed_again_after_a_change_is_not_the_old_one(house: House) -> None:
    number = attached(house, certified(house))
    visitor = visiting(house, "sales", site=None)
    visitor.open(PAGE)
    words = visitor.form(f"{PAGE}/packs").words
    first, again = (visitor.post(f"{PAGE}/packs", words).headers["Location"] for _ in range(2))
    assert first == again
    house.post(f"/certificates/{number}/revocation", {"reason": "x"}, "sales")
    assert visitor.post(f"{PAGE}/packs", words).status_code in (409, 422)


def test_a_name_that_the_font_cannot_show_is_told(house: House) -> None:
    attached(house, certified(house))
    refused = house.post("/quotes/Q-1/packs", {"sent_to": "佐藤\U0001f389"}, "sales", status=422)
    assert "font cannot show" in str(refused["errors"])


def locked() -> bytes:
    target = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(minimal_pdf())) as document:
        document.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Choose a file."),
        (b"%PDF-1.7 rubbish", "This is no PDF"),
        (b"PK\x03\x04", "This is no PDF"),
        (locked(), "locked with a password"),
        (minimal_pdf(61), "more than 60 pages"),
        (minimal_pdf() + b"0" * (10 * 1024 * 1024), "larger than 10 MB"),
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


def test_the_best_match_is_chosen_and_three_clicks_make_the_pdf(house: House) -> None:
    number = certified(house)
    visitor = visiting(house, "sales", site=None)
    assert f"Fits best: {number}" in " ".join(visitor.open(PAGE).split())
    visitor.send(f"{PAGE}/certificates")
    assert "the certificate is attached" in visitor.page
    made = visitor.post(f"{PAGE}/packs", visitor.form(f"{PAGE}/packs").words)
    assert made.headers["Location"].endswith(".pdf")
    opened = visitor.client.get(made.headers["Location"], base_url=PUBLIC_URL)
    assert files_of(opened.data)[f"{number}.pdf"] == house.send("GET", f"/certificates/{number}.pdf", "sales").data


def test_a_certificate_that_says_something_of_the_quote_comes_before_a_newer_one(house: House) -> None:
    number = certified(house)
    metal = {"number": "B", "kind": "billet", "kg": "10", "alloy": "A6N01", "site": "MC", "received_at": WEIGHED}
    house.post("/metal-lots", metal)
    note = {"customer": "TRUCK-M", "site": "MC", "dispatched_at": SENT, "lines": [{"lot": "B", "kg": "10"}]}
    certificate(house, house.post("/dispatches", note)["lots"][0]["number"])
    assert f"Fits best: {number}" in " ".join(visiting(house, "sales", site=None).open(PAGE).split())


def test_a_certificate_revoked_after_sending_turns_the_quote_red_and_names_who_was_sent_it(house: House) -> None:
    number = attached(house, certified(house))
    pack(house, sent_to="例示運輸 購買部")
    visitor = visiting(house, "sales", site=None)
    assert "A certificate that was sent" not in visitor.open(PAGE)
    house.post(f"/certificates/{number}/revocation", {"reason": "納品先の訂正"}, "sales")
    visitor.open(PAGE)
    for said in ("A certificate that was sent has been revoked.", number, "納品先の訂正", "例示運輸 購買部"):
        assert said in visitor.text(), said
    assert "A certificate sent is none any more" in visitor.open("/quotes")
    assert house.get("/quotes/Q-1")["packs"][0]["ended"] == [number]


def test_what_was_revoked_does_not_go_out_again(house: House) -> None:
    number = attached(house, certified(house))
    house.post(f"/certificates/{number}/revocation", {"reason": "x"}, "sales")
    assert house.post("/quotes/Q-1/packs", {}, "sales", status=422)["code"] == "malformed"
    held(house, "T")
    assert f"{number}.pdf" not in files_of(pack(house)[1])


def test_only_a_certificate_of_that_customer_that_is_in_force_is_attached_once(house: House) -> None:
    number = certified(house)
    quote(house, "Q-K", customer="TRUCK-K")
    body = {"certificate": number}
    assert house.post("/quotes/Q-K/certificates", body, "sales", status=409)["code"] == "other_customer"
    attached(house, number)
    assert "goes with this quote already" in str(house.post("/quotes/Q-1/certificates", body, "sales", status=422))
    house.post(f"/quotes/Q-1/certificates/{number}/removal", {}, "sales")
    assert house.get("/quotes/Q-1")["certificates"] == []
    house.post(f"/certificates/{number}/revocation", {"reason": "x"}, "sales")
    assert house.post("/quotes/Q-1/certificates", body, "sales", status=409)["code"] == "already_revoked"
    assert "unknown" not in house.post("/quotes/NONE/certificates", body, "sales", status=404)


def test_a_lapsed_reservation_is_in_no_pack(house: House) -> None:
    attached(house, certified(house))
    held(house, "T")
    assert any(name.startswith("CFP-") for name in files_of(pack(house)[1]))
    house.clock.now = house.clock.now.replace(year=2027)
    assert house.get("/quotes/Q-1")["lines"][0]["reservations"] == []
    assert not any(name.startswith("CFP-") for name in files_of(pack(house)[1]))


def test_a_pack_is_found_by_its_own_quote_alone(house: House) -> None:
    attached(house, certified(house))
    pack_id, _ = pack(house)
    quote(house, "Q-2")
    assert house.send("GET", f"/quotes/Q-2/packs/{pack_id}.pdf", "sales").status_code == 404


@pytest.mark.parametrize("rubbish", [b"", b"%PDF-", b"%PDF-1.4\n1 0 obj<<>>endobj trailer<</Root 1 0 R>>"])
def test_rubbish_is_no_pdf(rubbish: bytes) -> None:
    with pytest.raises(NotAPdf):
        plain(rubbish)
