"""No record is removed by raw SQL, whatever table it is in; what was written once or has ended is not changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.lookups.people import all_keys
from app.operations.create_key import create_key, end_key
from app.records.base import Base
from tests.campaign import certificate, delivered, scrap, three_bodies
from tests.house import House, furnish, opened
from tests.tampering import NAMES, refused

# Master data may be put right while nothing names it (foreign keys keep the rest); the others hold no record.
MASTER_DATA = {"alloys", "customers", "flag_rules", "items", "roadmap", "scrap_classes", "sites", "step_rules"}
NO_RECORDS = {"lot_edges", "master_data_state", "sessions"}
GUARDED = sorted(set(Base.metadata.tables) - MASTER_DATA - NO_RECORDS)

ENDED = (
    "UPDATE certificates SET valid_until = '2099-01-01' WHERE status = 'revoked'",
    "UPDATE certificates SET payload = payload || payload WHERE status = 'issued'",
    "UPDATE certificates SET status = 'issued' WHERE status = 'revoked'",
    "UPDATE certificates SET code = 'X' WHERE status = 'issued'",
    "UPDATE certificates SET claimed_g = 2 * claimed_g",
    "UPDATE certificates SET customer_code = 'RAIL-E'",
    "UPDATE certificates SET status = 'reserved' WHERE status = 'issued'",
    "UPDATE api_keys SET role = 'admin'",
    "UPDATE api_keys SET ended_at = NULL WHERE ended_at IS NOT NULL",
    "UPDATE factors SET value = '1'",
    "UPDATE lot_contents SET made_g = made_g + 1",
    "UPDATE scrap_entries SET customer_code = 'RAIL-E'",
    "UPDATE certificate_lines SET live = true WHERE NOT live",
    "UPDATE certificate_documents SET sha256 = 'x'",
    "UPDATE flags SET accepted_by = 'somebody else' WHERE accepted_at IS NOT NULL",
    "UPDATE number_series SET last = last - 1",
    "UPDATE quotes SET state = 'open' WHERE state = 'withdrawn'",
    "UPDATE quotes SET number = 'Q-9'",
    "UPDATE quote_lines SET units = 9",
    "UPDATE reservations SET state = 'held' WHERE state = 'released'",
    "UPDATE reservations SET units = 3 WHERE state = 'held'",
    "UPDATE quote_certificates SET removed_at = NULL WHERE removed_at IS NOT NULL",
    "UPDATE scrap_entries SET live = true WHERE NOT live",
    "UPDATE scrap_entries SET gross_g = gross_g + 1, tare_g = tare_g + 1 WHERE live",
    "UPDATE lots SET number = 'ANOTHER' WHERE number = 'T'",
    "UPDATE dispatches SET customer_code = 'RAIL-E'",
    "UPDATE transformation_inputs SET mass_g = mass_g + 1",
)


def filled(house: House) -> None:
    """A row of each kind that ENDED names."""
    three_bodies(house)
    scrap(house, "S9", slip_number="W-9")
    house.post("/lots/S9/reversal", {"reason": "entered twice"})
    house.post(f"/flags/{_flag(house)}/acceptance", {"reason": "weighed again"}, "plant")
    line = {"kind": "product", "item": "truck-body", "units": 1}
    for number in ("Q-1", "Q-2"):
        quote = {"number": number, "customer": "TRUCK-M", "valid_until": "2026-12-20", "lines": [line]}
        house.post("/quotes", quote, "sales")
        held = {"lot": "T", "units": 1, "until": "2026-12-20"}
        house.post(f"/quotes/{number}/lines/1/reservations", held, "sales")
    house.post("/quotes/Q-2/withdrawal", {}, "sales")
    revoked = certificate(house, delivered(house, "D-1", "T"))["number"]
    house.post("/quotes/Q-1/certificates", {"certificate": revoked}, "sales")
    house.post(f"/quotes/Q-1/certificates/{revoked}/removal", {}, "sales")
    house.post(f"/certificates/{revoked}/revocation", {"reason": "recalled"}, "sales")
    certificate(house, delivered(house, "D-2", "T"))

    create_key(house.records, house.doer(), "plant", "ended")
    [key] = [each for each in all_keys(house.records) if each["owner"] == "ended"]
    end_key(house.records, house.doer(), key["id"])


def _flag(house: House) -> int:
    """Of a lot far too heavy for its units."""
    return int(scrap(house, "HEAVY", "9000", slip_number="W-H", units=1)["flags"][0]["id"])


def test_every_table_of_records_has_a_guard(house: House) -> None:
    with house.records.engine.connect() as connection:
        found = connection.exec_driver_sql(NAMES[connection.dialect.name]).all()
    assert sorted({table for name, table in found if name.startswith("append_only_")}) == GUARDED


@pytest.mark.parametrize("table", sorted({words.split()[1] for words in ENDED}))
def test_what_is_there_is_never_removed(house: House, table: str) -> None:
    filled(house)
    refused(house, f"DELETE FROM {table}")
    if house.records.engine.dialect.name == "postgresql":
        refused(house, f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("statement", ENDED)
def test_what_was_written_once_or_has_ended_is_never_changed(house: House, statement: str) -> None:
    filled(house)
    refused(house, statement)


@pytest.fixture
def sqlite_house(tmp_path: Path) -> Iterator[House]:
    """A house on SQLite alone: PostgreSQL has no REPLACE, and its upserts are updates."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    furnish(url)
    with opened(url, tmp_path) as house:
        filled(house)
        yield house


@pytest.mark.parametrize("table", ["movements", "embodied_movements", "losses", "deeds", "audit_log", "lots"])
def test_a_row_is_not_replaced_by_whoever_opens_the_file(sqlite_house: House, table: str) -> None:
    file = str(sqlite_house.records.engine.url.database)
    with closing(sqlite3.connect(file)) as other, pytest.raises(sqlite3.DatabaseError, match="append-only"):
        other.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("table", ["certificates", "lot_states", "scrap_entries", "movements"])
def test_a_row_is_not_replaced_over_a_connection_of_ours(sqlite_house: House, table: str) -> None:
    refused(sqlite_house, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
