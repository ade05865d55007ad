"""Imports a file as the shell does; a process of its own, so that its memory is its own: URL and FILE."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from app.lookups.master_data import called
from app.operations.import_slips import SlipsToImport, import_slips
from app.records.deeds import Doer
from app.records.unit import Records
from app.schemas.weighing_slips.naming import names_of
from app.schemas.weighing_slips.slips import read_slips
from tests.bench.measuring import peak_mb


def main(url: str, file: str) -> None:
    """Read, validate, import; prints lots and peak memory (MB)."""
    records = Records(url)
    read = read_slips(Path(file).read_bytes(), names_of(called(records)))
    assert not read.faults, read.faults[:3]
    wanted = SlipsToImport("slips.csv", read.fingerprint, tuple(slip.command for slip in read.slips))
    done = import_slips(records, Doer("bench", datetime.now(UTC)), wanted)
    print(len(done.lots), peak_mb())


if __name__ == "__main__":
    main(*sys.argv[1:])
