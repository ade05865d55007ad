"""Files that are meant to do harm: bombs, polyglots, broken ones; and whose file an upload is."""

import base64
import io
import re
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.operations.problems import Invalid
from app.schemas.photos import Picture, read_photos
from app.schemas.reference_files import own_slips
from tests.house import PUBLIC_URL, House
from tests.pages.visitor import Visitor, visiting

HTML = b"<script>alert(1)</script>"


def photo(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    picture, target = Image.new("RGB", size, "grey"), io.BytesIO()
    exif = picture.getexif()
    exif[274] = 6  # turned, so that the turning is tried too
    picture.save(target, kind, exif=exif)
    return target.getvalue()


def png(width: int, height: int) -> bytes:
    """A PNG that claims so many pixels and has next to none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def weighed(house: House, data: bytes) -> tuple[int, list[bytes]]:
    """What becomes of a slip with this photo, and the photos that are kept."""
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    typed = {"slip_number": "W-1", "customer": "TRUCK-M", "item": "truck-body", "units": "3", "alloy": "mixed"}
    words = visitor.form("/weigh-in").words | typed | {"gross_kg": "2400", "tare_kg": "0"}
    answer = visitor.post("/weigh-in", {**words, "photos": (io.BytesIO(data), "../../<b>.jpg")})
    with house.records.reading() as books:
        lots = books.lots.ids([lot["number"] for lot in house.get("/lots")["items"]])
        kept = [books.photos.jpeg(each.id) or b"" for lot in lots for each in books.photos.of_lot(lot)]
    return answer.status_code, kept


@pytest.mark.parametrize(
    "data",
    [png(60_000, 60_000), png(2**31 - 1, 1), photo("JPEG")[:400], HTML, photo("GIF"), photo("TIFF"), b"%PDF-1.7"],
)
def test_bombs_and_what_is_no_photo_save_nothing(house: House, data: bytes) -> None:
    assert weighed(house, data) == (422, [])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_of_a_photo_that_is_a_page_as_well_only_the_photo_is_kept(house: House, kind: str) -> None:
    status, kept = weighed(house, photo(kind) + HTML)
    assert (status, len(kept)) == (303, 1)
    assert HTML not in kept[0]
    assert Image.open(io.BytesIO(kept[0])).size == (30, 40)


@settings(max_examples=150)
@given(
    st.sampled_from([photo(kind) for kind in ("JPEG", "PNG", "WEBP")]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_a_broken_photo_is_told_as_no_photo(whole: bytes, broken: list[tuple[float, int]]) -> None:
    data = bytearray(whole)
    for at, byte in broken:
        data[int(at * len(data))] = byte
    with suppress(Invalid):
        read_photos([Picture("a.jpg", bytes(data))])


def upload(visitor: Visitor, data: bytes) -> str:
    visitor.open("/imports/new")
    words = visitor.form("/imports/new").words
    return visitor.post("/imports/new", {**words, "file": (io.BytesIO(data), "slips.xlsx")}).headers["Location"]


def test_an_archive_that_unpacks_without_end_is_told_in_a_sentence(house: House) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 200 * 2**20)
    visitor = visiting(house, "logistics")
    assert "One thing to correct" in visitor.open(upload(visitor, packed.getvalue()))
    assert house.get("/lots")["items"] == []


def test_a_colleague_in_the_yard_goes_on_with_an_upload_and_nobody_else_sees_it(house: House) -> None:
    """The yard's work is the yard's (domain.md, Roles): one uploads, the next shift takes in; the books name both."""
    house.person("logistics", "colleague")
    colleague = Visitor(house)
    colleague.sign_in("colleague")
    address = upload(visiting(house, "logistics"), own_slips())
    for role in ("plant", "sales", "auditor"):
        assert visiting(house, role).client.get(address, base_url=PUBLIC_URL).status_code == 403
    colleague.open(address)
    colleague.send(address, {"do": "take_in"})
    log = house.send("GET", "/audit", "auditor").text
    lines = [line for line in log.splitlines() if '"subject_kind": "file"' in line]
    assert [("logistics-person" in line, "colleague" in line) for line in lines[:2]] == [(True, False), (False, True)]


def test_a_file_that_was_taken_in_is_not_given_up_after_that(house: House) -> None:
    visitor = visiting(house, "logistics")
    address = upload(visitor, own_slips())
    visitor.open(address)
    words = visitor.form(address).words
    visitor.post(address, words | {"do": "take_in"})
    late = visitor.post(address, words | {"do": "give_up"})
    assert late.status_code == 404
    became = visitor.client.get(address, base_url=PUBLIC_URL).headers["Location"]
    assert re.fullmatch(r"/imports/\d+", became)  # and not to the list, as one that was given up
    assert len(house.get("/lots?limit=100")["items"]) == 40


def test_a_file_that_was_given_up_is_not_taken_in_after_that(house: House) -> None:
    visitor = visiting(house, "logistics")
    address = upload(visitor, own_slips())
    visitor.open(address)
    words = visitor.form(address).words
    visitor.post(address, words | {"do": "give_up"})
    visitor.post(address, words | {"do": "take_in"})
    assert house.get("/lots")["items"] == []


ODD = (
    "UklGRsoAAABXRUJQVlA4WAoAAAAIAAAAJwAAHQAAVlA4TBEAAAAvJ0AHAAdQhCb0oP+BiOh/AABFWElGkgAAAE1NACoAAAAIAAQBAAACAAAABgAA"
    "AD4BEgADAAAAAQAGAACHaQAEAAAAAQAAAESIJQAEAAAAAQAAAFwAAAAATWFrZXIAAAGQAwACAAAABQAAAFYAAAAAMjAyMAAAAAIAAQACAAAAAk4A"
    "AAAAAgAFAAAAAwAAAHoAAAAAAAAAAQAAAAEAAAACAAAAAQAAAAMAAAAB"
)


def test_a_photo_whose_camera_wrote_nonsense_is_turned_upright_and_kept(house: House) -> None:
    """Held upright (6), with a tag of a place that has the wrong type: 40 by 30 as it lies in the file."""
    status, [kept] = weighed(house, base64.b64decode(ODD))
    assert status == 303
    assert Image.open(io.BytesIO(kept)).size == (30, 40)
