"""The service as it is run: a real gunicorn with workers of its own, which can be killed."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
SECONDS_TO_START = 120
SECONDS_TO_STOP = 60


class Server:
    """``make serve`` on a database, in a session of its own, so that all of it can be killed and nothing else."""

    def __init__(self, url: str, folder: Path, workers: int) -> None:
        self.port = _free_port()
        self.workers_wanted = workers
        self.log = folder / "server.log"
        self._environment = {
            **os.environ,
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "PORT": str(self.port),
            "WEB_CONCURRENCY": str(workers),
            "LC_ALL": "C.UTF-8",
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None
        return self._process

    def start(self) -> None:
        """Start, and return once a worker answers: whatever it found half-way is finished by then."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
        with self.log.open("ab") as log:
            # What it tells a newcomer is no part of its log.
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while not self._ready():
            if self._running.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the server does not answer:\n{self.last_words()}")
            time.sleep(0.05)

    def workers(self) -> list[int]:
        """The workers there are now, the oldest first."""
        pid = self._running.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return sorted((int(child) for child in children), key=_started)

    def kill(self) -> None:
        """``kill -9`` of the whole server."""
        os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait()

    def stop(self) -> int:
        """Stop it as an operator does, and return its exit code."""
        self._running.terminate()
        try:
            return self._running.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def last_words(self) -> str:
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-60:])

    def _ready(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@contextmanager
def serving(url: str, folder: Path, workers: int) -> Iterator[Server]:
    """A server that answers; whatever happens, nothing of it is left running."""
    folder.mkdir(parents=True)
    server = Server(url, folder, workers)
    server.start()
    try:
        yield server
    except BaseException:
        server.kill()
        raise
    server.stop()


def holders(pids: list[int], path: Path) -> list[int]:
    """Which of these processes have a file open."""
    return [pid for pid in pids if path.resolve() in _open_files(pid)]


def _open_files(pid: int) -> set[Path]:
    found = set()
    try:
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            try:
                found.add(entry.readlink())
            except FileNotFoundError:
                continue
    except FileNotFoundError:  # it has ended meanwhile
        return set()
    return found


def _started(pid: int) -> tuple[int, int]:
    """When a process began, in clock ticks; one that has ended meanwhile counts as the youngest."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return sys.maxsize, pid
    return int(fields[19]), pid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
