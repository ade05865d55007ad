"""The host system of a data recipient, as we come to it: a token, then the event. Over verified TLS, no redirects.

urllib3 is used directly: it follows nothing, retries nothing and reads no proxy out of the environment unless told to.
"""

import base64
import json
import ssl
import time
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import certifi
import urllib3
from urllib3.exceptions import HTTPError

CONNECT_S, ANSWER_S, WHOLE_ANSWER_S = 5.0, 15.0, 30.0
LARGEST_ANSWER = 64 * 1024
TOKEN_PATH, EVENTS_PATH = "/auth/token", "/3/events"
FORM, EVENT = "application/x-www-form-urlencoded", "application/cloudevents+json; charset=UTF-8"
REDIRECTS = range(300, 400)


class NotTaken(Exception):
    """The host system did not take what was sent; the message says why, and no secret is in it."""


class HostSystems:
    """Comes to other companies' systems. ``ca_file`` adds authorities of a company's own to the public ones."""

    def __init__(self, ca_file: Path | None) -> None:
        self._ca_file = ca_file

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Made when it is first needed: reading all authorities takes a while, and most processes send nothing."""
        context = ssl.create_default_context(cafile=certifi.where())
        context.load_default_certs()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self._ca_file is not None:
            context.load_verify_locations(self._ca_file)
        return context

    def token(self, url: str, client_id: str, secret: str) -> str:
        """An access token of a token endpoint (RFC 6749, 4.4.2). Raises NotTaken."""
        basic = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}", "Content-Type": FORM, "Accept": "application/json"}
        answer = self._post(url, urlencode({"grant_type": "client_credentials"}).encode(), headers)
        try:
            token = json.loads(answer)["access_token"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise NotTaken("the token endpoint gave no access_token") from error
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise NotTaken("the token endpoint gave no access_token")
        return token

    def send(self, base_url: str, token: str, event: dict[str, Any]) -> None:
        """Send an event to a host system (PACT 3.0, "Action Events"). Raises NotTaken."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": EVENT}
        self._post(base_url + EVENTS_PATH, json.dumps(event, ensure_ascii=False).encode(), headers)

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> bytes:
        """POST and return what a 2xx answered. Raises NotTaken."""
        parts = urlsplit(url)
        assert parts.scheme == "https", "only https addresses are ever registered"
        timeout = urllib3.Timeout(connect=CONNECT_S, read=ANSWER_S)
        try:
            with urllib3.HTTPSConnectionPool(
                parts.hostname or "", parts.port, ssl_context=self._tls, timeout=timeout, retries=False, block=False
            ) as pool:
                answer = pool.urlopen("POST", parts.path or "/", body, headers, redirect=False, preload_content=False)
                said = _read(answer)
        except (HTTPError, OSError) as error:
            raise NotTaken(f"{parts.hostname}: {_reason(error)}") from error
        if answer.status in REDIRECTS:
            raise NotTaken(f"{parts.hostname}: answered {answer.status}; a redirect is not followed")
        if not 200 <= answer.status < 300:
            raise NotTaken(f"{parts.hostname}: answered {answer.status}")
        return said


def _read(answer: urllib3.BaseHTTPResponse) -> bytes:
    """An answer as far as anybody needs it, within a time of its own: a system that trickles holds nobody up."""
    until, said = time.monotonic() + WHOLE_ANSWER_S, b""
    try:
        while len(said) < LARGEST_ANSWER and (more := answer.read1(LARGEST_ANSWER, decode_content=True)):
            said += more
            if time.monotonic() > until:
                raise TimeoutError(f"no whole answer within {WHOLE_ANSWER_S:.0f} s")
    finally:
        answer.close()
    return said


def _reason(error: Exception) -> str:
    """What went wrong underneath, in a few words."""
    return f"{type(error).__name__}: {error}"[:300]
