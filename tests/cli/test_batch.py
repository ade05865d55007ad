"""certificate issue-batch on both databases; what is killed and what races are real processes."""

import csv
import os
import random
import signal
import time
from pathlib import Path

import pytest

from app.lookups.ledger_check import check_ledger
from app.operations.issue_certificate import IssueCertificate, reserve_certificate
from tests.campaign import certificate
from tests.cli.batches import deliveries, ended, half_way, issued, listed, plain, run, started
from tests.house import House

ROWS = 24
LONG = 100  # so many that it is still at work when it is met
SECONDS_TO_END = 20


def whole(house: House, numbers: list[str]) -> None:
    """Every delivery stands in one certificate, nothing is half-way, and the books are right."""
    stated = sorted(number for lots in issued(house).values() for number in lots)
    assert stated == sorted(numbers)
    assert half_way(house) == []
    assert check_ledger(house.records).differences == ()


def test_a_list_is_issued_once_and_told_row_by_row(house: House, tmp_path: Path) -> None:
    one, two, three, four = deliveries(house, 4)
    rows = [f"2029-10-01,Q-1,{one} {two.lower()},TRUCK-M", f",,{three},TRUCK-M", "", f",見積3,{four},TRUCK-M"]
    file = listed(tmp_path, *rows, header="valid_until,quote,deliveries,customer")
    output = tmp_path / "done.csv"
    assert run(house, file, "--output", str(output))[:2] == (
        0, "3 issued, 0 found half-way and finished, 0 issued before, 0 refused.\n",
    )  # fmt: skip
    assert sorted(map(sorted, issued(house).values())) == [[one, two], [three], [four]]
    told = list(csv.DictReader(output.read_text("utf-8-sig").splitlines()))
    assert [(row["row"], row["deliveries"], row["result"]) for row in told] == [
        ("2", f"{one} {two}", "issued"), ("3", three, "issued"), ("5", four, "issued"),
    ]  # fmt: skip
    assert {row["certificate"]: row["deliveries"].split() for row in told} == issued(house)
    code, printed, _ = run(house, file, language="ja")
    assert (code, printed) == (0, "発行0件、途中から仕上げ0件、発行済み3件、発行不可0件。\n")
    assert "done.csv" in run(house, file, "--output", str(output))[2]


def test_a_row_that_is_refused_stops_no_other(house: House, tmp_path: Path) -> None:
    free, taken, foreign, late = deliveries(house, 4)
    other = certificate(house, taken)["number"]
    rows = [f"TRUCK-M,{taken},,Q-9", f"RAIL-E,{foreign},,", f"TRUCK-M,{late},2020-01-01,", f"TRUCK-M,{free},,"]
    code, printed, _ = run(house, listed(tmp_path, *rows))
    assert code == 1
    refused = list(csv.reader(printed.splitlines()[:3]))
    assert [row[0] for row in refused] == ["2", "3", "4"]
    assert f"stated in certificate {other}" in refused[0][3]
    assert "another customer" in refused[1][3]
    assert "in the past" in refused[2][3]
    assert printed.splitlines()[3] == "1 issued, 0 found half-way and finished, 0 issued before, 3 refused."
    assert sorted(issued(house).values()) == sorted([[taken], [free]])


def test_every_fault_is_told_before_anything_is_issued(house: House, tmp_path: Path) -> None:
    one, two = deliveries(house, 2)
    rows = [f"TRUCK-M,{one},,", f"NOBODY,{two} D-9-9,31.12.2026,", f"TRUCK-M,{one},,"]
    code, printed, complained = run(house, listed(tmp_path, *rows))
    assert (code, issued(house)) == (1, {})
    assert "4 faults; no certificate was issued." in complained
    assert [row[:2] for row in csv.reader(printed.splitlines())] == [
        ["3", "valid_until"], ["3", "customer"], ["3", "deliveries"], ["4", "deliveries"],
    ]  # fmt: skip


def test_what_was_found_half_way_is_finished(house: House, tmp_path: Path) -> None:
    one, two = deliveries(house, 2)
    wanted = IssueCertificate("TRUCK-M", (one,), None, None)
    reserved = reserve_certificate(house.records, house.service.press, house.service.issuer, house.doer(), wanted)
    code, printed, _ = run(house, listed(tmp_path, *plain([one, two])))
    assert (code, printed) == (0, "1 issued, 1 found half-way and finished, 0 issued before, 0 refused.\n")
    assert issued(house)[reserved.number] == [one]
    whole(house, [one, two])


def test_what_was_revoked_is_not_issued_again_unasked(house: House, tmp_path: Path) -> None:
    [one] = deliveries(house, 1)
    file = listed(tmp_path, *plain([one]))
    run(house, file)
    [number] = issued(house)
    house.post(f"/certificates/{number}/revocation", {"reason": "wrong"}, "sales")
    code, printed, _ = run(house, file)
    assert (code, issued(house)) == (1, {})
    assert number in printed
    assert "--again" in printed
    assert run(house, file, "--again")[0] == 0
    whole(house, [one])


def _wait_until_gone(group: int) -> None:
    """Wait until no process of a group is left: workers must not go on without whoever asked."""
    until = time.monotonic() + SECONDS_TO_END
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    pytest.fail("a process goes on")


@pytest.mark.parametrize(("workers", "goals"), [("1", (1, ROWS // 2)), ("2", (ROWS // 3,))])
def test_after_kill_9_the_same_command_goes_on(
    house: House, database_url: str, tmp_path: Path, workers: str, goals: tuple[int, ...]
) -> None:
    numbers = deliveries(house, ROWS)
    file = listed(tmp_path, *plain(numbers))
    for goal in goals:
        process = started(database_url, file, "--workers", workers)
        while len(issued(house)) < goal:
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        time.sleep(random.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        _wait_until_gone(process.pid)
    before = issued(house)
    assert len(before) < ROWS
    code, printed, complained = ended(started(database_url, file, "--workers", workers))
    assert (code, "0 refused" in printed) == (0, True), (printed, complained)
    whole(house, numbers)
    assert before.items() <= issued(house).items()


def test_a_worker_that_dies_ends_the_command_with_a_sentence(house: House, database_url: str, tmp_path: Path) -> None:
    numbers = deliveries(house, LONG)
    file = listed(tmp_path, *plain(numbers))
    process = started(database_url, file, "--workers", "2", "--output", str(tmp_path / "done.csv"))
    while not issued(house):
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(children[-1]), signal.SIGKILL)
    code, _, complained = ended(process)
    assert (code, "Run the same command again" in complained) == (1, True)
    assert not (tmp_path / "done.csv").exists()
    _wait_until_gone(process.pid)
    assert run(house, file)[0] == 0
    whole(house, numbers)


def test_two_runs_of_one_list_at_once_issue_it_once(house: House, database_url: str, tmp_path: Path) -> None:
    numbers = deliveries(house, ROWS)
    file = listed(tmp_path, *plain(numbers))
    runs = [ended(process) for process in [started(database_url, file), started(database_url, file, "--workers", "2")]]
    assert [code for code, _, _ in runs] == [0, 0], runs
    assert sum(int(printed.split()[0]) for _, printed, _ in runs) == ROWS
    whole(house, numbers)
