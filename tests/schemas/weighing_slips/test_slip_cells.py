"""One cell at a time: written in any style it comes back exactly, and what is in doubt is refused, never rounded."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.grams import MOST_G, kilograms_text
from app.schemas.weighing_slips import cells
from app.schemas.weighing_slips.names import fold
from app.schemas.weighing_slips.reasons import Reason, Wrong

FULL_WIDTH = {ord(narrow): chr(ord(narrow) + 0xFEE0) for narrow in "0123456789.,-"}


def refusal(read, text: str) -> Reason:
    with pytest.raises(Wrong) as wrong:
        read(text)
    return wrong.value.reason


def separated(plain: str) -> str:
    whole, point, decimals = plain.partition(".")
    return f"{int(whole):,}{point}{decimals}"


STYLES = [
    str,
    separated,
    lambda plain: plain.translate(FULL_WIDTH),
    lambda plain: separated(plain).translate(FULL_WIDTH),
    lambda plain: plain if "." in plain else plain + ".000",
]


@given(grams=st.integers(0, MOST_G), style=st.sampled_from(STYLES))
def test_any_mass_written_in_any_style_comes_back_to_the_gram(grams, style):
    assert cells.mass_g(style(kilograms_text(grams))) == grams


@given(units=st.integers(1, 1_000_000), style=st.sampled_from(STYLES))
def test_any_number_of_units_written_in_any_style_comes_back(units, style):
    assert cells.units(style(str(units))) == units


MEANT = re.compile(r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")


@given(st.text(st.sampled_from("0123456789,.-+ eE１，．　²①٣=x"), max_size=12))
def test_what_is_not_a_well_formed_number_is_refused_and_what_is_is_read_exactly(text):
    narrow = text.translate({ord(wide): chr(ord(wide) - 0xFEE0) for wide in "１，．"})
    try:
        grams = cells.mass_g(text)
    except Wrong:
        plain = narrow.replace(",", "")
        decimals = plain.partition(".")[2]
        assert not MEANT.fullmatch(narrow) or len(decimals) > 3 or plain.startswith("-")
    else:
        assert MEANT.fullmatch(narrow)
        whole, _, decimals = narrow.replace(",", "").partition(".")
        assert grams == int(whole + decimals.ljust(3, "0"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 2 3 4 0", Reason.NOT_A_NUMBER),
        ("１　２", Reason.NOT_A_NUMBER),
        ("=1+1", Reason.NOT_A_NUMBER),
        ("1,2345", Reason.NOT_A_NUMBER),
        ("12,34", Reason.NOT_A_NUMBER),
        ("0,123", Reason.NOT_A_NUMBER),
        (",123", Reason.NOT_A_NUMBER),
        ("1,234,5", Reason.NOT_A_NUMBER),
        ("1e3", Reason.NOT_A_NUMBER),
        ("+5", Reason.NOT_A_NUMBER),
        ("5.", Reason.NOT_A_NUMBER),
        (".5", Reason.NOT_A_NUMBER),
        ("12150kg", Reason.NOT_A_NUMBER),
        ("10²", Reason.NOT_A_NUMBER),
        ("①２", Reason.NOT_A_NUMBER),
        ("٣", Reason.NOT_A_NUMBER),
        ("NaN", Reason.NOT_A_NUMBER),
        ("0.1234", Reason.TOO_FINE),
        ("1.0000", Reason.TOO_FINE),
        ("-20", Reason.NEGATIVE),
        ("▲20", Reason.NEGATIVE),
        ("−１，０００", Reason.NEGATIVE),
        ("1000000000.001", Reason.TOO_LARGE),
        ("9" * 60, Reason.TOO_LARGE),
    ],
)
def test_a_mass_in_doubt_is_refused(text, reason):
    assert refusal(cells.mass_g, text) is reason


def test_nothing_may_be_deducted_but_something_must_be_weighed():
    assert cells.mass_g("0") == 0
    assert refusal(cells.positive_mass_g, "0.000") is Reason.ZERO


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2.5", Reason.NOT_WHOLE),
        ("０", Reason.ZERO),
        ("0.0", Reason.ZERO),
        ("-1", Reason.NEGATIVE),
        ("-0.5", Reason.NEGATIVE),
        ("1000001", Reason.TOO_LARGE),
        ("9" * 60, Reason.TOO_LARGE),
        ("two", Reason.NOT_A_NUMBER),
        ("1 0", Reason.NOT_A_NUMBER),
        ("1,00", Reason.NOT_A_NUMBER),
    ],
)
def test_half_a_truck_and_other_odd_counts_are_refused(text, reason):
    assert refusal(cells.units, text) is reason


def test_slip_numbers_are_folded_to_one_form():
    assert cells.slip_number("w10-0012　".strip()) == "W10-0012"
    assert cells.slip_number("Ｗ１０－００１２") == "W10-0012"
    assert cells.slip_number("W" * 40) == "W" * 40
    assert refusal(cells.slip_number, "W" * 41) is Reason.TOO_LONG
    for odd in ("-1", "計-1", "W 1", "W/1", "=1", "W\n", "W\u200b1"):
        if odd.strip() == odd:
            assert refusal(cells.slip_number, odd) is Reason.NOT_A_SLIP_NUMBER


def test_vehicles_and_bays_are_plain_text():
    assert cells.plain_text(40, "ﾄﾗｯｸ 富士100か１２３４") == "トラック 富士100か1234"
    assert refusal(lambda text: cells.plain_text(40, text), "あ" * 41) is Reason.TOO_LONG
    for formula in ("=A1", "＝1+1", "#N/A", "#REF!"):
        assert refusal(lambda text: cells.plain_text(40, text), formula) is Reason.FORMULA
    for odd in ("富士\n744", "a\u202eb", "a\x07b", "a\u200bb", "\ue000", "\ud800"):
        assert refusal(lambda text: cells.plain_text(40, text), odd) is Reason.UNPRINTABLE


def test_names_are_found_by_code_and_name_however_they_are_typed():
    names = {fold(name): "truck-body" for name in ("truck-body", "トラックボデー", "Truck body")}
    for typed in ("ﾄﾗｯｸﾎﾞﾃﾞｰ", "トラックボデー", "TRUCK-BODY", "ｔｒｕｃｋ－ｂｏｄｙ", "truck　 Body"):
        assert cells.code(names, typed) == "truck-body"
    assert refusal(lambda text: cells.code(names, text), "バス車体") is Reason.UNKNOWN


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
