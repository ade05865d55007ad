"""Whoever opens connections and says nothing holds up nobody."""

import socket
import time
from contextlib import ExitStack
from pathlib import Path

from tests.house import furnish
from tests.soak.serving import HOST, Server, serving

SILENT = 20
WORKERS = 2
AT_FIRST_S = 20.0  # while threads find out that nothing is said; a worker without threads waits for a minute
AFTERWARDS_S = 5.0


def test_silent_connections_hold_up_nobody(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    furnish(url)
    with serving(url, tmp_path / "server", WORKERS) as server, ExitStack() as opened:
        for _ in range(SILENT):
            opened.enter_context(socket.create_connection((HOST, server.port)))
        assert seconds_to_answer(server) < AT_FIRST_S
        assert all(seconds_to_answer(server) < AFTERWARDS_S for _ in range(WORKERS * 4))


def seconds_to_answer(server: Server) -> float:
    began = time.monotonic()
    server.wait_until_ready()
    return time.monotonic() - began
