"""Books with something of everything in them, for pages to show."""

from tests.campaign import bodies, certificate, delivered, primary, scrap
from tests.house import House

ROLES = ("logistics", "plant", "sales", "auditor", "admin")
TAPPED = "2026-10-02T14:30:00+09:00"
TODAY = "2026-11-20T09:30:00+09:00"


def people(house: House) -> None:
    """Somebody of each role, the yard's and the works' at the melting works."""
    for role in ROLES:
        house.person(role, role, "MC" if role in ("logistics", "plant") else None)


def fill(house: House) -> None:
    """Two customers' scrap, a heat with a heel, products, deliveries, certificates in several states, flags."""
    scrap(house, "S26-1118", "5003", units=6, vehicle="富士100か1234", bay="A-1", tare_kg="0", site="MC")
    scrap(house, "S26-1121", "2999", units=1, customer="RAIL-E", item="shinkansen-car", bay="B-1")
    primary(house, "P26-0093", "12400")
    heat = {
        "number": "H26-1031",
        "kind": "remelt",
        "site": "MC",
        "furnace": "F1",
        "ended_at": "2026-10-02T14:30:00+09:00",
    }
    charge = [{"lot": "S26-1118", "kg": "5003"}, {"lot": "S26-1121", "kg": "2999"}, {"lot": "P26-0093", "kg": "2041"}]
    tapped = [
        {"number": "B26-1031", "kind": "billet", "kg": "9342", "alloy": "A6N01", "pieces": 14},
        {"number": "HL26-0001", "kind": "heel", "kg": "400", "alloy": "A6N01"},
    ]
    house.post("/transformations", heat | {"inputs": charge, "outputs": tapped})
    bodies(house, "T26-1202", "B26-1031", "5200", "4650", units=5, offcuts_kg="430")
    certificates(house)
    scrap(house, "S26-1136", "2960", units=1, weighed_at=TODAY, slip_number="W11-0007", bay="A-2")
    scrap(house, "S26-1139", "5350", units=1, weighed_at=TODAY, customer="RAIL-E", item="shinkansen-car")
    scrap(
        house, "S26-1140", "2070", units=2, weighed_at=TODAY, vehicle="富士100か5678", tare_kg="8000", gross_kg="10070"
    )


def certificates(house: House) -> None:
    """One valid, one revoked, one superseded; a delivery without any."""
    certificate(house, delivered(house, "D-116", "T26-1202"))
    revoked = certificate(house, delivered(house, "D-117", "T26-1202"))["number"]
    house.post(f"/certificates/{revoked}/revocation", {"reason": "納品先の訂正"}, "sales")
    sent = delivered(house, "D-118", "T26-1202")
    replaced = certificate(house, sent)["number"]
    certificate(house, sent, replaces=replaced)
    delivered(house, "D-119", "T26-1202")
