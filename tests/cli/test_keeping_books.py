"""The audit log written out, backups and master data at the shell: what fails says a sentence and changes nothing."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import ROOT, factors_in, flask

HEAD = "key,value,unit,version,valid_from,valid_to,source,note\n"
KEY = "footprint.primary,12,kg-CO2e/kg"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with tables and master data, only to be read."""
    folder = tmp_path_factory.mktemp("books")
    assert flask(folder, "database", "upgrade").returncode == 0
    assert flask(folder, "reference", "load").returncode == 0
    return folder


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What a refused command says."""
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    return done.stderr


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "yesterday"])
@pytest.mark.parametrize("option", ["--from", "--to"])
def test_a_day_that_is_none_is_told_by_its_option(books: Path, option: str, day: str) -> None:
    assert f"{option[2:]}: Give a day" in sentence(flask(books, "audit", "export", option, day))


def test_a_last_day_before_the_first_is_no_empty_log(books: Path) -> None:
    said = sentence(flask(books, "audit", "export", "--from", "2026-10-02", "--to", "2026-10-01"))
    assert "to: The last day is before the first." in said
    assert (
        "最初の日より前"
        in flask(books, "audit", "export", "--from", "2026-10-02", "--to", "2026-10-01", language="ja").stderr
    )


def test_an_export_is_utf_8_whatever_the_terminal_is(books: Path) -> None:
    environment = {"DATA_DIR": str(books), "LC_ALL": "en", "PATH": os.defpath, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "audit", "export", "--format", "csv"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"\xef\xbb\xbfid,at,person")


def test_an_export_is_its_owners_alone_and_whole_or_not_there(books: Path, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    assert flask(books, "audit", "export", "--output", str(file)).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert str(tmp_path / "nowhere") in sentence(
        flask(books, "audit", "export", "--output", str(tmp_path / "nowhere" / "audit.jsonl"))
    )
    without_tables = tmp_path / "without_tables"
    assert flask(without_tables, "audit", "export", "--output", str(tmp_path / "other")).returncode == 1
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["audit.jsonl"]


def test_a_backup_of_nothing_or_to_nowhere_is_refused(books: Path, tmp_path: Path) -> None:
    assert "no tables" in sentence(flask(tmp_path / "new", "backup", str(tmp_path / "backup")))
    assert str(tmp_path / "nowhere") in sentence(flask(books, "backup", str(tmp_path / "nowhere" / "backup")))
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "ledger.db").write_bytes((books / "ledger.db").read_bytes()[:9000])
    sentence(flask(damaged, "backup", str(tmp_path / "backup")))
    assert not (tmp_path / "backup").exists()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (f"{KEY},2,2027-04-01,,x,\n", "begins before version 1 has ended"),
        (f"{KEY},2,2027-04-01,2027-03-31,x,\n", "ends before it begins"),
        ("footprint.primary,11,kg-CO2e/kg,1,2024-04-01,,x,\n", "there already with other values"),
    ],
)
def test_a_factor_that_cannot_be_is_told_in_a_sentence(books: Path, tmp_path: Path, rows: str, said: str) -> None:
    sheet, before = tmp_path / "factors.csv", factors_in(books)
    sheet.write_text(HEAD + rows, "utf-8")
    assert said in sentence(flask(books, "reference", "load", str(sheet)))
    assert factors_in(books) == before


def test_a_version_and_its_successor_are_taken_in_any_order(books: Path, tmp_path: Path) -> None:
    copy = tmp_path / "data"
    copy.mkdir()
    with sqlite3.connect(books / "ledger.db") as connection, sqlite3.connect(copy / "ledger.db") as other:
        connection.backup(other)
        row = connection.execute(
            "SELECT key, value, unit, 1, valid_from, '2027-03-31', source, note FROM factors WHERE key = ?",
            ("footprint.primary",),
        ).fetchone()
    quoted = ",".join(f'"{cell}"' for cell in row)
    sheet = tmp_path / "factors.csv"
    sheet.write_text(f"{HEAD}{KEY},2,2027-04-01,,x,\n{quoted}\n", "utf-8")
    done = flask(copy, "reference", "load", str(sheet))
    assert (done.returncode, "factors: 2" in done.stdout) == (0, True), done.stderr
