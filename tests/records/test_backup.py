"""The restore drill: what was backed up while people worked stands again, whole, in a new database."""

import os
import threading
from dataclasses import replace

import pytest
from sqlalchemy import text

from app.access import Role
from app.factory import create_app
from app.lookups.ledger_check import check_ledger
from app.records.backup import back_up, restore
from app.records.backup_conditions import CannotBackUp
from app.records.backup_postgresql import Programs
from app.records.migrations import at_head, downgrade, upgrade
from app.records.unit import Records
from config import child_environment
from tests.campaign import certificate, delivered, primary, scrap, three_bodies
from tests.house import settings
from tests.records.conftest import Drill, refused, rows


def test_a_backup_taken_while_people_work_stands_again_whole(drill: Drill) -> None:
    house = drill.house
    three_bodies(house)
    url = certificate(house, delivered(house, "D-1", "T"))["verify_url"]
    before = rows(house.records)
    stop = threading.Event()

    def work() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            primary(house, f"W{n}")

    worker = threading.Thread(target=work)
    worker.start()
    try:
        file = drill.file()
    finally:
        stop.set()
        worker.join()
    assert file.stat().st_mode & 0o777 == 0o600
    target = drill.new()
    restore(target, file, drill.programs)
    restored = Records(target)
    try:
        assert at_head(restored)
        assert check_ledger(restored).differences == ()
        after = rows(restored)
        for table in ("movements", "embodied_movements", "losses", "deeds", "certificates", "certificate_documents"):
            assert set(map(repr, before[table])) <= set(map(repr, after[table])), table
        assert len(after["lots"]) == len(after["lot_states"])
    finally:
        restored.dispose()
    app = create_app(replace(settings(target, drill.folder), database_url=target))
    page = app.test_client().get(f"/c/{url.rpartition('/')[2]}.json")
    assert page.get_json()["status"] == "issued"
    app.extensions["loop-ledger"].records.dispose()


def test_every_row_and_every_guard_comes_back(drill: Drill) -> None:
    three_bodies(drill.house)
    before = rows(drill.house.records)
    target = drill.new()
    restore(target, drill.file(), drill.programs)
    restored = Records(target)
    assert rows(restored) == before
    with pytest.raises(Exception, match="append-only"), restored.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE movements SET mass_g = mass_g + 1")
    restored.dispose()


def test_nothing_is_written_over(drill: Drill) -> None:
    file = drill.file()
    size = file.stat().st_size
    with pytest.raises(CannotBackUp, match="exists"):
        back_up(drill.house.records, file, drill.programs)
    assert file.stat().st_size == size
    scrap(drill.house, "A")
    assert refused(drill, drill.house.records.engine.url.render_as_string(hide_password=False), file) == "not_empty"
    assert drill.house.get("/lots/A")["remaining_kg"] == "2400"


@pytest.mark.parametrize("content", [b"", b"not a backup", b"PGDM", b"SQLite format 3"])
def test_what_is_no_backup_is_refused(drill: Drill, content: bytes) -> None:
    file = drill.folder / "other"
    file.write_bytes(content)
    assert refused(drill, drill.new(), file) == "not_a_backup"


def test_a_damaged_backup_leaves_the_target_as_it_was(drill: Drill) -> None:
    three_bodies(drill.house)
    file = drill.file()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    target = drill.new()
    assert refused(drill, target, file) in ("damaged", "failed", "not_a_backup")
    file.write_bytes(whole)
    restore(target, file, drill.programs)


def test_a_backup_of_a_newer_version_is_refused_before_anything_is_done(drill: Drill) -> None:
    with drill.house.records.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    target = drill.new()
    assert refused(drill, target, drill.file()) == "newer"
    upgrade(target)


def test_a_backup_of_an_older_version_is_brought_to_the_newest_tables(drill: Drill) -> None:
    older = drill.new()
    upgrade(older)
    downgrade(older, "0002")
    records = Records(older)
    back_up(records, drill.folder / "older", drill.programs)
    records.dispose()
    target = drill.new()
    restore(target, drill.folder / "older", drill.programs)
    restored = Records(target)
    assert at_head(restored)
    restored.dispose()


def test_a_migrated_but_empty_database_takes_a_backup(drill: Drill) -> None:
    three_bodies(drill.house)
    target = drill.new()
    upgrade(target)
    restore(target, drill.file(), drill.programs)
    restored = Records(target)
    assert rows(restored) == rows(drill.house.records)
    restored.dispose()


def test_a_backup_that_fails_leaves_nothing_behind(drill: Drill) -> None:
    if drill.sqlite:
        records = Records(f"sqlite:///{drill.folder / 'broken.db'}")
        (drill.folder / "broken.db").write_bytes(b"SQLite format 3\x00" + os.urandom(8192))
        with pytest.raises(Exception, match=r"malformed|not a database|damaged"):
            back_up(records, drill.folder / "backup", drill.programs)
        records.dispose()
    else:
        nowhere = Programs(drill.folder, child_environment)
        with pytest.raises(CannotBackUp, match="no_program"):
            back_up(drill.house.records, drill.folder / "backup", nowhere)
    assert not [file.name for file in drill.folder.iterdir() if file.name.startswith("backup")]


def test_roles_are_restored_with_their_keys(drill: Drill) -> None:
    target = drill.new()
    restore(target, drill.file(), drill.programs)
    app = create_app(replace(settings(target, drill.folder), database_url=target))
    key = drill.house.keys[Role.AUDITOR.value]
    answer = app.test_client().get("/api/v1/lots", headers={"Authorization": f"Bearer {key}"})
    app.extensions["loop-ledger"].records.dispose()
    assert answer.status_code == 200
