"""`ledger check` finds what is off, whatever it is, and names it."""

import pytest

from app.lookups.ledger_check import check_ledger
from app.records.verification import laws
from app.wording.names import LAWS
from tests.campaign import UNTIL, billet, certificate, delivered, scrap, three_bodies
from tests.house import House
from tests.tampering import tampered

LOT = "(SELECT id FROM lots WHERE number = '{}')"
A, L, T, D, R, B = (LOT.format(number) for number in ("A", "L", "T", "D-1-1", "R", "B"))
CERTIFICATE = "certificate GMC-2026-000001"
TWICE = (
    "DROP INDEX ux_certificate_lines_live_delivery;"
    f"INSERT INTO certificate_lines (certificate_id, position, lot_id, live) VALUES (2, 7, {D}, true)"
)
CORRUPTIONS = {
    "content that remains": (f"UPDATE lot_contents SET remaining_g = remaining_g - 1 WHERE lot_id = {D}", "lot D-1-1"),
    "content as made": (f"DELETE FROM lot_contents WHERE lot_id = {D}", "lot D-1-1"),
    "mass that remains": (f"UPDATE lot_states SET mass_g = mass_g + 1 WHERE lot_id = {T}", "lot T"),
    "mass as made": (f"UPDATE lots SET mass_g = mass_g + 1 WHERE id = {L}", "lot L"),
    "embodied CO2e that remains": (f"UPDATE lot_states SET embodied_g = embodied_g + 1 WHERE lot_id = {T}", "lot T"),
    "embodied CO2e as made": (f"UPDATE lots SET embodied_g = embodied_g + 1 WHERE id = {T}", "lot T"),
    "units that remain": (f"UPDATE lot_states SET units = units + 1 WHERE lot_id = {T}", "lot T"),
    "origin's grams at entry": (f"UPDATE movements SET mass_g = mass_g + 1 WHERE lot_id = {D}", "origin A"),
    "loss of a deed": ("UPDATE losses SET mass_g = mass_g + 1", "deed"),
    "input of a step": ("UPDATE transformations SET input_g = input_g + 1, output_g = output_g + 1", "deed"),
    "CO2e added by a deed": ("UPDATE transformations SET process_co2_g = process_co2_g + 1", "deed"),
    "mirrored movements": (f"UPDATE movements SET mass_g = mass_g - 1 WHERE lot_id = {R} AND mass_g < 0", "deed"),
    "written off": ("UPDATE write_offs SET mass_g = mass_g + 1", "deed"),
    "held for quotes, kilograms": (f"UPDATE lot_states SET reserved_g = reserved_g + 1 WHERE lot_id = {B}", "lot B"),
    "held for quotes, units": (f"UPDATE lot_states SET reserved_units = 0 WHERE lot_id = {T}", "lot T"),
    "certified mass": (f"UPDATE movements SET mass_g = mass_g + 1 WHERE lot_id = {D}", CERTIFICATE),
    "post-consumer": ("UPDATE scrap_entries SET scrap_class = 'pre_consumer'", CERTIFICATE),
    "pre-consumer": ("UPDATE scrap_entries SET scrap_class = 'pre_consumer'", CERTIFICATE),
    "certificate's row": ("UPDATE certificates SET claimed_g = 2 * claimed_g", CERTIFICATE),
    "certified CO2e": (f"UPDATE lots SET embodied_g = embodied_g + 1 WHERE id = {D}", CERTIFICATE),
    "one live certificate": (TWICE, "delivery D-1-1"),
    "payload digest": ("UPDATE certificates SET payload_sha256 = 'x'", CERTIFICATE),
    "deliveries held": ("UPDATE certificate_lines SET live = false", CERTIFICATE),
    "closed loop": ("UPDATE scrap_entries SET customer_code = 'TRUCK-K'", CERTIFICATE),
    "claim": ("UPDATE factors SET value = '7000' WHERE key = 'avoided.truck-body'", CERTIFICATE),
}


def filled(house: House) -> None:
    """Something of everything that a law is about."""
    three_bodies(house)
    certificate(house, delivered(house, "D-1", "T"))
    certificate(house, delivered(house, "D-2", "T"))
    scrap(house, "R")
    house.post("/lots/R/reversal", {"reason": "entered twice"})
    scrap(house, "S")
    scrap(house, "S2", "1100", units=1)
    billet(house, "B", {"S2": "1100"}, "1000")
    flag = house.post("/write-offs", {"lot": "S", "kg": "10", "reason": "gone"})["flags"][0]["id"]
    house.post(f"/flags/{flag}/acceptance", {"reason": "so it is"}, "plant")
    for number, line, held in (
        ("Q-1", {"kind": "product", "item": "truck-body", "units": 1}, {"lot": "T", "units": 1}),
        ("Q-2", {"kind": "billet", "alloy": "A6N01", "kg": "20"}, {"lot": "B", "kg": "20"}),
    ):
        quote = {"number": number, "customer": "TRUCK-M", "valid_until": UNTIL, "lines": [line]}
        house.post("/quotes", quote, "sales")
        house.post(f"/quotes/{number}/lines/1/reservations", held | {"until": UNTIL}, "sales")


def test_every_law_is_broken_once_to_see_that_it_is_looked_at() -> None:
    assert set(CORRUPTIONS) == set(LAWS) - {"movements", "certificates"}
    assert {law.name for law in laws()} <= set(CORRUPTIONS)


@pytest.mark.parametrize("law", CORRUPTIONS)
def test_what_is_changed_by_hand_is_found_and_named(house: House, law: str) -> None:
    filled(house)
    assert check_ledger(house.records).differences == ()
    statements, named = CORRUPTIONS[law]
    with house.records.engine.begin() as connection:
        for statement in statements.split(";"):
            tampered(connection, statement)
    found = [difference for difference in check_ledger(house.records).differences if difference.law == law]
    assert any(named in difference.subject for difference in found)


def test_what_was_counted_is_told(house: House) -> None:
    three_bodies(house)
    checked = check_ledger(house.records)
    assert checked.counted["movements"] == 6
    assert checked.counted["certificates"] == 0
