"""Few-argument builders of what a test needs in the books, through the API."""

from typing import Any

from tests.house import House

WEIGHED = "2026-10-01T09:00:00+09:00"
MELTED = "2026-10-02T09:00:00+09:00"
MADE = "2026-10-03T09:00:00+09:00"
SENT = "2026-10-04T09:00:00+09:00"


def scrap(house: House, number: str, kg: str = "2400", **other: Any) -> Any:
    """A scrap lot of three truck bodies at MC."""
    body = {
        "number": number,
        "slip_number": f"W-{number}",
        "customer": "TRUCK-M",
        "item": "truck-body",
        "units": 3,
        "scrap_class": "post_consumer",
        "gross_kg": kg,
        "tare_kg": "0",
        "alloy": "mixed",
        "site": "MC",
        "weighed_at": WEIGHED,
    }
    return house.post("/scrap-lots", body | other)


def primary(house: House, number: str, kg: str = "2000", **other: Any) -> Any:
    """Bought primary metal at MC."""
    body = {"number": number, "kind": "primary", "kg": kg, "alloy": "Al99.7", "site": "MC", "received_at": WEIGHED}
    return house.post("/metal-lots", body | other)


def billet(house: House, number: str, charge: dict[str, str], kg: str, at: str = MELTED) -> Any:
    """A heat of furnace F1 that taps one lot of billet."""
    inputs = [{"lot": lot, "kg": mass} for lot, mass in charge.items()]
    outputs = [{"number": number, "kind": "billet", "kg": kg, "alloy": "A6N01"}]
    heat = {"kind": "remelt", "site": "MC", "furnace": "F1", "ended_at": at}
    return house.post("/transformations", heat | {"inputs": inputs, "outputs": outputs})


def bodies(
    house: House, number: str, lot: str, charge_kg: str, kg: str, units: int = 3, offcuts_kg: str | None = None
) -> Any:
    """Truck bodies made of a lot of billet, and the offcuts of that."""
    output = {"number": number, "kind": "product", "kg": kg, "alloy": "A6N01", "item": "truck-body", "units": units}
    step = {"kind": "fabricate", "site": "MC", "ended_at": MADE, "inputs": [{"lot": lot, "kg": charge_kg}]}
    offcuts = [{"kind": "return", "kg": offcuts_kg, "alloy": "A6N01"}] if offcuts_kg else []
    return house.post("/transformations", step | {"outputs": [output, *offcuts]})


def delivered(house: House, number: str, lot: str, units: int = 1, customer: str = "TRUCK-M") -> str:
    """Truck bodies sent to a customer; the number of the delivered lot."""
    note = {"number": number, "customer": customer, "site": "MC", "dispatched_at": SENT}
    done = house.post("/dispatches", note | {"lines": [{"lot": lot, "units": units}]})
    return str(done["lots"][0]["number"])


def three_bodies(house: House) -> None:
    """The worked example: three bodies of 700 kg, of the customer's own scrap, lot T."""
    scrap(house, "A")
    billet(house, "L", {"A": "2400"}, "2304")
    bodies(house, "T", "L", "2304", "2100", offcuts_kg="180")


def certificate(house: House, delivery: str, customer: str = "TRUCK-M", **other: Any) -> Any:
    """A certificate of one delivery."""
    return house.post("/certificates", {"customer": customer, "deliveries": [delivery], **other}, "sales")


UNTIL = "2026-12-20"


def quote(house: House, number: str = "Q-1", units: int = 2, customer: str = "TRUCK-M") -> str:
    """A quote of truck bodies; its number."""
    line = {"kind": "product", "item": "truck-body", "units": units}
    body = {"number": number, "customer": customer, "valid_until": UNTIL, "lines": [line]}
    return str(house.post("/quotes", body, "sales")["number"])


def certified(house: House) -> str:
    """Three bodies, one delivered and certified; a quote for two more. The certificate's number."""
    three_bodies(house)
    number = certificate(house, delivered(house, "D-1", "T"))["number"]
    quote(house)
    return str(number)


def held(house: House, lot: str, units: int = 1, number: str = "Q-1") -> int:
    """Metal of a lot held for the first line of a quote; the reservation's id."""
    body = {"lot": lot, "units": units, "until": UNTIL}
    said = house.post(f"/quotes/{number}/lines/1/reservations", body, "sales")
    return int(said["lines"][0]["reservations"][-1]["id"])


def attached(house: House, certificate: str, number: str = "Q-1") -> str:
    """A certificate that goes with a quote."""
    house.post(f"/quotes/{number}/certificates", {"certificate": certificate}, "sales")
    return certificate


def pack(house: House, number: str = "Q-1", **body: str) -> tuple[int, bytes]:
    """A quote's pack: its id and its bytes."""
    said = house.post(f"/quotes/{number}/packs", body, "sales")["packs"][0]
    return int(said["id"]), house.send("GET", f"/quotes/{number}/packs/{said['id']}.pdf", "sales").data
