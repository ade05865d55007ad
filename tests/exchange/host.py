"""A data recipient's own host system, for these tests: a real HTTPS server with a token endpoint and /3/events."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import trustme

from app.operations.exchange.clients import Callback

NAME, SECRET, TOKEN = "loop-ledger", "what we say there", "their-token-for-us"
POLL_S = 0.02


@dataclass
class Recipient:
    """What a host system is and does: how it answers, and what it was sent."""

    port: int = 0
    token_status: int = 200
    events_status: int = 200
    token_body: bytes | None = None
    location: str = ""
    arrived: threading.Event = field(default_factory=threading.Event)
    events: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def callback(self) -> Callback:
        return Callback(self.address, NAME, SECRET)

    def of_type(self, ending: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"].endswith(f".{ending}.3")]

    def answering(self, ending: str, request_id: str, seconds: float = 15) -> dict[str, Any]:
        """The answer to a request, waited for."""
        for _ in range(int(seconds * 10)):
            for event in self.of_type(ending):
                if event["data"]["requestEventId"] == request_id:
                    return event
            self.arrived.clear()
            self.arrived.wait(0.1)
        raise AssertionError(f"no {ending} for {request_id} among {[event['type'] for event in self.events]}")


class _Handler(BaseHTTPRequestHandler):
    recipient: Recipient
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        recipient = self.recipient
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        recipient.asked.append((self.path, self.headers.get("Authorization", "")))
        if self.path.endswith("/auth/token"):
            said = json.dumps({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600}).encode()
            self._answer(recipient.token_status, said if recipient.token_body is None else recipient.token_body)
        elif self.path.endswith("/3/events") and self.headers.get("Authorization") == f"Bearer {TOKEN}":
            if recipient.events_status < 300:
                assert self.headers["Content-Type"].startswith("application/cloudevents+json")
                recipient.events.append(json.loads(body))
                recipient.arrived.set()
            self._answer(recipient.events_status, b"")
        else:
            self._answer(401, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", self.recipient.location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@contextmanager
def serving_recipient(authority: trustme.CA) -> Iterator[Recipient]:
    """A host system on a port of this machine, its certificate issued by an authority, until the block is left."""
    recipient = Recipient()
    handler = type("Handler", (_Handler,), {"recipient": recipient})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    recipient.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(POLL_S,), daemon=True)
    thread.start()
    try:
        yield recipient
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
