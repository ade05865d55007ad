"""Every fault has its sentence, in Japanese and English, with the value in it."""

import re
from string import Formatter

import pytest

from app.schemas.weighing_slips.reasons import FileReason, NotATable, Reason
from app.wording.catalogue import LOCALES, translations
from app.wording.slip_faults import _CELL_SENTENCES, _FILE_SENTENCES, fault_sentence, file_fault_sentence
from tests.schemas.weighing_slips.files import HEADER, OCTOBER, as_csv, as_xlsx, read, slip, slips_csv
from tests.schemas.weighing_slips.test_slip_bombs import with_zeros

CAUSES: dict[Reason, list[list[str]]] = {
    Reason.MISSING: [slip(ALLOY="　")],
    Reason.DUPLICATE: [slip(), slip()],
    Reason.UNKNOWN: [slip(CUSTOMER="NOBODY")],
    Reason.NOT_ITS_CLASS: [slip(SCRAP_CLASS="工程端材")],
    Reason.NOT_A_SLIP_NUMBER: [slip(SLIP_NUMBER="第1号")],
    Reason.NOT_A_NUMBER: [slip(GROSS="1 2 3 4 0")],
    Reason.NOT_WHOLE: [slip(UNITS="2.5")],
    Reason.TOO_FINE: [slip(DEDUCTION="0.0001")],
    Reason.NEGATIVE: [slip(DEDUCTION="-20")],
    Reason.ZERO: [slip(UNITS="０")],
    Reason.TOO_LARGE: [slip(TARE="1000000001")],
    Reason.NOT_ABOVE_TARE: [slip(GROSS="10080", NET="")],
    Reason.DOES_NOT_ADD_UP: [slip(NET="2071")],
    Reason.NOT_A_DATE: [slip(WEIGHED_AT="昨日")],
    Reason.NO_SUCH_DAY: [slip(WEIGHED_AT="令和8年2月30日 9時0分")],
    Reason.TOO_LONG: [slip(SLIP_NUMBER="W" * 41)],
    Reason.FORMULA: [slip(VEHICLE="=A1")],
    Reason.UNPRINTABLE: [slip(BAY="B\x071")],
    Reason.OUTSIDE_THE_COLUMNS: [[*slip(), "2070"]],
}

FILE_CAUSES: dict[FileReason, bytes] = {
    FileReason.EMPTY: b"",
    FileReason.NO_SLIPS: slips_csv(),
    FileReason.TOO_LARGE: b"a" * (10 * 2**20 + 1),
    FileReason.TOO_MANY_ROWS: slips_csv() + (b"," * 14 + b"a\n") * 200_001,
    FileReason.TOO_MANY_COLUMNS: as_csv([["a"] * 65]),
    FileReason.NOT_A_SPREADSHEET: b"%PDF-1.7",
    FileReason.OLD_EXCEL: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    FileReason.UNKNOWN_ENCODING: b"\xff\xfea\x00",
    FileReason.BROKEN_QUOTES: b'"',
    FileReason.ZIP_BOMB: with_zeros("xl/media/image1.png", 101),
    FileReason.DAMAGED: b"PK\x03\x04",
    FileReason.SEVERAL_SHEETS: as_xlsx([HEADER, slip()], 一覧=[["MC"]]),
    FileReason.NO_HEADER: b"a,b\n",
    FileReason.HEADER_MISSING: as_csv([HEADER[1:], slip()[1:]]),
    FileReason.HEADER_TWICE: as_csv([[*HEADER, "拠点"], slip()]),
    FileReason.UNKNOWN_COLUMN: as_csv([[*HEADER, "備考"], slip()]),
}


def refusal(data: bytes) -> NotATable:
    with pytest.raises(NotATable) as refused:
        read(data)
    return refused.value


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_is_reached_and_said_with_its_value(reason: Reason):
    faults = read(slips_csv(*CAUSES[reason])).faults
    assert [fault.reason for fault in faults] == [reason]
    for locale in LOCALES:
        sentence = fault_sentence(locale, reason.value, faults[0].values)
        assert not re.search(r"[{}]|None", sentence)
        assert str(faults[0].values["written"]) in sentence or reason is Reason.NOT_ABOVE_TARE
    assert fault_sentence("ja", reason.value, faults[0].values).endswith("。")


@pytest.mark.parametrize("reason", FileReason)
def test_each_reason_for_a_whole_file_is_reached_and_said(reason: FileReason):
    refused = refusal(FILE_CAUSES[reason])
    assert refused.reason is reason
    for locale in LOCALES:
        assert not re.search(r"[{}]|None", file_fault_sentence(locale, reason.value, refused.values))
    assert file_fault_sentence("ja", reason.value, refused.values).endswith("。")


SENTENCES = [*_CELL_SENTENCES.values(), *_FILE_SENTENCES.values()]


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_is_in_japanese_with_the_same_values(sentence: str):
    japanese = translations("ja").gettext(sentence)
    assert japanese != sentence
    assert places(japanese) == places(sentence)


def test_there_is_a_sentence_for_every_word_and_no_other():
    assert set(_CELL_SENTENCES) == {reason.value for reason in Reason}
    assert set(_FILE_SENTENCES) == {reason.value for reason in FileReason}


def test_masses_are_said_in_kilograms_and_lists_as_the_language_lists():
    fault = read(slips_csv(slip(NET="2071"))).faults[0]
    assert "2070 kg" in fault_sentence("en", fault.reason.value, fault.values)
    missing = refusal(as_csv([HEADER[2:], slip()[2:]]))
    assert "計量票番号, 計量日時" in file_fault_sentence("en", missing.reason.value, missing.values)
    assert "計量票番号、計量日時" in file_fault_sentence("ja", missing.reason.value, missing.values)


def test_a_value_that_looks_like_a_place_to_fill_is_said_as_written():
    fault = read(slips_csv(slip(CUSTOMER="{first_row}{0}"))).faults[0]
    assert "{first_row}{0}" in fault_sentence("ja", fault.reason.value, fault.values)


def test_october_needs_no_sentence():
    assert read(OCTOBER).faults == ()
