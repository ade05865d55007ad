"""The shell as people use it: a real second process, a real folder, and what it prints."""

import csv
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
OCTOBER = DATA / "weighing_slips_2026-10.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data directory with tables and master data."""
    assert flask(tmp_path, "database", "upgrade").returncode == 0
    assert flask(tmp_path, "reference", "load").returncode == 0
    return tmp_path


def flask(folder: Path, *words: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    """Run a command as a newcomer would, with DATA_DIR in a folder of its own."""
    environment = {"DATA_DIR": str(folder), "LC_ALL": language, "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def lots_in(folder: Path) -> tuple[int, int]:
    with sqlite3.connect(folder / "ledger.db") as connection:
        count, mass_g = connection.execute("SELECT count(*), coalesce(sum(mass_g), 0) FROM lots").fetchone()
    return count, mass_g


def test_the_october_slips_import_once_as_forty_lots(folder: Path) -> None:
    dry = flask(folder, "lots", "import", str(OCTOBER), "--dry-run")
    assert (dry.returncode, lots_in(folder)) == (0, (0, 0)), dry.stderr
    assert "40 lots, 137,030 kg would be imported." in dry.stdout
    first = flask(folder, "lots", "import", str(OCTOBER))
    assert "40 lots, 137,030 kg imported." in first.stdout
    again = flask(folder, "lots", "import", str(OCTOBER))
    assert again.returncode == 0
    assert "Nothing changed" in again.stdout
    assert lots_in(folder) == (40, 137_030_000)


def test_the_bad_slips_import_nothing_and_name_exactly_their_faults(folder: Path) -> None:
    done = flask(folder, "lots", "import", str(DATA / "weighing_slips_bad.csv"))
    assert done.returncode == 1
    with (DATA / "weighing_slips_bad.expected.csv").open(encoding="utf-8") as file:
        expected = list(csv.reader(file))[1:]
    assert [row[:3] for row in csv.reader(done.stdout.splitlines())] == expected
    assert "11 faults; nothing was imported." in done.stderr
    assert lots_in(folder) == (0, 0)


def test_slips_that_live_lots_already_have_are_named_by_row(folder: Path, tmp_path: Path) -> None:
    flask(folder, "lots", "import", str(OCTOBER))
    lines = OCTOBER.read_bytes().split(b"\r\n")
    part = tmp_path / "part.csv"
    part.write_bytes(b"\r\n".join(lines[:3]))
    done = flask(folder, "lots", "import", str(part), language="ja")
    assert done.returncode == 1
    assert [row[:3] for row in csv.reader(done.stdout.splitlines())] == [
        ["2", "計量票番号", "duplicate"],
        ["3", "計量票番号", "duplicate"],
    ]
    assert "登録済み" in done.stdout


def test_a_file_that_is_no_table_is_refused_with_a_sentence(folder: Path, tmp_path: Path) -> None:
    picture = tmp_path / "slips.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    done = flask(folder, "lots", "import", str(picture))
    assert done.returncode == 1
    assert "slips.csv" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_is_printed_last_and_only_its_hash_is_kept(folder: Path) -> None:
    done = flask(folder, "key", "create", "--role", "logistics", "--owner", "yard")
    key = done.stdout.splitlines()[-1]
    assert key.startswith("all_")
    assert key.encode() not in (folder / "ledger.db").read_bytes()


def test_ledger_check_ends_with_1_and_names_a_content_row_changed_by_hand(folder: Path) -> None:
    flask(folder, "lots", "import", str(OCTOBER))
    clean = flask(folder, "ledger", "check")
    assert (clean.returncode, clean.stdout.splitlines()[-1]) == (0, "0 differences")
    with sqlite3.connect(folder / "ledger.db") as connection:
        connection.execute("UPDATE lot_contents SET remaining_g = remaining_g - 1 WHERE lot_id = 7")
        [number] = connection.execute("SELECT number FROM lots WHERE id = 7").fetchone()
    off = flask(folder, "ledger", "check")
    assert off.returncode == 1
    assert f"lot {number}, origin {number}" in off.stdout


def test_ledger_check_speaks_japanese(folder: Path) -> None:
    flask(folder, "lots", "import", str(OCTOBER))
    with sqlite3.connect(folder / "ledger.db") as connection:
        connection.execute("UPDATE lot_contents SET remaining_g = remaining_g - 1 WHERE lot_id = 7")
        [number] = connection.execute("SELECT number FROM lots WHERE id = 7").fetchone()
    off = flask(folder, "ledger", "check", language="ja")
    assert "金属の動き movements: 40" in off.stdout
    assert f"残っている内訳：ロット{number}、由来{number}：記録 " in off.stdout
    # Beside each count stands the name that programs look for; all else is for whoever reads it.
    told = [line for line in off.stdout.splitlines() if not re.search(r": \d+$", line)]
    assert re.findall("[A-Za-z]{2,}", ("\n".join(told) + off.stderr).replace("CO2e", "")) == []
    assert off.stdout.splitlines()[-1] == "差異 1件"


def test_reference_data_of_another_form_is_refused_and_changes_nothing(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "factors.csv"
    sheet.write_text("key,value\nfootprint.primary,11\n", "utf-8")
    done = flask(folder, "reference", "load", str(sheet))
    assert done.returncode == 1
    assert "columns" in done.stderr


def factors_in(folder: Path) -> int:
    with sqlite3.connect(folder / "ledger.db") as connection:
        return int(connection.execute("SELECT count(*) FROM factors").fetchone()[0])


def test_a_factor_version_is_never_changed_and_never_overlaps(folder: Path, tmp_path: Path) -> None:
    head = "key,value,unit,version,valid_from,valid_to,source,note\n"
    sheet, before = tmp_path / "factors.csv", factors_in(folder)
    sheet.write_text(head + "footprint.primary,11,kg-CO2e/kg,1,2024-04-01,,x,\n", "utf-8")
    assert flask(folder, "reference", "load", str(sheet)).returncode == 1
    sheet.write_text(head + "footprint.primary,11,kg-CO2e/kg,2,2027-04-01,,x,\n", "utf-8")
    assert flask(folder, "reference", "load", str(sheet)).returncode == 1
    assert factors_in(folder) == before


def test_a_short_secret_and_a_public_address_with_a_path_are_refused(tmp_path: Path) -> None:
    for name, value in (("SECRET_KEY", "short"), ("PUBLIC_URL", "https://host/path"), ("PORT", "nine")):
        command = [sys.executable, "-c", "import config; config.from_environment()"]
        environment = {"DATA_DIR": str(tmp_path), name: value}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert f"BadSetting: {name}" in done.stderr


def test_the_audit_log_is_written_out_and_never_over_a_file(folder: Path) -> None:
    assert flask(folder, "lots", "import", str(OCTOBER)).returncode == 0
    printed = flask(folder, "audit", "export", "--format", "jsonl")
    assert (printed.returncode, printed.stdout.count('"register"')) == (0, 40)
    file = folder / "audit.csv"
    assert flask(folder, "audit", "export", "--format", "csv", "--output", str(file)).returncode == 0
    assert len(list(csv.reader(file.read_text("utf-8-sig").splitlines()))) == printed.stdout.count("\n") + 1
    again = flask(folder, "audit", "export", "--output", str(file))
    assert (again.returncode, str(file) in again.stderr) == (1, True)
    assert flask(folder, "audit", "export", "--from", "2030-01-01").stdout == ""


@pytest.mark.parametrize(("language", "said"), [("en", "0 differences"), ("ja", "差異0件")])
def test_a_backup_is_restored_at_the_shell_and_checked(folder: Path, tmp_path: Path, language: str, said: str) -> None:
    assert flask(folder, "lots", "import", str(OCTOBER)).returncode == 0
    file, new = folder / "backup", tmp_path / "new"
    assert flask(folder, "backup", str(file)).returncode == 0
    restored = flask(new, "restore", str(file), language=language)
    assert (restored.returncode, said in restored.stdout) == (0, True), restored.stderr
    assert lots_in(new) == lots_in(folder)
    for words in (("backup", str(file)), ("restore", str(file))):
        again = flask(folder, *words, language=language)
        assert (again.returncode, "Traceback" in again.stderr) == (1, False)
