"""What goes with a quote: three clicks to a PDF, certificates byte for byte as issued, and what ended since is told."""

import json
from datetime import timedelta

import pypdfium2

from certificates import seal
from tests.campaign import SENT, UNTIL, WEIGHED, attached, certificate, certified, held, pack, quote
from tests.house import PUBLIC_URL, House
from tests.pages.visitor import visiting
from tests.tampering import tampered

PAGE = "/quotes/Q-1"


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


def test_a_lot_held_in_portions_has_one_statement_of_all_that_is_held(house: House) -> None:
    """Found by a trial: two portions of a lot gave the same statement twice, and two rows of it on the cover."""
    certified(house)
    held(house, "T")
    held(house, "T")
    _, data = pack(house)
    [statement] = [json.loads(each) for name, each in files_of(data).items() if name.startswith("CFP-")]
    assert (statement["promised"]["units"], statement["promised"]["mass_kg"]) == (2, None)
    cover, *others = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    assert cover.count("見積用（暫定）") == 1
    assert "うち取り置き 2 台" in others[0]
    # Three factors alone on a sheet would look forgotten: what the footprint comes from goes over with them.
    assert len(others) == 2
    assert "CFPの内訳" not in others[0]
    assert all(title in others[1] for title in ("CFPの内訳", "適用開始"))


def test_the_same_books_make_the_same_pack(house: House) -> None:
    attached(house, certified(house))
    assert pack(house)[1] == pack(house)[1]


def test_a_certificate_that_was_altered_is_not_sent_out(house: House) -> None:
    attached(house, certified(house))
    with house.records.engine.begin() as connection:
        tampered(connection, "UPDATE certificate_documents SET sha256 = 'x'")
    assert "is not what was issued" in str(house.post("/quotes/Q-1/packs", {}, "sales", status=422)["errors"])


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


def test_a_quote_is_red_until_everybody_was_sent_something_else(house: House) -> None:
    number = attached(house, certified(house))
    held(house, "T", units=2)
    visitor = visiting(house, "sales", site=None)
    for to in ("資材部", "調達部"):
        house.post("/quotes/Q-1/packs", {"sent_to": to}, "sales")
    asked = visitor.open(f"/certificates/{number}/revocation")
    assert ("資材部" in asked, "調達部" in asked, "Q-1" in asked) == (True, True, True)
    assert "none any more" not in visitor.open("/")
    house.clock.now += timedelta(minutes=1)
    house.post(f"/certificates/{number}/revocation", {"reason": "recalled"}, "sales")
    assert ("bad-news" in visitor.open(PAGE), "none any more" in visitor.open("/")) == (True, True)
    house.clock.now += timedelta(minutes=1)
    for to, red in (("資材部", True), ("調達部", False)):
        house.post("/quotes/Q-1/packs", {"sent_to": to}, "sales")
        assert ("bad-news" in visitor.open(PAGE), "none any more" in visitor.open("/")) == (red, red)
    assert "Something else was sent since to all who had it" in visitor.open(PAGE)


def test_a_certificate_of_something_else_is_not_said_to_fit(house: House) -> None:
    certified(house)
    line = {"kind": "billet", "alloy": "A6N01", "kg": "20"}
    house.post("/quotes", {"number": "Q-2", "customer": "TRUCK-M", "valid_until": UNTIL, "lines": [line]}, "sales")
    page = visiting(house, "sales", site=None).open("/quotes/Q-2")
    assert ("Fits best" in page, "No certificate of this customer fits" in page) == (False, True)


def test_home_names_quotes_that_are_short_and_no_others(house: House) -> None:
    certified(house)
    visitor = visiting(house, "sales", site=None)
    short = "Quotes that are short of metal" in visitor.open("/")
    assert short is ("Q-1" in visitor.page)
    line = {"kind": "billet", "alloy": "A6N01", "kg": "20"}
    house.post("/quotes", {"number": "Q-2", "customer": "TRUCK-M", "valid_until": UNTIL, "lines": [line]}, "sales")
    assert "Quotes that are short of metal" in visitor.open("/")
    house.post("/quotes/Q-2/withdrawal", {}, "sales")
    assert ("Quotes that are short of metal" in visitor.open("/")) is short


def test_the_cover_of_an_ordered_quote_says_that_it_was_sent(house: House) -> None:
    attached(house, certified(house))
    held(house, "T", units=2)
    house.post("/quotes/Q-1/order", {"site": "MC", "dispatched_at": SENT, "certify": True}, "sales")
    cover = words_of(pack(house)[1])
    assert ("出荷済" in cover, "0 台" in cover) == (True, False)
