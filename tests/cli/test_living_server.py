"""A server as it is run: what it logs, and how it ends."""

import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.lookups.ledger_check import check_ledger
from app.operations.create_key import create_key
from app.operations.register_scrap import register_scrap
from app.records.deeds import Doer
from app.records.unit import Records
from tests.house import NOW
from tests.soak.entries import slip
from tests.soak.serving import HOST, Server, holders, serving

PERSON = "yard"
PATIENCE_S = 30.0
MOMENT_S = 0.5
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
NOTE = {
    "number": "D-1",
    "customer": "TRUCK-M",
    "site": "MC",
    "dispatched_at": "2026-10-04T09:00:00+09:00",
    "lines": [{"lot": "A", "kg": "10"}],
}


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    """The books of the server, with a lot in them."""
    records = Records(database_url)
    register_scrap(records, Doer("tests", NOW), slip("A", 1000))
    yield records
    records.dispose()


def send(server: Server, key: str | None, note: dict[str, Any]) -> tuple[int, str]:
    """The status and the request id of a dispatch that is asked for."""
    connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    connection.request("POST", "/api/v1/dispatches", json.dumps(note), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.headers["X-Request-Id"]


def send_rubbish(server: Server) -> None:
    """What only gunicorn ever sees."""
    with socket.create_connection((HOST, server.port), timeout=60) as line:
        line.sendall(b"rubbish\r\n\r\n")
        line.recv(1000)


def lines(server: Server) -> list[dict[str, Any]]:
    """The log, every line of which is JSON."""
    return [json.loads(line) for line in server.log.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # a log has nothing of the database in it
def test_every_line_of_the_log_is_json_and_says_of_which_request_and_person(records: Records, tmp_path: Path) -> None:
    key = create_key(records, Doer("tests", NOW), "logistics", PERSON)
    with serving(records.engine.url.render_as_string(False), tmp_path / "served", workers=2) as server:
        asked = [send(server, key, NOTE), send(server, key, NOTE), send(server, None, NOTE)]
        send_rubbish(server)
        with records.engine.begin() as connection:
            connection.execute(text("ALTER TABLE dispatch_lines RENAME TO lost"))
        asked.append(send(server, key, NOTE | {"number": "D-2"}))
    log = lines(server)
    assert all(line.keys() >= {"event", "level", "timestamp"} for line in log)
    told = {line["request_id"]: (line["status"], line["person"]) for line in log if line["event"] == "request"}
    assert [told[request_id] for _, request_id in asked] == [(201, PERSON), (409, PERSON), (401, None), (500, PERSON)]
    [fault] = [line for line in log if line["event"] == "unexpected error"]
    assert (fault["request_id"], fault["person"]) == (asked[-1][1], PERSON)
    assert "Traceback" in fault["exception"]
    for own in ("Starting gunicorn", "Booting worker", "Invalid request", "Handling signal: term", "Shutting down"):
        assert sum(line["event"].startswith(own) for line in log) >= 1, own
    assert sum(line["event"].startswith("Starting gunicorn") for line in log) == 1


def until(so: Callable[[], object]) -> None:
    """Wait until something is so."""
    late = time.monotonic() + PATIENCE_S
    while not so():
        assert time.monotonic() < late
        time.sleep(0.02)


@contextmanager
def nobody_gets_a_lot(records: Records, server: Server) -> Iterator[Callable[[], object]]:
    """A deed that wants a lot waits within this; yields what says whether one does."""
    file = Path(f"{records.engine.url.database}.writer")
    if records.engine.dialect.name == "sqlite":
        with records.alone():
            yield lambda: holders(server.workers(), file)
        return
    with records.engine.begin() as holder:
        holder.execute(text("SELECT 1 FROM lot_states FOR UPDATE"))
        yield lambda: waiting(records)


def waiting(records: Records) -> int:
    with records.engine.connect() as connection:
        return int(connection.execute(WAITING).scalar_one())


def test_a_deed_under_way_when_the_server_is_told_to_stop_is_done_and_answered(
    records: Records, tmp_path: Path
) -> None:
    key = create_key(records, Doer("tests", NOW), "logistics", PERSON)
    with (
        serving(records.engine.url.render_as_string(False), tmp_path / "served", workers=1) as server,
        ThreadPoolExecutor(2) as pool,
    ):
        with nobody_gets_a_lot(records, server) as under_way:
            answer = pool.submit(send, server, key, NOTE)
            until(under_way)
            stopped = pool.submit(server.stop)
            until(lambda: "Handling signal: term" in server.log.read_text("utf-8"))
            time.sleep(MOMENT_S)  # for the worker to be told, too
            assert not stopped.done()
        assert answer.result()[0] == 201
        assert stopped.result() == 0
    with records.reading() as books:
        assert books.dispatches.numbers_taken(["D-1"]) == {"D-1"}
    assert check_ledger(records).differences == ()
