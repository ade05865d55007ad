"""Addresses of host systems: which may be registered, and which one an event's ``source`` means."""

import re
from urllib.parse import SplitResult, urlsplit

HTTPS_PORT = 443
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"  # RFC 1123, 2.1
PLAIN = re.compile(rf"https://{LABEL}(?:\.{LABEL})*(?::[0-9]{{1,5}})?(?:/[A-Za-z0-9._~/-]*)?", re.ASCII)


def registrable(address: str) -> bool:
    """Whether an address may be registered: https, a host, a plain path; no user name, query or fragment."""
    parts = _split(address)
    if parts is None or parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        return False
    return PLAIN.fullmatch(address) is not None


def origin(address: str) -> tuple[str, int] | None:
    """Host and port of an https address, or of one without a scheme (``//host/3/events``); None for any other."""
    parts = _split(address)
    if parts is None or parts.scheme not in ("https", "") or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.hostname, parts.port or HTTPS_PORT


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:  # brackets, or a port that is none
        return None
    return parts
