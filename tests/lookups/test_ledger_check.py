"""`ledger check` finds what is off, whatever it is, and names it."""

import pytest

from app.lookups.ledger_check import check_ledger
from tests.campaign import certificate, delivered, three_bodies
from tests.house import House
from tests.tampering import tampered

LOT = "(SELECT id FROM lots WHERE number = '{}')"
A, L, T, D = (LOT.format(number) for number in ("A", "L", "T", "D-1-1"))
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
    "payload digest": ("UPDATE certificates SET payload_sha256 = 'x'", "certificate GMC-2026-000001"),
    "deliveries held": ("UPDATE certificate_lines SET live = false", "certificate GMC-2026-000001"),
    "closed loop": ("UPDATE scrap_entries SET customer_code = 'TRUCK-K'", "certificate GMC-2026-000001"),
    "claim": ("UPDATE factors SET value = '7000' WHERE key = 'avoided.truck-body'", "certificate GMC-2026-000001"),
}


@pytest.mark.parametrize("law", CORRUPTIONS)
def test_what_is_changed_by_hand_is_found_and_named(house: House, law: str) -> None:
    three_bodies(house)
    certificate(house, delivered(house, "D-1", "T"))
    assert check_ledger(house.records).differences == ()
    statement, named = CORRUPTIONS[law]
    with house.records.engine.begin() as connection:
        tampered(connection, statement)
    found = [difference for difference in check_ledger(house.records).differences if difference.law == law]
    assert any(named in difference.subject for difference in found)


def test_what_was_counted_is_told(house: House) -> None:
    three_bodies(house)
    checked = check_ledger(house.records)
    assert checked.counted["movements"] == 6
    assert checked.counted["certificates"] == 0
