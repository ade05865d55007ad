"""Whatever a client sends is answered in the words of the specification, and never with a 500."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.records.exchange_events import EventType
from tests.exchange.partner import CALLBACK, Partner, certified, partner, request_created, six_bodies
from tests.exchange.published import ERROR, LIST, faults
from tests.house import House, opened

NAMES = (
    "limit", "cursor", "productId", "companyId", "geography", "classification", "validOn", "validAfter", "validBefore",
    "status", "$filter", "x-a-b",
)  # fmt: skip
_text = st.text(max_size=12)
_likely = st.sampled_from(
    ["", "0", "1", "JP", "Active", "urn:x:y", "2026-11-20T00:00:00Z", "9999-12-31", "MQ", "\0", "%"]
)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _text | _likely,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text | st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=8,
)
_members = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from([each.value for each in EventType]) | _json,
        "specversion": st.just("1.0") | _json,
        "id": _json,
        "source": st.just("https://pact.example.com") | _json,
        "time": _likely | _json,
        "data": st.dictionaries(
            st.sampled_from(NAMES) | _text, _likely | st.lists(_likely, max_size=2) | _json, max_size=3
        ),
    },
)


@pytest.fixture(scope="module")
def buyer(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partner]:
    """A client of a customer with one footprint, which is asked anything."""
    folder = tmp_path_factory.mktemp("anything")
    (folder / "ledger.db").write_bytes(migrated_sqlite.read_bytes())
    with opened(f"sqlite:///{folder / 'ledger.db'}", folder) as house:
        yield _buyer(house)


def _buyer(house: House) -> Partner:
    six_bodies(house)
    certified(house, "D-1")
    return partner(house, callback=CALLBACK)


def understood(answer: Any) -> None:
    assert answer.status_code < 500 or answer.status_code == 501, answer.text
    if answer.status_code >= 400:
        assert faults(ERROR, answer.get_json()) == []


@settings(max_examples=300)
@given(pairs=st.lists(st.tuples(st.sampled_from(NAMES) | _text, _likely | _text), max_size=4))
def test_any_query_is_answered(buyer: Partner, pairs: list[tuple[str, str]]) -> None:
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs)
    answer = buyer.send("GET", f"/3/footprints?{query}")
    understood(answer)
    if answer.status_code == 200:
        assert faults(LIST, answer.get_json()) == []


@settings(max_examples=200)
@given(id_=st.text(max_size=40), method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"]))
def test_any_id_is_answered(buyer: Partner, id_: str, method: str) -> None:
    answer = buyer.send(method, f"/3/footprints/{quote(id_)}")
    assert answer.status_code < 500
    if method == "GET" and "/" not in id_:
        understood(answer)


@settings(max_examples=300)
@given(body=_json | _members | _members.map(lambda members: request_created({"status": "Active"}, **members)))
def test_any_event_is_answered(buyer: Partner, body: Any) -> None:
    understood(buyer.event(body))


@settings(max_examples=200)
@given(header=st.binary(max_size=40), form=st.binary(max_size=60))
def test_any_ask_for_a_token_is_answered(buyer: Partner, header: bytes, form: bytes) -> None:
    answer = buyer.ask_token(
        auth=None,
        data=form,
        headers={"Authorization": "Basic " + header.decode("latin-1").replace("\r", "").replace("\n", "")},
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in (400, 401, 429)
    assert answer.get_json()["error"]
