"""What a footprint says, for every certificate there can be: valid by the published schema, and true to the line."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.carbon.factors import years_on
from app.operations.footprints.compose import product_footprint
from app.operations.footprints.periods import reference_period, validity_period
from app.schemas.exchange.extension import data_schema
from certificates.content import Certificate, Line
from tests.certificates.samples import SAMPLES, certificates
from tests.exchange.published import PRODUCT_FOOTPRINT, faults

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
URL = "https://loop.example.jp"


def opened(certificate: Certificate) -> Certificate:
    """The same with an address, as every certificate that is issued has one."""
    return replace(certificate, verify_url=f"{URL}/C/0123456789ABCDEFGHJKMNPQRS")


def footprint(certificate: Certificate, line: Line, *preceding: str, **more: str) -> dict[str, Any]:
    made = product_footprint(opened(certificate), line, str(uuid4()), NOW, preceding, **more)
    return {**json.loads(json.dumps(made)), "status": "Active"}


def figures(value: Any) -> list[Any]:
    """Every number in JSON."""
    if isinstance(value, dict):
        return [found for each in value.values() for found in figures(each)]
    if isinstance(value, list):
        return [found for each in value for found in figures(each)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_line_of_every_sample_is_valid_by_the_published_schema(name: str) -> None:
    certificate = SAMPLES[name]()
    assert certificate.lines
    for line in certificate.lines:
        for preceding in ((), (str(uuid4()),)):
            made = footprint(certificate, line, *preceding)
            assert faults(PRODUCT_FOOTPRINT, made) == []
            assert faults(data_schema(URL), made["extensions"][0]["data"]) == []


@given(certificates())
def test_every_line_of_any_certificate_is_valid_by_the_published_schema(certificate: Certificate) -> None:
    for line in certificate.lines:
        made = footprint(certificate, line)
        assert faults(PRODUCT_FOOTPRINT, made) == []
        assert figures(made["pcf"]) == []  # decimals are strings, all of them


@given(certificates())
def test_the_figure_is_the_certificates_cfp_and_the_avoided_co2_is_in_none(certificate: Certificate) -> None:
    for line in certificate.lines:
        other = replace(line, avoided_co2=replace(line.avoided_co2, claimed_g=1, by_unit_g=2, by_mass_g=3))
        one, two = footprint(certificate, line), footprint(certificate, other)
        assert one["pcf"] == two["pcf"]
        said = {one["pcf"][name] for name in ("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake")}
        assert said | {one["pcf"]["fossilGhgEmissions"]} == {line.cfp.kg_co2e_per_kg}
        assert two["extensions"][0]["data"]["avoidedCo2"]["claimedKg"] == "0.001"


@given(certificates())
def test_periods_are_as_the_specification_bounds_them(certificate: Certificate) -> None:
    for line in certificate.lines:
        reference, validity = reference_period(certificate, line), validity_period(certificate, line)
        latest = years_on((reference.end + timedelta(hours=9)).date(), 3)
        assert reference.start < reference.end <= validity.start <= validity.end
        assert (validity.end + timedelta(hours=9)).date() <= latest


def test_days_are_japans_and_end_at_the_midnight_after_them() -> None:
    certificate = SAMPLES["truck_body"]()
    line = replace(certificate.lines[0], made_on=date(2026, 11, 6))
    issued = replace(certificate, issued_on=date(2026, 11, 20), valid_until=date(2029, 11, 19))
    made = footprint(issued, line)
    first = min(step.ended_on for step in certificate.steps)
    assert made["pcf"]["referencePeriodStart"] == f"{first - timedelta(days=1)}T15:00:00Z"
    assert made["pcf"]["referencePeriodEnd"] == "2026-11-06T15:00:00Z"
    assert made["validityPeriodStart"] == "2026-11-19T15:00:00Z"
    assert made["validityPeriodEnd"] == "2029-11-06T15:00:00Z"  # three years after the reference period, not later


def test_metal_certified_years_later_has_a_footprint_that_is_over() -> None:
    certificate = SAMPLES["truck_body"]()
    line = replace(certificate.lines[0], made_on=date(2024, 2, 28))
    validity = validity_period(replace(certificate, issued_on=date(2028, 1, 1), steps=()), line)
    assert (validity.start.year, validity.end.year) == (2024, 2027)


def test_measured_energy_has_one_way_in() -> None:
    certificate = SAMPLES["truck_body"]()
    assert footprint(certificate, certificate.lines[0])["pcf"]["primaryDataShare"] == "0"
    share = footprint(certificate, certificate.lines[0], primary_data_share="41.7")["pcf"]["primaryDataShare"]
    assert share == "41.7"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.sampled_from(sorted(SAMPLES)))
def test_any_code_of_an_item_makes_a_urn(code: str, name: str) -> None:
    certificate = SAMPLES[name]()
    made = footprint(certificate, replace(certificate.lines[0], item=code))
    assert faults(PRODUCT_FOOTPRINT, made) == []
    assert made["productIds"][0].isascii()
    assert made["productIds"][0].startswith("urn:pact:loop.example.jp:supplier-id:")
