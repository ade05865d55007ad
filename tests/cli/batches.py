"""Lists of certificates as sales hands them in, and the real command that issues them."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from app.records.certificate_tables import Status
from app.records.certificates import Stored
from config import Config
from tests.campaign import SENT, billet, bodies, scrap
from tests.cli.test_commands import ROOT
from tests.house import House

HEADER = "customer,deliveries,valid_until,quote"


def deliveries(house: House, count: int, note: str = "D") -> list[str]:
    """So many truck bodies, each a delivered lot of its own at TRUCK-M, out of one heat."""
    scrap(house, f"A-{note}", str(800 * count), units=count)
    billet(house, f"L-{note}", {f"A-{note}": str(800 * count)}, str(768 * count))
    bodies(house, f"T-{note}", f"L-{note}", str(768 * count), str(700 * count), count, str(60 * count))
    sent = {"number": note, "customer": "TRUCK-M", "site": "MC", "dispatched_at": SENT}
    lines = [{"lot": f"T-{note}", "units": 1}] * count
    return [lot["number"] for lot in house.post("/dispatches", sent | {"lines": lines})["lots"]]


def listed(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """A CSV of these rows."""
    file = folder / "list.csv"
    file.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return file


def plain(numbers: list[str]) -> list[str]:
    """A row for each delivery, without quote and validity."""
    return [f"TRUCK-M,{number},," for number in numbers]


def started(url: str, file: Path, *options: str) -> subprocess.Popen[str]:
    """The command as a process in a session of its own, so that all of it can be killed and nothing else."""
    environment = {**os.environ, "DATABASE_URL": url, "DATA_DIR": str(file.parent), "LC_ALL": "en"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "certificate", "issue-batch", str(file), *options]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """How a command ended: its code, what it printed, what it complained of."""
    printed, complained = process.communicate(timeout=120)
    assert "Traceback" not in complained, complained
    return process.returncode, printed, complained


def run(house: House, file: Path, *options: str, language: str = "en") -> tuple[int, str, str]:
    """The command in this process: its code, what it printed, what it complained of."""
    config: Config = house.app.extensions["shell"]
    house.app.extensions["shell"] = replace(config, shell_locale=language)
    done = house.app.test_cli_runner().invoke(args=["certificate", "issue-batch", str(file), *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def issued(house: House) -> dict[str, list[str]]:
    """Deliveries by the issued certificate that states them."""
    with house.records.reading() as books:
        found = books.certificates.listed(0, 10_000)
        return {each.number: books.certificates.lots_of(each.id) for each in found if each.status is Status.ISSUED}


def half_way(house: House) -> list[Stored]:
    with house.records.reading() as books:
        return books.certificates.half_way()
