import json
from typing import Any

import pytest

from app.lookups.verdict import Genuine, Superseded
from app.pages.verify.document import as_document, written
from certificates import seal
from certificates.privacy import public_form
from tests.certificates.cases import SAMPLES
from tests.pages.verify.states import DONE, REASON, REPLACEMENT, SHOWING, SILENT, shown, unnamed


@pytest.mark.parametrize("name", SAMPLES)
def test_the_document_carries_the_public_form_exactly(name: str):
    certificate = SAMPLES[name]()
    document = json.loads(written(Genuine(unnamed(certificate))))
    assert document == {"status": "issued", "certificate": seal.as_json(public_form(certificate))}


def test_each_state_states_its_status_and_what_belongs_to_it():
    certificate = seal.as_json(shown().certificate)
    replaced = {"replaced_by": "GMC-2026-000014", "replaced_by_url": REPLACEMENT.verify_url}
    time = "2026-11-18T16:20:00+09:00"
    expected: dict[str, dict[str, Any]] = {
        "valid": {"status": "issued", "certificate": certificate},
        "expired": {"status": "expired", "certificate": certificate},
        "revoked": {
            "status": "revoked", "certificate": certificate, "revoked_at": time, "reason": REASON, **replaced,
        },
        "superseded": {"status": "superseded", "certificate": certificate, "superseded_at": time, **replaced},
    }  # fmt: skip
    assert {name: as_document(state) for name, state in SHOWING.items()} == expected


def test_a_replacement_that_is_not_issued_yet_is_null():
    document = as_document(Superseded(shown(), DONE, None))
    assert document["replaced_by"] is None
    assert document["replaced_by_url"] is None


def test_states_without_a_certificate_say_nothing_but_their_status():
    assert [as_document(SILENT[name]) for name in ("altered", "unknown", "unchecked")] == [
        {"status": "altered"}, {"status": "unknown"}, {"status": "cannot_be_checked"},
    ]  # fmt: skip
