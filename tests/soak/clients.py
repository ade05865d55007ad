"""Clients that send keyed POSTs and, where no answer comes, send the same again until one does."""

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from tests.soak.entries import AT, CUSTOMER
from tests.soak.serving import HOST

PAUSE_S = 0.05
ANSWER_S = 60
SECONDS_TO_ANSWER = 300
REPLAYED = "Idempotent-Replayed"


@dataclass(frozen=True, slots=True)
class Answered:
    """A keyed POST and its answer."""

    path: str
    key: str
    body: bytes
    status: int
    answer: bytes
    replayed: bool


@dataclass
class Heard:
    """What clients heard besides answers: no connection or a cut one, 503, and what must never be."""

    cut: int = 0
    unavailable: int = 0
    replayed: int = 0
    without_retry_after: int = 0
    wrong: list[str] = field(default_factory=list)


class Gate:
    """Clients send only while it is open; whoever closes it can wait until none is on the way."""

    def __init__(self, clients: int) -> None:
        self._clients = clients
        self._open = threading.Event()
        self._open.set()
        self._waiting = 0
        self._changed = threading.Condition()

    def pass_through(self) -> None:
        if self._open.is_set():
            return
        self._count(+1)
        self._open.wait()
        self._count(-1)

    def close(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()

    def wait_for_all(self) -> None:
        """Until every client stands before the closed gate."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._waiting == self._clients, ANSWER_S * 2):
                raise RuntimeError("a client waits for an answer that does not come")

    def _count(self, by: int) -> None:
        with self._changed:
            self._waiting += by
            self._changed.notify_all()


def post(port: int, api_key: str, path: str, key: str, body: bytes) -> tuple[int, bytes, http.client.HTTPMessage]:
    """One POST under an idempotency key: (status, answer, headers). Raises OSError, HTTPException."""
    connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_S)
    headers = {"Authorization": f"Bearer {api_key}", "Idempotency-Key": key, "Content-Type": "application/json"}
    try:
        connection.request("POST", f"/api/v1{path}", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        connection.close()


class Client(threading.Thread):
    """Weighs scrap in, buys metal, melts both, and sends and certifies the billet, over and over."""

    def __init__(self, n: int, port: int, api_key: str, gate: Gate, stopping: threading.Event) -> None:
        super().__init__(name=f"client-{n}", daemon=True)
        self._n, self._port, self._api_key = n, port, api_key
        self._gate, self._stopping = gate, stopping
        self.doing = ""
        self.answered: list[Answered] = []
        self.heard = Heard()

    def run(self) -> None:
        cycle = 0
        try:
            while not self._stopping.is_set():
                cycle += 1
                self._cycle(cycle)
        except Exception as error:  # noqa: BLE001 - told as a wrong answer, which fails the proof
            self.heard.wrong.append(f"{self.name}: {error!r}")

    def _cycle(self, cycle: int) -> None:
        """Numbers are left to the service: a deed done twice would be two rows, and not a duplicate number."""
        scrap = self._deed("/scrap-lots", _slip(f"W{self._n}-{cycle}"))["number"]
        primary = self._deed("/metal-lots", _metal())["number"]
        [billet] = self._deed("/transformations", _heat(scrap, primary))["outputs"]
        for _ in range(3):
            self._deed("/certificates", _certificate(billet["number"]))

    def _deed(self, path: str, words: dict[str, Any]) -> dict[str, Any]:
        key, body = f"{self._n}-{len(self.answered)}", json.dumps(words).encode()
        self.doing = path
        found = self._until_answered(path, key, body)
        self.doing = ""
        self.answered.append(found)
        if found.status != HTTPStatus.CREATED:
            raise ValueError(f"{path} {key}: {found.status} {found.answer.decode('utf-8', 'replace')}")
        answer: dict[str, Any] = json.loads(found.answer)
        return answer

    def _until_answered(self, path: str, key: str, body: bytes) -> Answered:
        until = time.monotonic() + SECONDS_TO_ANSWER
        while time.monotonic() < until:
            self._gate.pass_through()
            try:
                status, answer, headers = post(self._port, self._api_key, path, key, body)
            except (OSError, http.client.HTTPException):
                self.heard.cut += 1
            else:
                if status != HTTPStatus.SERVICE_UNAVAILABLE:
                    self.heard.replayed += REPLAYED in headers
                    return Answered(path, key, body, status, answer, REPLAYED in headers)
                self.heard.unavailable += 1
                self.heard.without_retry_after += "Retry-After" not in headers
            time.sleep(PAUSE_S)
        raise ValueError(f"{path} {key}: no answer in {SECONDS_TO_ANSWER} s")


def in_flight(clients: list[Client]) -> Counter[str]:
    """What is being asked for at this moment."""
    return Counter(client.doing for client in clients if client.doing)


def _slip(number: str) -> dict[str, Any]:
    return {
        "slip_number": number,
        "customer": CUSTOMER,
        "item": "truck-body",
        "units": 3,
        "scrap_class": "post_consumer",
        "gross_kg": "2400",
        "tare_kg": "0",
        "alloy": "mixed",
        "site": "MC",
        "weighed_at": AT.isoformat(),
    }


def _metal() -> dict[str, Any]:
    return {"kind": "primary", "kg": "600", "alloy": "Al99.7", "site": "MC", "received_at": AT.isoformat()}


def _heat(scrap: str, primary: str) -> dict[str, Any]:
    inputs = [{"lot": scrap, "kg": "2400"}, {"lot": primary, "kg": "600"}]
    outputs = [{"kind": "billet", "kg": "2850", "alloy": "A6N01"}]
    return {"kind": "remelt", "site": "MC", "ended_at": AT.isoformat(), "inputs": inputs, "outputs": outputs}


def _certificate(billet: str) -> dict[str, Any]:
    note = {"site": "MC", "dispatched_at": AT.isoformat(), "lines": [{"lot": billet, "kg": "900.125"}]}
    return {"customer": CUSTOMER, "dispatch": note}
