"""Books with something of everything in them, for pages to show."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PIL import Image, ImageDraw

from app.carbon.factors import JAPAN
from app.ledger.lots import Amount, Kind
from app.lookups.master_data import called
from app.lookups.uploads import one_upload
from app.operations.attach_photos import attach_photos
from app.operations.import_slips import SlipsToImport
from app.operations.order_quote import Order, order_quote
from app.operations.quote_papers import keep_quote_file, plain_file
from app.operations.quotes import MakeQuote, QuoteLine, make_quote, reserve
from app.operations.uploads import keep_upload, take_in_upload
from app.schemas.photos import Picture, read_photos
from app.schemas.weighing_slips.naming import names_of
from app.schemas.weighing_slips.slips import read_slips
from tests.campaign import attached, bodies, certificate, delivered, pack, primary, quote, scrap
from tests.house import House
from tests.pages.staff.pdfs import minimal_pdf

ROLES = ("logistics", "plant", "sales", "auditor", "admin")
TODAY = "2026-11-20T09:30:00+09:00"
SLIP = (
    "計量票番号,計量日時,提供元,発生品,数量,車番・編成,"
    "総重量(kg),風袋(kg),異物控除(kg),正味(kg),合金,スクラップ区分,拠点,置場\n"
)
GOOD = SLIP + (
    "W11-0101,2026/11/19 15:10,RAIL-E,新幹線車両,1,X3編成,14370,9020,,5350,混合,使用済,MC,B-1\n"
    "W11-0102,2026/11/19 16:40,TRUCK-M,トラックボデー,4,富士824か5161,12630,8960,,3670,A5083,使用済,MC,A-1\n"
)
FAULTY = SLIP + (
    "W11-0201,2026/11/19 15:10,RAIL-X,新幹線車両,1,X3編成,14370,9020,,5350,混合,使用済,MC,B-1\n"
    "W11-0202,2026/13/19 16:40,TRUCK-M,トラックボデー,4,富士824か5161,8630,8960,,3670,A5083,使用済,MC,A-1\n"
)


@dataclass(frozen=True)
class Filled:
    """What in the books is named by something that the service gave: imports and uploads by id, the rest by code."""

    taken: int
    before: int
    good: int
    faulty: int
    saved: str
    number: str
    code: str
    revoked: str
    superseded: str
    expired: str
    unnamed: str


def people(house: House) -> None:
    """Somebody of each role, the yard's and the works' at the melting works."""
    for role in ROLES:
        house.person(role, role, "MC" if role in ("logistics", "plant") else None)


def fill(house: House) -> Filled:
    """Two customers' scrap, a heat with a heel, products, deliveries, certificates in several states, flags."""
    works(house)
    codes = certificates(house)
    moves(house)
    scrap(house, "S26-1136", "2960", units=1, weighed_at=TODAY, slip_number="W11-0007", bay="A-2")
    scrap(house, "S26-1139", "5350", units=1, weighed_at=TODAY, customer="RAIL-E", item="shinkansen-car")
    vehicle = {"vehicle": "富士100か5678", "tare_kg": "8000", "gross_kg": "10070"}
    scrap(house, "S26-1140", "2070", units=2, weighed_at=TODAY, **vehicle)
    primary(house, "P26-0094", "3000")
    add_photo(house, "S26-1140")
    taken = files(house)
    saved = house.get("/lots?q=W11-0102")["items"][0]["number"]
    quotes(house)
    made: dict[str, Any] = {**codes, **taken, "saved": saved}
    return Filled(**made)


def works(house: House) -> None:
    """A heat of two customers' scrap and primary metal, and what was made of it."""
    scrap(house, "S26-1118", "5003", units=6, vehicle="富士100か1234", bay="A-1", tare_kg="0", site="MC")
    scrap(house, "S26-1121", "2999", units=1, customer="RAIL-E", item="shinkansen-car", bay="B-1")
    primary(house, "P26-0093", "12400")
    heat = {"number": "H26-1031", "kind": "remelt", "site": "MC", "furnace": "F1"}
    charge = [{"lot": "S26-1118", "kg": "5003"}, {"lot": "S26-1121", "kg": "2999"}, {"lot": "P26-0093", "kg": "2041"}]
    tapped = [
        {"number": "B26-1031", "kind": "billet", "kg": "9342", "alloy": "A6N01", "pieces": 14},
        {"number": "HL26-0001", "kind": "heel", "kg": "400", "alloy": "A6N01"},
    ]
    made = {"ended_at": "2026-10-02T14:30:00+09:00", "inputs": charge, "outputs": tapped}
    house.post("/transformations", heat | made)
    bodies(house, "T26-1202", "B26-1031", "6200", "5580", units=6, offcuts_kg="500")


def certificates(house: House) -> dict[str, str]:
    """One valid, one revoked, one superseded, one expired, one whose recipient is not named; a delivery without any."""
    valid = certificate(house, delivered(house, "D-116", "T26-1202"))
    revoked = certificate(house, delivered(house, "D-117", "T26-1202"))
    house.post(f"/certificates/{revoked['number']}/revocation", {"reason": "納品先の訂正"}, "sales")
    sent = delivered(house, "D-118", "T26-1202")
    replaced = certificate(house, sent)
    certificate(house, sent, replaces=replaced["number"])
    today, house.clock.now = house.clock.now, datetime(2026, 10, 10, 9, tzinfo=JAPAN)
    expired = certificate(house, delivered(house, "D-119", "T26-1202"), valid_until="2026-11-01")
    house.clock.now = today
    unnamed = certificate(house, delivered(house, "D-120", "T26-1202", customer="TRUCK-K"), "TRUCK-K")
    delivered(house, "D-121", "T26-1202")
    return {
        "number": valid["number"],
        "code": valid["code"],
        "revoked": revoked["code"],
        "superseded": replaced["code"],
        "expired": expired["code"],
        "unnamed": unnamed["code"],
    }


def moves(house: House) -> None:
    """A transfer that arrived short, goods that came back, a write-off that waits for a second person."""
    short = {"number": "M26-0001", "lot": "B26-1031", "to": "NG", "kg": "1000", "received_kg": "990"}
    times = {"sent_at": "2026-11-02T09:00:00+09:00", "received_at": "2026-11-03T09:00:00+09:00"}
    house.post("/transfers", short | times)
    note = {"number": "D-122", "customer": "TRUCK-M", "site": "MC", "dispatched_at": "2026-11-04T09:00:00+09:00"}
    house.post("/dispatches", note | {"lines": [{"lot": "B26-1031", "kg": "500"}]})
    lot = {"number": "R26-0001", "lot": "D-122-1", "site": "MC", "reason": "寸法違い"}
    house.post("/returns", lot | {"returned_at": "2026-11-06T09:00:00+09:00"})
    gone = {"number": "WO26-0001", "lot": "P26-0093", "kg": "12", "reason": "酸化"}
    house.post("/write-offs", gone | {"written_off_at": "2026-11-07T09:00:00+09:00"})


def quotes(house: House) -> None:
    """A quote that some is held for, and one that was ordered and has left."""
    bodies(house, "T26-1203", "B26-1031", "1000", "900", units=2, offcuts_kg="100")
    one, more = (QuoteLine(Kind.PRODUCT, "truck-body", None, Amount(units=units)) for units in (1, 3))
    doer, until = house.doer("sales"), date(2026, 12, 20)
    for number, lines in (("Q26-0001", (one, more)), ("Q26-0002", (one,))):
        make_quote(house.records, doer, MakeQuote(number, "TRUCK-M", until, lines, "横浜向け"))
        reserve(house.records, doer, number, 1, "T26-1203", Amount(units=1), until)
    order_quote(house.records, doer, "Q26-0002", Order("D-123", "MC", house.clock.now))
    papers(house)


def papers(house: House) -> None:
    """What goes with a quote: a certificate, the own PDF, a pack; and a quote that sent out what was revoked since."""
    attached(house, "GMC-2026-000001", "Q26-0001")
    keep_quote_file(house.records, house.doer("sales"), "Q26-0001", plain_file("見積書_横浜向け.pdf", minimal_pdf()))
    pack(house, "Q26-0001")
    quote(house, "Q26-0003", units=1)
    again = certificate(house, "D-121-1")["number"]
    attached(house, again, "Q26-0003")
    pack(house, "Q26-0003", sent_to="例示運輸 購買部")
    house.post(f"/certificates/{again}/revocation", {"reason": "納品先の訂正"}, "sales")


def add_photo(house: House, lot: str) -> None:
    """A photo of a lot: a heap on a grey ground."""
    target, drawn = io.BytesIO(), Image.new("RGB", (1200, 900), "#c9cfd3")
    ImageDraw.Draw(drawn).polygon([(100, 800), (400, 200), (1100, 700)], fill="#7a848a")
    drawn.save(target, "JPEG")
    attach_photos(house.records, house.doer(), lot, read_photos([Picture("a.jpg", target.getvalue())]))


def files(house: House) -> dict[str, int]:
    """A file that was taken in, the same once more, one without a fault, one with faults."""
    slips = {"taken": GOOD, "before": GOOD, "good": GOOD.replace("W11-01", "W11-03"), "faulty": FAULTY}
    doer = house.doer("logistics")
    kept = {name: keep_upload(house.records, doer, f"計量票_{name}.csv", text.encode()) for name, text in slips.items()}
    names = names_of(called(house.records))
    read = read_slips(GOOD.encode(), names)
    assert read.faults == ()
    upload = one_upload(house.records, kept["taken"])
    assert upload
    wanted = SlipsToImport(upload.file_name, read.fingerprint, tuple(slip.command for slip in read.slips))
    take_in_upload(house.records, doer, upload, wanted)
    done = one_upload(house.records, kept["taken"])
    assert done
    assert done.import_id
    return kept | {"taken": done.import_id}
