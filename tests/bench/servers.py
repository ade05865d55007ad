"""A gunicorn with one worker, as in production, and clients that ask it as fast as it answers."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.cli.serving import WORKER_CLASS

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it listens, how long it took to its first answer (s), and its worker's process."""

    port: int
    started_s: float
    master: int

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept-Language": "ja"})
        reply = connection.getresponse()
        body = reply.read()
        connection.close()
        return reply.status, body

    def per_second(self, paths: list[str], seconds: float) -> float:
        """Requests a second of one client that asks again at once."""
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            status, _ = self.get(paths[count % len(paths)])
            assert status == 200, (status, paths[count % len(paths)])
            count += 1
        return count / (time.perf_counter() - start)

    def worker_mb(self) -> float:
        """Memory of the worker, MB (resident)."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        sizes = []
        for child in children:
            lines = Path(f"/proc/{child}/status").read_text().splitlines()
            sizes += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")]
        return statistics.mean(sizes)


@contextmanager
def serving(application: str, url: str, folder: Path) -> Iterator[Server]:
    """``application`` under gunicorn with one worker on a database; stopped at the end."""
    port = _free_port()
    environment = {**os.environ, "DATABASE_URL": url, "DATA_DIR": str(folder), "PUBLIC_URL": "https://loop.example.jp"}
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, *WORKER_CLASS, "--no-control-socket"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield Server(port, time.perf_counter() - start, process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    """Until any answer comes: a 404 is one too."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/live")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError("the server did not start")
