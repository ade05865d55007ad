"""What could go wrong with a restore: others at work, remains, older tables, programs that fail, passwords seen."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from app.records.backup import back_up, restore
from app.records.backup_conditions import CannotBackUp
from app.records.backup_postgresql import Programs
from app.records.migrations import at_head, revision_of, upgrade
from app.records.unit import Records
from config import child_environment
from tests.campaign import three_bodies
from tests.records.conftest import Drill, refused, rows


def test_an_older_backup_goes_into_newer_empty_tables(drill: Drill) -> None:
    older, target = drill.new(), drill.new()
    upgrade(older, "0002")
    records = Records(older)
    back_up(records, drill.folder / "older", drill.programs)
    records.dispose()
    upgrade(target)
    restore(target, drill.folder / "older", drill.programs)
    restored = Records(target)
    assert at_head(restored)
    restored.dispose()


def test_whoever_has_the_empty_database_open_works_on_in_the_restored_one(drill: Drill) -> None:
    three_bodies(drill.house)
    target = drill.new()
    upgrade(target)
    others = Records(target)
    assert rows(others)["lots"] == []
    restore(target, drill.file(), drill.programs)
    with others.writing(drill.house.doer()) as books:
        books.audit.add("look", "lot", "afterwards")
        books.commit()
    others.dispose()
    restored = Records(target)
    assert [row[5] for row in rows(restored)["audit_log"]].count("afterwards") == 1
    assert len(rows(restored)["lots"]) == len(rows(drill.house.records)["lots"])
    restored.dispose()


def test_tables_of_another_program_are_never_replaced(drill: Drill) -> None:
    target = drill.new()
    other = create_engine(target)
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE payroll (name text)"))
    assert refused(drill, target, drill.file()) == "not_empty"
    assert inspect(other).get_table_names() == ["payroll"]
    other.dispose()


# SQLite writes the copy in one transaction; there is no program that could fail.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_restore_that_fails_half_way_leaves_empty_tables_as_they_were(drill: Drill) -> None:
    folder = drill.folder / "bin"
    folder.mkdir()
    real = shutil.which("pg_restore", path=str(drill.programs.folder))
    program = folder / "pg_restore"
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *--single-transaction*) echo broke >&2; exit 1;; esac\nexec {real} "$@"\n'
    )
    program.chmod(0o755)
    target, file = drill.new(), drill.file()
    upgrade(target, "0003")
    with pytest.raises(CannotBackUp, match="failed broke"):
        restore(target, file, Programs(folder, child_environment))
    records = Records(target)
    with records.engine.connect() as connection:
        assert revision_of(connection) == "0003"
    records.dispose()
    restore(target, file, drill.programs)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has no passwords
def test_the_password_is_on_no_command_line(drill: Drill) -> None:
    folder = drill.folder / "bin"
    folder.mkdir()
    for name in ("pg_dump", "pg_restore"):
        real = shutil.which(name, path=str(drill.programs.folder))
        (folder / name).write_text(f'#!/bin/sh\necho "$PGPASSWORD|$*" >> {folder}/seen\nexec {real} "$@"\n')
        (folder / name).chmod(0o755)
    for address in (":hush@/", "&password=hush"):
        url = drill.house.records.engine.url.render_as_string()
        url = url.replace("@/", address, 1) if address.startswith(":") else url + address
        records = Records(url)
        back_up(records, drill.folder / f"backup{len(address)}", Programs(folder, child_environment))
        records.dispose()
    seen = [line.split("|") for line in (folder / "seen").read_text().splitlines()]
    assert [password for password, words in seen if "--dbname" in words] == ["hush", "hush"]
    assert not [words for _, words in seen if "hush" in words]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # only SQLite's databases are files
def test_a_database_in_use_is_no_backup(drill: Drill) -> None:
    three_bodies(drill.house)
    file = Path(str(drill.house.records.engine.url.database))
    assert refused(drill, drill.new(), file) == "in_use"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # only SQLite keeps its log beside the database
def test_what_a_database_that_has_gone_left_behind_is_not_taken_in(drill: Drill) -> None:
    three_bodies(drill.house)
    target = drill.new()
    live = Path(str(drill.house.records.engine.url.database))
    shutil.copyfile(f"{live}-wal", f"{target.removeprefix('sqlite:///')}-wal")
    file = drill.file()
    restore(target, file, drill.programs)
    restored = Records(target)
    assert rows(restored) == rows(drill.house.records)
    restored.dispose()
