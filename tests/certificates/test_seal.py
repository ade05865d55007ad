"""Canonical JSON: one sequence of bytes per certificate, and the strict way back."""

import json

import pytest
from hypothesis import given, settings

from certificates import seal
from certificates.content import Certificate
from tests.certificates.samples import SAMPLES, certificates


@given(certificates())
@settings(max_examples=60, deadline=None)
def test_what_was_written_reads_back_as_the_same_certificate(certificate: Certificate) -> None:
    payload = seal.canonical_json(certificate)
    assert seal.read(payload) == certificate
    assert seal.canonical_json(seal.read(payload)) == payload


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_reads_back(name: str) -> None:
    certificate = SAMPLES[name]()
    assert seal.read(seal.canonical_json(certificate)) == certificate


def test_grams_stand_as_kilogram_strings_and_missing_ones_as_null() -> None:
    written = seal.as_json(SAMPLES["two_customers"]())
    assert written["recycled"] == {
        "closed_loop_kg": "4853.054", "post_consumer_kg": "7762.171", "pre_consumer_kg": "0", "rest_kg": "1979.829",
    }  # fmt: skip
    assert written["avoided_co2"]["by_unit_kg"] is None
    assert written["avoided_co2"]["claimed_kg"] == "90351.67"
    assert written["issued_on"] == "2026-11-20"
    assert written["cfp"]["kg_co2e_per_kg"] == SAMPLES["two_customers"]().cfp.kg_co2e_per_kg


def _changed(**members: object) -> bytes:
    written = seal.as_json(SAMPLES["truck_body"]())
    return json.dumps({**written, **members}, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"{}", b"[]", b"\xff", b"null", b"[" * 100_000,
        seal.canonical_json(SAMPLES["truck_body"]()) + b" ",
        seal.canonical_json(SAMPLES["truck_body"]()).replace(b'"mass_kg":"700"', b'"mass_kg":"700.0"', 1),
        _changed(mass_kg=700), _changed(mass_kg="-1"), _changed(mass_kg="7e2"), _changed(mass_kg="７００"),
        _changed(mass_kg=None), _changed(issued_on="2026-13-01"), _changed(issued_on="20261120"),
        _changed(format="green-material-certificate/2"), _changed(more=1), _changed(lines={}), _changed(number=None),
        _changed(avoided_co2={"claimed_kg": "1", "by_unit_kg": None, "by_mass_kg": "1", "method_version": True}),
    ],
    ids=range(20),
)  # fmt: skip
def test_anything_else_is_refused(payload: bytes) -> None:
    with pytest.raises(seal.UnreadableCertificate):
        seal.read(payload)


def test_a_lone_surrogate_has_no_canonical_json() -> None:
    broken = _replace_number("\ud842")
    with pytest.raises(ValueError, match="canonical"):
        seal.canonical_json(broken)


def _replace_number(number: str) -> Certificate:
    return Certificate(**{**{f: getattr(SAMPLES["truck_body"](), f) for f in Certificate.__slots__}, "number": number})


def test_the_digest_is_sha_256() -> None:
    assert seal.digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
