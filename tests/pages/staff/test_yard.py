"""The yard's pages: weighing in once however often it is pressed, moving, labels, imports and their undoing."""

import io
import re

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from app.access import Role
from app.lookups.ledger_check import check_ledger
from tests.campaign import certificate, delivered, primary, scrap, three_bodies
from tests.house import PUBLIC_URL, House
from tests.pages.visitor import visiting

SLIP = {"slip_number": "W10-0041", "customer": "TRUCK-M", "item": "truck-body", "units": "３", "alloy": "A5083"}
SLIP |= {"gross_kg": "10,450", "tare_kg": "8000", "deduction_kg": "50", "vehicle": "富士100か1234"}


def picture(width: int = 40, height: int = 30, kind: str = "JPEG") -> bytes:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "where this was taken"
    Image.new("RGB", (width, height), "red").save(target, kind, exif=exif)
    return target.getvalue()


def lots(house: House) -> list[dict[str, object]]:
    found: list[dict[str, object]] = house.get("/lots")["items"]
    return found


def test_a_slip_is_weighed_in_and_its_message_leads_on(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    answer = visitor.send("/weigh-in", SLIP)
    [lot] = lots(house)
    assert (lot["mass_kg"], lot["place"], lot["potential_avoided_co2_kg"]) == ("2400", "MC", "24000")
    assert f"{lot['number']}</b> saved (2,400 kg)" in answer.text
    assert visitor.form("/weigh-in").words["alloy"] == "A5083"  # the next slip begins where this one ended
    visitor.send(f"/lots/{lot['number']}/undo")
    assert "Undone right after it was entered" in visitor.open(f"/lots/{lot['number']}")
    assert check_ledger(house.records).differences == ()


def test_a_second_press_saves_nothing_more_and_leads_to_the_same_place(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    words = visitor.form("/weigh-in").words | SLIP
    first, second = (visitor.post("/weigh-in", words) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(lots(house)) == 1


def test_other_words_under_a_key_that_was_used_are_told_and_then_saved(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    words = visitor.form("/weigh-in").words | SLIP
    visitor.post("/weigh-in", words)
    told = visitor.post("/weigh-in", words | {"slip_number": "W10-0042"})
    assert (told.status_code, len(lots(house))) == (409, 1)
    assert "This form was sent before." in told.text
    assert visitor.send("/weigh-in").status_code == 200
    assert len(lots(house)) == 2


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    answer = visitor.send("/weigh-in", SLIP | {"tare_kg": "12,000", "units": "some"})
    assert answer.status_code == 422
    assert 'href="#f-units"' in answer.text
    assert 'value="12,000"' in answer.text
    fixed = visitor.send("/weigh-in", {"units": "3"})
    assert "2 things" not in fixed.text
    assert "must be more than tare" in fixed.text
    scrap(house, "A", slip_number="W10-0041")
    taken = visitor.send("/weigh-in", {"tare_kg": "8000"})
    assert taken.status_code == 409
    assert 'href="#f-slip_number"' in taken.text


def test_photos_are_kept_small_and_without_where_they_were_taken(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    words = visitor.form("/weigh-in").words | SLIP
    visitor.post("/weigh-in", {**words, "photos": (io.BytesIO(picture(4000, 3000)), "body.jpg")})
    [lot] = lots(house)
    found = re.search(r"/photos/\d+\.jpg", visitor.open(f"/lots/{lot['number']}"))
    assert found
    kept = Image.open(io.BytesIO(visitor.client.get(found[0], base_url=PUBLIC_URL).data))
    assert kept.size == (1600, 1200)
    assert not kept.getexif()


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>", b"\xff\xd8\xff" + b"0" * 100, picture()[:200]])
def test_what_is_no_photo_saves_nothing(house: House, data: bytes) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    words = visitor.form("/weigh-in").words | SLIP
    answer = visitor.post("/weigh-in", {**words, "photos": (io.BytesIO(data or b"x"), "body.jpg")})
    assert (answer.status_code, lots(house)) == (422, [])
    assert "body.jpg is not a photo" in answer.text


def test_photos_that_were_not_kept_are_asked_for_again(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    words = visitor.form("/weigh-in").words
    lost = "The photos you chose were not kept."
    assert lost not in visitor.post("/weigh-in", words).text
    assert lost in visitor.post("/weigh-in", {**words, "photos": (io.BytesIO(picture()), "body.jpg")}).text


def test_nothing_is_chosen_for_the_first_slip_and_the_last_entry_for_the_next(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    words = visitor.form("/weigh-in").words
    assert [words.get(name, "") for name in ("customer", "item", "alloy")] == ["", "", ""]
    visitor.send("/weigh-in", SLIP | {"slip_number": "W-1"})
    words = visitor.form("/weigh-in").words
    assert [words[name] for name in ("customer", "alloy")] == [SLIP["customer"], SLIP["alloy"]]


def test_only_who_may_print_labels_is_offered_one(house: House) -> None:
    scrap(house, "A")
    offered = [role for role in Role if "/labels?" in visiting(house, role).open("/lots/A")]
    assert offered == [Role.LOGISTICS, Role.PLANT, Role.ADMIN]


def test_a_reversed_lot_says_so_wherever_it_would_say_that_metal_was_used(house: House) -> None:
    scrap(house, "A")
    visitor = visiting(house, "logistics")
    visitor.open("/lots/A")
    visitor.send("/lots/A/reversal", {"reason": "weighed twice"})
    said = visitor.text()
    assert "2,400 kg were made into this lot. That was reversed: it counts nowhere." in said
    assert ("were used" in said, "24,000" in said) == (False, False)
    assert said.count("weighed twice") == 2  # on top, and where it was corrected


def test_an_entry_that_waited_on_the_device_is_answered_for_its_script(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    words = visitor.form("/weigh-in").words | SLIP | {"form_key": "of-the-device", "weighed_at": "2026-11-19T08:00"}
    json = {"Accept": "application/json", "Referer": PUBLIC_URL + "/"}
    answers = [visitor.client.post("/weigh-in", data=words, base_url=PUBLIC_URL, headers=json) for _ in range(2)]
    assert [answer.json for answer in answers] == [{"saved": f"/weigh-in?saved={lots(house)[0]['number']}"}] * 2
    wrong = visitor.client.post(
        "/weigh-in", data=words | {"form_key": "b", "units": ""}, base_url=PUBLIC_URL, headers=json
    )
    assert wrong.status_code == 422
    assert wrong.get_json()["faults"][0]["name"] == "units"


def test_what_is_known_of_a_slip_and_a_vehicle_is_said_before_saving(house: House) -> None:
    scrap(house, "A", tare_kg="8000", kg="10400", vehicle="富士100か1234", weighed_at="2026-11-19T12:00:00+09:00")
    visitor = visiting(house, "logistics")
    known = visitor.client.get(
        "/weigh-in/known?slip=ｗ-a&site=MC&vehicle=富士１００か１２３４", base_url=PUBLIC_URL
    ).json
    assert known == {"slip_taken": True, "tare_g": 8_000_000, "hours": 24.0, "lot": "A"}


def test_a_transfer_a_return_and_a_write_off_from_their_forms(house: House) -> None:
    three_bodies(house)
    primary(house, "P")
    visitor, plant = visiting(house, "logistics"), visiting(house, "plant")
    visitor.open("/transfers/new?lot=P")
    visitor.send("/transfers", {"to": "KB", "kg": "500", "received_kg": "499"})
    assert house.get("/lots/P-2")["mass_kg"] == "499"
    visitor.open("/write-offs/new?lot=P")
    visitor.send("/write-offs", {"kg": "1", "reason": "dross"})
    assert house.get("/lots/P")["remaining_kg"] == "1500"
    flag = house.get("/flags?open=true")["items"][0]["id"]
    plant.open("/flags")
    plant.send(f"/flags/{flag}/acceptance", {"reason": "seen"})
    assert house.get("/lots/P")["remaining_kg"] == "1499"
    back = delivered(house, "D-1", "T")
    visitor.open(f"/returns/new?lot={back}")
    visitor.send("/returns", {"site": "NG"})
    assert house.get(f"/lots/{back}")["place"] == "NG"
    assert check_ledger(house.records).differences == ()


def test_who_recorded_a_flag_is_told_that_another_has_to_accept_it(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/weigh-in")
    visitor.send("/weigh-in", SLIP | {"units": "30"})
    assert "Another person has to accept it." in visitor.open("/flags")
    flag = house.get("/flags")["items"][0]["id"]
    words = {"csrf_token": visitor.token() if "csrf_token" in visitor.page else "", "form_key": "k", "reason": "mine"}
    visitor.open("/me")
    told = visitor.post(f"/flags/{flag}/acceptance", words | {"csrf_token": visitor.token()})
    assert told.status_code == 409
    assert "You recorded this yourself." in told.text


def test_bought_metal_with_its_suppliers_figure(house: House) -> None:
    visitor = visiting(house, "plant")
    visitor.open("/metal-in")
    own = {"footprint.kg_per_kg": "4.2", "footprint.document": "EPD-1", "footprint.issuer": "Smelter"}
    visitor.send("/metal-in", {"kg": "2,000", "alloy": "Al99.7"} | own | {"footprint.valid_until": "2027-12-31"})
    [lot] = lots(house)
    assert (lot["kind"], lot["embodied_co2_kg"]) == ("primary", "8400")


def test_what_blocks_a_reversal_is_named_with_a_link(house: House) -> None:
    three_bodies(house)
    visitor = visiting(house, "logistics")
    page = visitor.open("/lots/A")
    assert "It cannot be reversed now." in page
    assert re.search(r'<a href="/steps/H26-\d+">', page)


def test_labels_carry_a_code_that_leads_to_the_lot(house: House) -> None:
    three_bodies(house)
    visitor = visiting(house, "logistics")
    visitor.open("/labels?lots=A")
    answer = visitor.send("/labels.pdf", {"lots": "A, t", "layout": "80x50"}, follow=False)
    document = pypdfium2.PdfDocument(answer.data)
    read = [zxingcpp.read_barcodes(page.render(scale=3).to_pil())[0].text for page in document]
    assert read == ["HTTPS://LOOP.EXAMPLE.JP/L/A", "HTTPS://LOOP.EXAMPLE.JP/L/T"]
    assert "2400 kg" not in document[0].get_textpage().get_text_range()  # all of A was used
    assert visitor.open("/L/A").count("<h1>A") == 1
    visitor.open("/labels?lots=A")
    visitor.send("/labels.pdf", follow=False)
    log = house.send("GET", "/audit", "auditor").text
    assert [line.count('"again": true') for line in log.splitlines() if "print_label" in line] == [0, 0, 1]


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("ja", ("2,400 kg 3 台", "スクラップ 混合 トラックボデー")),
        ("en", ("2,400 kg 3 units", "Scrap Mixed Truck body")),
    ],
)
@pytest.mark.parametrize("layout", ["62x29", "80x50"])
def test_a_label_says_how_many_of_what(house: House, layout: str, locale: str, expected: tuple[str, ...]) -> None:
    scrap(house, "A", alloy="mixed")
    visitor = visiting(house, "logistics", locale=locale)
    visitor.open("/labels?lots=A")
    answer = visitor.send("/labels.pdf", {"layout": layout}, follow=False)
    printed = " ".join(pypdfium2.PdfDocument(answer.data)[0].get_textpage().get_text_range().split())
    for words in expected:
        assert words in printed


@pytest.mark.parametrize(("layout", "pages"), [("a4-12", 2), ("a4-24", 1), ("62x29", 13)])
def test_labels_fill_sheets_from_the_place_that_is_free(house: House, layout: str, pages: int) -> None:
    scrap(house, "A")
    visitor = visiting(house, "logistics")
    visitor.open("/labels?lots=A")
    answer = visitor.send("/labels.pdf", {"layout": layout, "copies": "13", "skip": "2"}, follow=False)
    assert len(pypdfium2.PdfDocument(answer.data)) == pages


def test_a_label_of_a_lot_that_is_not_there_is_refused(house: House) -> None:
    visitor = visiting(house, "logistics")
    visitor.open("/labels")
    answer = visitor.send("/labels.pdf", {"lots": "NOPE"}, follow=False)
    assert (answer.status_code, "There is no lot NOPE." in answer.text) == (422, True)


def test_a_certified_delivery_does_not_come_back(house: House) -> None:
    three_bodies(house)
    number = delivered(house, "D-1", "T")
    certificate(house, number)
    visitor = visiting(house, "logistics")
    visitor.open(f"/returns/new?lot={number}")
    answer = visitor.send("/returns", {"site": "MC"})
    assert (answer.status_code, "is stated in certificate GMC-2026-000001" in visitor.text()) == (409, True)
