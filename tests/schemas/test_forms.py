"""Forms as schemas read them: folded digits, rows that move up, names of nowhere, and never anything but a refusal."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.operations.problems import Invalid
from app.schemas.certificates import CertificateSchema
from app.schemas.forms import filled, load, plain_number
from app.schemas.lots import MetalLotSchema, ScrapLotSchema
from app.schemas.transformations import TransformationSchema

SLIP = {
    "slip_number": "ｗ10-0001",
    "customer": "TRUCK-M",
    "item": "truck-body",
    "units": "３",
    "scrap_class": "post_consumer",
    "gross_kg": "１０，４５０",
    "tare_kg": "8,000",
    "deduction_kg": "50",
    "alloy": "mixed",
    "site": "MC",
    "weighed_at": "2026-10-01T15:55",
}


def test_a_slip_typed_on_a_phone_is_the_slip() -> None:
    slip = load(ScrapLotSchema(), SLIP)
    assert (slip.slip_number, slip.units, slip.net_g) == ("W10-0001", 3, 2_400_000)
    assert slip.weighed_at.isoformat() == "2026-10-01T15:55:00+09:00"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("１２，３４５．５", "12345.5"),
        ("12,345", "12345"),
        ("1,2345", "1,2345"),
        ("12 345", "12 345"),
        ("12,345,678.125", "12345678.125"),
        (" 5 ", "5"),
        ("1.234,5", "1.234,5"),
    ],
)
def test_numbers_are_folded_where_it_is_certain_what_they_mean(typed: str, plain: str) -> None:
    assert plain_number(typed) == plain


@pytest.mark.parametrize("wrong", ["12 345", "1,2345", "-5", "1e3", "5kg", "1.2345", "NaN", "∞"])
def test_what_is_no_number_is_told_at_its_field(wrong: str) -> None:
    with pytest.raises(Invalid) as told:
        load(ScrapLotSchema(), SLIP | {"gross_kg": wrong})
    assert [problem.field for problem in told.value.problems] == [("gross_kg",)]


def test_empty_rows_are_left_out_and_the_others_move_up() -> None:
    typed = [("inputs.0.lot", ""), ("inputs.2.lot", "A"), ("inputs.2.kg", "5"), ("inputs.7.lot", "B"), ("site", " MC ")]
    assert filled(typed) == {"inputs.0.lot": "A", "inputs.0.kg": "5", "inputs.1.lot": "B", "site": "MC"}


def test_a_whole_step_is_read_from_a_form() -> None:
    words = {
        "kind": "remelt",
        "site": "MC",
        "ended_at": "2026-10-02T14:30",
        "inputs.0.lot": "a",
        "inputs.0.kg": "2,400",
        "outputs.0.kind": "billet",
        "outputs.0.kg": "2300",
        "outputs.0.alloy": "A6N01",
        "outputs.0.pieces": "６",
    }
    step = load(TransformationSchema(), words)
    assert (step.inputs[0].lot, step.inputs[0].amount.mass_g) == ("A", 2_400_000)
    assert (step.outputs[0].mass_g, step.outputs[0].pieces) == (2_300_000, 6)


def test_nested_fields_and_plain_lists_are_read() -> None:
    metal = {"kind": "primary", "kg": "5", "alloy": "Al99.7", "site": "MC", "received_at": "2026-10-02T14:30"}
    own = {"kg_per_kg": "4.2", "document": "EPD", "issuer": "Smelter", "valid_until": "2027-01-01"}
    read = load(MetalLotSchema(), metal | {f"footprint.{name}": text for name, text in own.items()})
    assert read.footprint.kg_per_kg == "4.2"
    wanted = load(CertificateSchema(), {"customer": "TRUCK-M", "deliveries.0": "d-1-1", "deliveries.1": "D-1-2"})
    assert wanted.deliveries == ("D-1-1", "D-1-2")


NAMES = st.lists(st.sampled_from(["inputs", "outputs", "0", "1", "99999", "lot", "kg", "", "footprint"]), max_size=5)


@given(st.dictionaries(NAMES.map(".".join), st.text(max_size=8), max_size=12))
def test_whatever_names_are_sent_nothing_but_a_refusal_comes_of_it(words: dict[str, str]) -> None:
    for schema in (TransformationSchema(), MetalLotSchema(), CertificateSchema(), ScrapLotSchema()):
        with suppress(Invalid):
            load(schema, filled(words.items()))
