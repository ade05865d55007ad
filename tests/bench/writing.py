"""Rows of the table that write: weighing in through the API, and importing a hundred thousand slips."""

import csv
import itertools
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from app.records.unit import Records
from tests.bench.campaign import TRUCK
from tests.bench.floors import TABLES, bare
from tests.bench.ledger import Ledger
from tests.bench.measuring import Figure, in_a_process_of_its_own, seconds, side_by_side

IMPORT_PER_SECOND = 6_000
IMPORT_MB = 300
SLIPS = 100_000
FEW_SLIPS = 200
NOW = datetime(2026, 10, 1, tzinfo=UTC)
HEADER = (
    "計量票番号,計量日時,提供元,発生品,数量,車番・編成,総重量(kg),風袋(kg),異物控除(kg),正味(kg),"
    "合金,スクラップ区分,拠点,置場"
)


def weigh_in(ledger: Ledger) -> Figure:
    """POST /scrap-lots, durable, beside a bare view that inserts the same rows, durable."""
    floor = bare(ledger.house.records, lambda body: rows(body["n"]))
    client, counter = floor.test_client(), itertools.count(1)
    ids = itertools.count(-1, -1)  # below everybody else's

    def ours() -> None:
        n = next(counter)
        body = {"number": f"W-{n}", "slip_number": f"WS-{n}", "customer": "TRUCK-M", "item": "truck-body", "units": 3}
        body |= {"scrap_class": "post_consumer", "gross_kg": "10400", "tare_kg": "8000", "alloy": "mixed", "site": "MC"}
        ledger.house.post("/scrap-lots", body | {"weighed_at": "2026-10-01T09:00:00+09:00"})

    def theirs() -> None:
        assert client.post("/rows", json={"n": next(ids)}).status_code == 201

    mine, plain, ratio = side_by_side(ours, theirs, ledger.times(40), ledger.turns)
    with ledger.counting() as statements:
        ours()
    notes: dict[str, float | int | str] = {"queries": len(statements)}
    return Figure("weigh-in through the API", mine * 1000, plain * 1000, "ms", "<= 2.5x", ratio <= 2.5, notes)


def rows(n: int) -> dict[str, dict[str, Any]]:
    """The rows that weighing in one lot writes, under ids nobody else has."""
    shared = {"lot_id": n, "deed_id": n}
    slip = {"slip_number": f"F-{n}", "item": "truck-body", "units": 3, "scrap_class": "post_consumer"}
    place = {"site_code": "MC", "customer_code": None, "since": NOW}
    lot = {"id": n, "number": f"F-{n}", "kind": "scrap", "alloy": "mixed", "mass_g": TRUCK, "embodied_g": 0}
    return {
        "deeds": {"id": n, "kind": "entry", "happened_at": NOW, "recorded_at": NOW, "person": "bare"},
        "lots": lot | {"made_at": NOW, "deed_id": n},
        "lot_states": place | {"lot_id": n, "mass_g": TRUCK, "embodied_g": 0},
        "lot_contents": {"lot_id": n, "origin_id": n, "made_g": TRUCK, "remaining_g": TRUCK},
        "movements": shared | {"origin_id": n, "mass_g": TRUCK},
        "embodied_movements": shared | {"co2_g": 0},
        "scrap_entries": slip
        | {"lot_id": n, "live": True, "site_code": "MC", "customer_code": "TRUCK-M", "gross_g": TRUCK + 1}
        | {"tare_g": 1, "deduction_g": 0, "weighed_at": NOW},
        "audit_log": {"at": NOW, "person": "bare", "action": "register", "subject_kind": "lot", "subject": f"F-{n}"},
    }


def import_slips(ledger: Ledger) -> Figure:
    """`lots import` of a file, in a process of its own, beside executemany of the same rows."""
    slips = ledger.times(SLIPS) * (FEW_SLIPS if ledger.brief else 1)
    file = write_slips(ledger.folder / "slips.csv", slips)
    said, took = in_a_process_of_its_own("tests.bench.importing", ledger.url, str(file))
    peak = float(said.split()[1])
    plain = seconds(lambda: _executemany(ledger.house.records, slips), 1)
    rate = slips / took
    kept = rate >= IMPORT_PER_SECOND and peak <= IMPORT_MB
    limit = f">= {IMPORT_PER_SECOND}/s, <= {IMPORT_MB} MB"
    return Figure("import of slips", rate, slips / plain, "slips/s", limit, kept, {"MB": round(peak)})


def write_slips(file: Path, count: int) -> Path:
    """A file of slips as a yard's scales export them, without a fault."""
    with file.open("w", encoding="cp932", newline="") as opened:
        opened.write(HEADER + "\r\n")
        writer = csv.writer(opened)
        for n in range(count):
            day, minute = 1 + n % 28, n % 60
            at = f"2026-10-{day:02d} 10:{minute:02d}"
            writer.writerow(
                [f"X{n:07d}", at, "TRUCK-M", "ﾄﾗｯｸﾎﾞﾃﾞｰ", 3, "", 10400, 8000, "", 2400, "混合", "使用済", "MC", "A-1"]
            )
    return file


def _executemany(records: Records, count: int) -> None:
    with records.engine.execution_options(writing=True).begin() as connection:
        for first in range(0, count, 10_000):
            made = [rows(-(10**9) - n) for n in range(first, min(first + 10_000, count))]
            for name in made[0]:
                connection.execute(insert(TABLES[name]), [row[name] for row in made])
