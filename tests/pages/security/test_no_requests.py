"""What is no request at all: told in words, never a 500, and a photo may be as large as a phone makes it."""

import io
import os

import pytest
from PIL import Image

from app.pages.staff.limits import MOST_FIELDS
from tests.campaign import certificate, delivered, scrap, three_bodies
from tests.house import PUBLIC_URL, House
from tests.pages.visitor import Visitor, visiting

NUL = "%00"
BEYOND = 2**63  # one more than any database counts to
ADDRESSES = {
    400: [
        f"/lots?q={NUL}",
        f"/lots/{NUL}",
        f"/lots?a{NUL}=1",
        f"/find?q={NUL}",
        f"/weigh-in?saved={NUL}",
        f"/weigh-in/known?vehicle={NUL}",
        f"/admin/people/{NUL}",
        f"/steps/new/remelt?lot={NUL}",
        f"/transfers/new?lot={NUL}",
        f"/certificates/new?customer={NUL}",
        f"/verify?number=A&check={NUL}",
        f"/L/{NUL}",
        f"/static/{NUL}",
    ],
    404: [
        f"/photos/{BEYOND}.jpg",
        f"/imports/{BEYOND}",
        f"/imports/uploads/{BEYOND}",
        "/nowhere",
        "/static/..%2f..%2f__init__.py",
        "/static/../../config.py",
        "/static/%2e%2e/%2e%2e/config.py",
        "/static//etc/passwd",
    ],
    200: ["/find?q=http://[", "/steps/new/remelt?lot=http://[", "/labels?lots=http://[", f"/flags?after={BEYOND}"],
}
CALLBACK = ("callback_url", "callback_client_id", "callback_secret")
FORMS = [
    ("/steps/new/remelt", {"inputs.x.kg": "1"}),
    ("/steps/new/remelt", {"inputs.": "1"}),
    ("/steps/new/remelt", {"scan": "http://[", "do": "add"}),
    ("/steps/new/remelt", {".".join(["inputs"] * 3000): "1"}),
    ("/dispatches", {".".join(["lines", *["0"] * 20_000]): "1"}),
    ("/transfers", {"lot": "A\0"}),
    ("/weigh-in", {"site": "\0"}),
    ("/weigh-in", {"\0": "x"}),
    ("/labels.pdf", {"lots": "A", "copies": "9" * 5000}),
    ("/labels.pdf", {"lots": "\0"}),
    (f"/flags/{BEYOND}/acceptance", {"reason": "x"}),
    (f"/admin/keys/{BEYOND}/end", {}),
    ("/admin/keys", {"owner": "x", "role": "sales", "expires": "0001-01-01"}),
    ("/admin/keys", {"owner": "x", "role": "sales", "expires": "9999-12-31"}),
    (f"/admin/exchange/{BEYOND}/end", {}),
    ("/admin/exchange", {"customer": "TRUCK-M", "callback_url": "https://["}),
    ("/admin/exchange", {"customer": "TRUCK-M", **dict.fromkeys(CALLBACK, "https://[")}),
    ("/admin/exchange", {"customer": "TRUCK-M", **dict.fromkeys(CALLBACK, "http://192.0.2.1/")}),
    ("/admin/exchange", {"customer": "NOBODY", "expires": "9999-12-31"}),
    ("/me/password", {"current": "\0", "password": "\0" * 20}),
]


def noise(megabytes: int) -> bytes:
    """A photo that no compression makes small."""
    edge = int((megabytes * 1_000_000 / 0.65) ** 0.5)
    target = io.BytesIO()
    Image.frombytes("RGB", (edge, edge), os.urandom(edge * edge * 3)).save(target, "JPEG", quality=80)
    return target.getvalue()


def slip(visitor: Visitor) -> dict[str, str]:
    visitor.open("/weigh-in")
    typed = {"slip_number": "W-1", "customer": "TRUCK-M", "item": "truck-body", "units": "3", "alloy": "mixed"}
    return visitor.form("/weigh-in").words | typed | {"gross_kg": "2400", "tare_kg": "0"}


def test_addresses_that_name_nothing_are_told_so(house: House) -> None:
    visitor = visiting(house, "admin")
    for status, paths in ADDRESSES.items():
        for path in paths:
            answer = visitor.client.get(path, base_url=PUBLIC_URL)
            assert answer.status_code == status, path
            assert "nonce-" in answer.headers["Content-Security-Policy"], path


def test_forms_of_no_page_are_told_so_and_change_nothing(house: House) -> None:
    scrap(house, "A")
    visitor = visiting(house, "admin")
    before = len(house.send("GET", "/audit", "auditor").text.splitlines())
    for path, words in FORMS:
        visitor.open("/me")
        answer = visitor.post(path, {"csrf_token": visitor.token(), "form_key": path, **words})
        assert answer.status_code in (200, 400, 404, 422), (path, str(words)[:60])
    assert len(house.send("GET", "/audit", "auditor").text.splitlines()) == before


def test_check_characters_that_nobody_could_print_find_nothing(house: House) -> None:
    three_bodies(house)
    number = certificate(house, delivered(house, "D-1", "T"))["number"]
    page = Visitor(house).open(f"/verify?number={number}&check=検査文字")
    assert "no certificate" in page.lower()


def test_more_fields_than_any_page_has_are_refused(house: House) -> None:
    visitor = visiting(house, "plant")
    visitor.open("/me")
    words = {"csrf_token": visitor.token()} | {f"inputs.{n}.lot": "A" for n in range(MOST_FIELDS)}
    assert visitor.post("/steps/new/remelt", words | {"do": "calculate"}).status_code == 413


def test_thousands_of_parts_are_refused(house: House) -> None:
    visitor = visiting(house, "logistics")
    words = slip(visitor) | {f"a{n}": "x" for n in range(2000)}
    answer = visitor.post("/weigh-in", {**words, "photos": (io.BytesIO(b"x"), "a.jpg")})
    assert answer.status_code == 413


@pytest.mark.parametrize(("megabytes", "status"), [(5, 303), (13, 422)])
def test_a_photo_may_be_as_large_as_a_phone_makes_it(house: House, megabytes: int, status: int) -> None:
    visitor = visiting(house, "logistics")
    data = noise(megabytes)
    assert len(data) > megabytes * 1_000_000
    answer = visitor.post("/weigh-in", {**slip(visitor), "photos": (io.BytesIO(data), "body.jpg")})
    assert answer.status_code == status
    assert len(house.get("/lots")["items"]) == (status == 303)


@pytest.mark.parametrize(("path", "field", "most"), [("/weigh-in", "photos", 64), ("/imports/new", "file", 10)])
def test_a_body_larger_than_its_page_takes_is_refused(house: House, path: str, field: str, most: int) -> None:
    visitor = visiting(house, "logistics")
    visitor.open(path)
    words = visitor.form(path).words
    answer = visitor.post(path, {**words, field: (io.BytesIO(b"0" * (most + 1) * 2**20), "big")})
    assert (answer.status_code, "too large" in answer.text) == (413, True)


def test_a_file_of_slips_may_be_larger_than_a_page_of_words(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/imports/new")
    words = visitor.form("/imports/new").words
    lines = b"a,b\n" + b"1,2\n" * 600_000
    answer = visitor.post("/imports/new", {**words, "file": (io.BytesIO(lines), "../../etc/cron.d/\x07slips.csv")})
    assert answer.status_code == 303
    with house.records.reading() as books:
        upload = books.uploads.one(int(answer.headers["Location"].rpartition("/")[2]))
    assert upload is not None
    assert (upload.file_name, upload.data) == ("slips.csv", lines)


def test_a_large_body_of_nobody_is_not_even_read(house: House) -> None:
    answer = house.client.post("/weigh-in", data={"photos": (io.BytesIO(b"0" * 2**20), "a")}, base_url=PUBLIC_URL)
    assert answer.status_code == 401


def test_an_error_page_of_an_address_of_nowhere_speaks_the_readers_language(house: House) -> None:
    visitor = visiting(house, "plant", locale="ja")
    visitor.open("/me?lang=en")
    assert 'lang="en"' in visitor.open("/nowhere", status=404)


def test_more_labels_than_one_print_takes_are_told(house: House) -> None:
    scrap(house, "A")
    visitor = visiting(house, "logistics")
    visitor.open("/labels")
    answer = visitor.send("/labels.pdf", {"lots": "A", "copies": "1001"}, follow=False)
    assert (answer.status_code, "1000 labels at most" in visitor.text()) == (422, True)
