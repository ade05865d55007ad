"""How we come to another company's system: over verified TLS, to no other address, reading no more than we need."""

from pathlib import Path

import pytest
import trustme

from app.operations.exchange.addresses import registrable
from app.operations.exchange.host_system import HostSystems, NotTaken
from tests.exchange.host import NAME, SECRET, TOKEN, Recipient, serving_recipient

NO_TOKENS = (
    b"",
    b"{}",
    b"[]",
    b"no",
    b'{"access_token": 1}',
    b'{"access_token": "a\\nb"}',
    b'{"access_token": "\xe3\x83\x88"}',
    b"[" * 60_000,
    b"x" * 10**6,
)


@pytest.fixture
def systems(authority_file: Path) -> HostSystems:
    return HostSystems(authority_file)


def test_a_token_and_then_an_event(systems: HostSystems, recipient: Recipient) -> None:
    assert systems.token(f"{recipient.address}/auth/token", NAME, SECRET) == TOKEN
    systems.send(recipient.address, TOKEN, {"type": "x", "word": "\u8a18\u9332"})
    assert recipient.events == [{"type": "x", "word": "\u8a18\u9332"}]


@pytest.mark.parametrize("body", NO_TOKENS)
def test_what_is_no_token_is_told_so(systems: HostSystems, recipient: Recipient, body: bytes) -> None:
    recipient.token_body = body
    with pytest.raises(NotTaken, match="no access_token"):
        systems.token(f"{recipient.address}/auth/token", NAME, SECRET)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_nowhere(
    systems: HostSystems, recipient: Recipient, authority: trustme.CA, status: int
) -> None:
    with serving_recipient(authority) as elsewhere:
        recipient.location = f"{elsewhere.address}/auth/token"
        recipient.token_status = recipient.events_status = status
        with pytest.raises(NotTaken, match="a redirect is not followed"):
            systems.token(f"{recipient.address}/auth/token", NAME, SECRET)
        with pytest.raises(NotTaken, match="a redirect is not followed"):
            systems.send(recipient.address, TOKEN, {})
        assert elsewhere.asked == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
def test_a_refusal_is_told_with_its_status_and_no_secret(
    systems: HostSystems, recipient: Recipient, status: int
) -> None:
    recipient.token_status = status
    with pytest.raises(NotTaken, match=f"answered {status}") as told:
        systems.token(f"{recipient.address}/auth/token", NAME, SECRET)
    assert SECRET not in str(told.value)


def test_no_other_authority_is_trusted(recipient: Recipient) -> None:
    with pytest.raises(NotTaken, match="CERTIFICATE_VERIFY_FAILED"):
        HostSystems(None).token(f"{recipient.address}/auth/token", NAME, SECRET)
    assert recipient.asked == []


def test_a_proxy_of_the_environment_is_not_used(
    systems: HostSystems, recipient: Recipient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert systems.token(f"{recipient.address}/auth/token", NAME, SECRET) == TOKEN


@pytest.mark.parametrize(
    "address", ["https://a.example", "https://a.example:8443/pact", "https://127.0.0.1:1", "https://A.example/x/"]
)
def test_an_address_of_https_may_be_registered(address: str) -> None:
    assert registrable(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "a.example", "//a.example", "http://a.example", "https://", "https:///x", "https://u:p@a.example",
        "https://a.example?x=1", "https://a.example/#x", "https://a.example:99999", "https://a.example:x",
        "https://a.example/<b>", "https://a.example/\u3042", "https://[::1", "https://a.example/ x", "HTTPS://\n",
        "javascript:alert(1)",
        "https://a..example", "https://.example", "https://-a.example", f"https://{'a' * 64}.example", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_no_other_address_may_be_registered(address: str) -> None:
    assert not registrable(address)
