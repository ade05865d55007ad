"""The service as in production: gunicorn in a process of its own, TLS, and a partner who comes over the network."""

import base64
import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme

from app.cli.serving import WORKER_CLASS
from app.operations.exchange.clients import ClientMade
from tests.campaign import certificate, delivered
from tests.cli.test_serving import free_port
from tests.exchange.host import Recipient, serving_recipient
from tests.exchange.partner import EVENT, certified, client_of, six_bodies
from tests.house import opened

ROOT = Path(__file__).parents[2]
START_S = 60
SECRET_KEY = "k" * 40


@dataclass(frozen=True)
class Answer:
    """What came back over the network."""

    status: int
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Served:
    """The service on a port behind TLS, a client of it, and that client's own host system."""

    port: int
    folder: Path
    context: ssl.SSLContext
    made: ClientMade
    recipient: Recipient
    token: str = ""
    log: Path = field(default=Path())

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    def open(self, method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """A request over TLS that is verified."""
        request = urllib.request.Request(url, body, headers or {}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20, context=self.context) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def ask_token(self, name: str | None = None, secret: str | None = None, address: str = "") -> Answer:
        basic = base64.b64encode(f"{name or self.made.client_id}:{secret or self.made.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"}
        return self.open("POST", f"{address or self.address}/auth/token", b"grant_type=client_credentials", headers)

    def get(self, path: str, token: str | None = None, **query: Any) -> Answer:
        asked = f"?{urllib.parse.urlencode(query, doseq=True)}" if query else ""
        url = path if path.startswith("http") else f"{self.address}{path}{asked}"
        return self.open("GET", url, headers={"Authorization": f"Bearer {self.token if token is None else token}"})

    def event(self, body: dict[str, Any], token: str | None = None) -> Answer:
        headers = {"Authorization": f"Bearer {self.token if token is None else token}", "Content-Type": EVENT}
        return self.open("POST", f"{self.address}/3/events", json.dumps(body).encode(), headers)

    def footprints(self) -> list[dict[str, Any]]:
        return list(self.get("/3/footprints").json["data"])


@contextmanager
def serving(authority: trustme.CA, authority_file: Path, migrated: Path, folder: Path) -> Iterator[Served]:
    """The service over TLS, until the block is left."""
    port = free_port()
    shutil.copyfile(migrated, folder / "ledger.db")
    context = ssl.create_default_context(cafile=str(authority_file))
    with serving_recipient(authority) as recipient:
        made = _furnish(folder, f"https://localhost:{port}", recipient)
        served = Served(port, folder, context, made, recipient, log=folder / "server.log")
        with _process(served, authority, authority_file) as process:
            _wait(served, process)
            served.token = served.ask_token().json["access_token"]
            yield served


def _furnish(folder: Path, public_url: str, recipient: Recipient) -> ClientMade:
    """Three certificates, one of which took the place of another, and a client of their recipient."""
    with opened(f"sqlite:///{folder / 'ledger.db'}", folder, public_url) as house:
        six_bodies(house)
        for n in range(3):
            certified(house, f"D-{n}")
        sent = delivered(house, "D-9", "T")
        replaced = certificate(house, sent)["number"]
        certificate(house, sent, replaces=replaced)
        return client_of(house, callback=recipient.callback)


@contextmanager
def _process(served: Served, authority: trustme.CA, authority_file: Path) -> Iterator["subprocess.Popen[bytes]"]:
    issued = authority.issue_cert("localhost")
    key, chain = served.folder / "key.pem", served.folder / "chain.pem"
    issued.private_key_pem.write_to_path(str(key))
    chain.write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{served.port}", "--workers", "1"]
    command += [*WORKER_CLASS, "--certfile", str(chain), "--keyfile", str(key), "--no-control-socket"]
    with served.log.open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(served, authority_file), stdout=log, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(40) == 0, served.log.read_text()


def environment(served: Served, authority_file: Path) -> dict[str, str]:
    """The settings of the service, for the server and for commands at the shell beside it."""
    return {
        **os.environ,
        "DATA_DIR": str(served.folder),
        "PUBLIC_URL": served.address,
        "SECRET_KEY": SECRET_KEY,
        "EXCHANGE_CA_FILE": str(authority_file),
        "LANG": "en",
    }


def _wait(served: Served, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        assert process.poll() is None, served.log.read_text()
        try:
            if served.open("GET", f"{served.address}/health/ready").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(served.log.read_text())
