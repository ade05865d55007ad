"""Kilograms to grams and back: exact, or refused with the reason; never rounded."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.grams import (
    MOST_G,
    Fault,
    NotAMass,
    grams_from_kilograms,
    kilograms_text,
    positive_grams_from_kilograms,
)


@given(st.integers(0, MOST_G))
def test_any_grams_come_back_from_their_text(grams: int) -> None:
    text = kilograms_text(grams)
    assert grams_from_kilograms(text) == grams
    assert not (text.endswith("0") and "." in text)


@given(st.text(max_size=12))
def test_any_other_text_is_refused_or_means_exactly_what_it_says(text: str) -> None:
    try:
        grams = grams_from_kilograms(text)
    except NotAMass:
        return
    assert float(text) == pytest.approx(grams / 1000)
    assert text.isascii()


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("1.2345", Fault.TOO_FINE),
        ("-1", Fault.NEGATIVE),
        ("1000000000.001", Fault.TOO_LARGE),
        (10**9 + 1, Fault.TOO_LARGE),
        ("1e3", Fault.NOT_A_NUMBER),
        ("NaN", Fault.NOT_A_NUMBER),
        ("Infinity", Fault.NOT_A_NUMBER),
        ("1,000", Fault.NOT_A_NUMBER),
        ("１２", Fault.NOT_A_NUMBER),
        (" 1", Fault.NOT_A_NUMBER),
        ("", Fault.NOT_A_NUMBER),
        (".5", Fault.NOT_A_NUMBER),
        ("5.", Fault.NOT_A_NUMBER),
        (1.0, Fault.NOT_A_NUMBER),
        (True, Fault.NOT_A_NUMBER),
        (None, Fault.NOT_A_NUMBER),
    ],
)
def test_what_is_no_mass_is_refused_with_its_reason(written: Any, fault: Fault) -> None:
    with pytest.raises(NotAMass) as refused:
        grams_from_kilograms(written)
    assert refused.value.fault is fault


@pytest.mark.parametrize("written", ["0", "0.000", 0])
def test_zero_is_a_mass_but_not_a_positive_one(written: str | int) -> None:
    assert grams_from_kilograms(written) == 0
    with pytest.raises(NotAMass):
        positive_grams_from_kilograms(written)
