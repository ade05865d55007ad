"""One deed of every kind, ready to be done, on books in which each of them finds what it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from sqlalchemy.exc import DBAPIError

from app.operations.create_key import create_key
from app.operations.import_slips import SlipsToImport, import_slips
from app.operations.quote_papers import keep_quote_file, plain_file
from app.records.unit import Unavailable
from tests.campaign import MADE, MELTED, SENT, UNTIL, WEIGHED, primary, scrap
from tests.house import House
from tests.pages.staff.pdfs import minimal_pdf
from tests.soak.entries import slip

RESERVED = {"lot": "B", "kg": "20", "until": UNTIL}
REASON = {"reason": "entered by mistake"}
CAME_BACK = "2026-10-05T09:00:00+09:00"

# Done on a house, and how it was answered; a failure of the database is 503, anything else that broke is 500.
Deed = Callable[[House], int]


@dataclass(frozen=True, slots=True)
class Posted:
    """A request with a key, which stays the same however often it is sent."""

    path: str
    body: dict[str, Any]
    role: str = "logistics"
    key: str = "one-and-the-same"

    def __call__(self, house: House) -> int:
        headers = {"Idempotency-Key": self.key}
        return house.send("POST", self.path, self.role, json=self.body, headers=headers).status_code


@dataclass(frozen=True, slots=True)
class Called:
    """What is not asked for by HTTP."""

    deed: Callable[[House], object]

    def __call__(self, house: House) -> int:
        try:
            self.deed(house)
        except Unavailable:
            return HTTPStatus.SERVICE_UNAVAILABLE
        except DBAPIError:
            return HTTPStatus.INTERNAL_SERVER_ERROR
        return HTTPStatus.CREATED


def prepare(house: House) -> dict[str, Deed]:
    """Enter what the deeds need, and give the deeds by name."""
    for number in ("STOCK", "S-LOT", "W-1", "W-2", "W-3"):
        scrap(house, number)
    primary(house, "P")
    house.post("/transformations", _heat("H-1", "B", "1000", "960"))
    house.post("/transformations", _heat("H-OLD", "B-OLD", "100", "96"))
    house.post("/transfers", _transfer("M-OLD", "10"))
    for number in ("D-1", "D-2", "D-3", "D-4", "D-5", "D-OLD"):
        house.post("/dispatches", _dispatch(number))
    house.post("/returns", _return("R-OLD", "D-4-1"))
    for number, lot in (("O-OLD", "W-1"), ("O-ASKED", "W-2")):
        house.post("/write-offs", _write_off(number, lot), "logistics")
    house.post(f"/flags/{_flag(house, 'W-1')}/acceptance", REASON, "plant")
    revoked = house.post("/certificates", _certificate("D-2-1"), "sales")["number"]
    stated = house.post("/certificates", _certificate("D-5-1"), "sales")["number"]
    quoted = ("Q-OLD", "Q-GONE", "Q-SOLD", "Q-CERTIFIED")
    for number in quoted:
        house.post("/quotes", _quote(number), "sales")
    held = {number: _held(house, number) for number in quoted}
    house.post("/quotes/Q-OLD/certificates", {"certificate": stated}, "sales")
    house.post("/quotes", _quote("Q-ASKED"), "sales")
    return _deeds(revoked, _flag(house, "W-2")) | _quote_deeds(held, stated)


def _held(house: House, number: str) -> int:
    said = house.post(f"/quotes/{number}/lines/1/reservations", RESERVED, "sales")
    return int(said["lines"][0]["reservations"][-1]["id"])


def _quote_deeds(held: dict[str, int], stated: str) -> dict[str, Deed]:
    """In an order in which each finds what it needs."""
    asked, old = "/quotes/Q-ASKED", f"/quotes/Q-OLD/reservations/{held['Q-OLD']}"
    order = {"number": "D-SOLD", "site": "MC", "dispatched_at": SENT}
    certified = order | {"number": "D-BOTH", "certify": True}
    own = plain_file("quote.pdf", minimal_pdf())
    return {
        "quote": Posted("/quotes", _quote("Q-NEW"), "sales"),
        "reservation": Posted(f"{asked}/lines/1/reservations", RESERVED, "sales"),
        "renewal": Posted(f"{old}/renewal", {"until": "2026-12-24"}, "sales"),
        "certificate to a quote": Posted(f"{asked}/certificates", {"certificate": stated}, "sales"),
        "file to a quote": Called(lambda house: keep_quote_file(house.records, house.doer(), "Q-ASKED", own)),
        "pack": Posted(f"{asked}/packs", {}, "sales"),
        "certificate off a quote": Posted(f"/quotes/Q-OLD/certificates/{stated}/removal", {}, "sales"),
        "release": Posted(f"{old}/release", {}, "sales"),
        "order": Posted("/quotes/Q-SOLD/order", order, "sales"),
        "certified order": Posted("/quotes/Q-CERTIFIED/order", certified, "sales", "another"),
        "withdrawal": Posted("/quotes/Q-GONE/withdrawal", {}, "sales"),
    }


def _quote(number: str) -> dict[str, Any]:
    line = {"kind": "billet", "alloy": "A6N01", "kg": "20"}
    return {"number": number, "customer": "TRUCK-M", "valid_until": UNTIL, "lines": [line]}


def _deeds(revoked: str, flag: int) -> dict[str, Deed]:
    return {
        "scrap": Posted("/scrap-lots", _slip()),
        "bought metal": Posted("/metal-lots", _metal()),
        "step": Posted("/transformations", _melting(), "plant"),
        "transfer": Posted("/transfers", _transfer("M-NEW", "9.9")),
        "dispatch": Posted("/dispatches", _dispatch("D-NEW")),
        "certificate": Posted("/certificates", _certificate("D-1-1"), "sales"),
        "revocation": Posted(f"/certificates/{revoked}/revocation", REASON, "sales"),
        "return": Posted("/returns", _return("R-NEW", "D-3-1")),
        "write-off": Posted("/write-offs", _write_off("O-NEW", "W-3")),
        "acceptance": Posted(f"/flags/{flag}/acceptance", REASON, "plant"),
        "reversal of a lot": Posted("/lots/S-LOT/reversal", REASON),
        "reversal of a step": Posted("/transformations/H-OLD/reversal", REASON, "plant"),
        "reversal of a transfer": Posted("/transfers/M-OLD/reversal", REASON),
        "reversal of a dispatch": Posted("/dispatches/D-OLD/reversal", REASON),
        "reversal of a return": Posted("/returns/R-OLD/reversal", REASON),
        "reversal of a write-off": Posted("/write-offs/O-OLD/reversal", REASON),
        "import": Called(_import),
        "key": Called(lambda house: create_key(house.records, house.doer(), "plant", "somebody")),
    }


def _flag(house: House, lot: str) -> int:
    [flag] = [each for each in house.get("/flags?open=true")["items"] if each["lot"] == lot]
    return int(flag["id"])


def _slip() -> dict[str, Any]:
    """Far too heavy for its units, so that a flag is written too."""
    return {
        "slip_number": "W-NEW",
        "customer": "TRUCK-M",
        "item": "truck-body",
        "units": 1,
        "scrap_class": "post_consumer",
        "gross_kg": "9000",
        "tare_kg": "0",
        "alloy": "mixed",
        "site": "MC",
        "weighed_at": WEIGHED,
    }


def _metal() -> dict[str, Any]:
    return {"kind": "primary", "kg": "2000", "alloy": "Al99.7", "site": "MC", "received_at": WEIGHED}


def _heat(number: str, billet: str, charge_kg: str, kg: str) -> dict[str, Any]:
    outputs = [{"number": billet, "kind": "billet", "kg": kg, "alloy": "A6N01"}]
    step = {"number": number, "kind": "remelt", "site": "MC", "ended_at": MELTED, "outputs": outputs}
    return step | {"inputs": [{"lot": "STOCK", "kg": charge_kg}]}


def _melting() -> dict[str, Any]:
    """Of two lots, in a furnace that is named for the first time, with offcuts, a heel and a poor yield."""
    kinds = {"billet": "600", "return": "50", "heel": "30"}
    inputs = [{"lot": "STOCK", "kg": "500"}, {"lot": "P", "kg": "500"}]
    outputs = [{"kind": kind, "kg": kg, "alloy": "A6N01"} for kind, kg in kinds.items()]
    return {"kind": "remelt", "site": "MC", "furnace": "F9", "ended_at": MADE, "inputs": inputs, "outputs": outputs}


def _transfer(number: str, received_kg: str) -> dict[str, Any]:
    sent = {"number": number, "lot": "STOCK", "to": "KB", "kg": "10", "sent_at": MADE, "received_at": SENT}
    return sent | {"received_kg": received_kg}


def _dispatch(number: str) -> dict[str, Any]:
    lines = [{"lot": "B", "kg": "50"}]
    return {"number": number, "customer": "TRUCK-M", "site": "MC", "dispatched_at": SENT, "lines": lines}


def _certificate(delivery: str) -> dict[str, Any]:
    return {"customer": "TRUCK-M", "deliveries": [delivery]}


def _return(number: str, lot: str) -> dict[str, Any]:
    return {"number": number, "lot": lot, "site": "MC", "returned_at": CAME_BACK, "reason": "wrong alloy"}


def _write_off(number: str, lot: str) -> dict[str, Any]:
    return {"number": number, "lot": lot, "kg": "7", "written_off_at": SENT, "reason": "fell into the sea"}


def _import(house: House) -> None:
    slips = tuple(slip(f"I-{n}", 900) for n in range(3))
    import_slips(house.records, house.doer(), SlipsToImport("slips.csv", "fingerprint", slips))
