"""What is a table and what is not, by content; and the cells of a workbook as text."""

from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.schemas.weighing_slips import limits
from app.schemas.weighing_slips.reasons import FileReason, NotATable
from app.schemas.weighing_slips.table import read_table
from tests.schemas.weighing_slips.files import (
    HEADER,
    OCTOBER,
    as_csv,
    as_xlsx,
    read,
    rezipped,
    saved,
    slip,
    slips_csv,
)

GOOD = as_xlsx([HEADER, slip()])


def refusal(data: bytes) -> NotATable:
    with pytest.raises(NotATable) as refused:
        read(data)
    return refused.value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", FileReason.EMPTY),
        (b"\xef\xbb\xbf\r\n\r\n", FileReason.EMPTY),
        (" , ,　\n".encode(), FileReason.EMPTY),
        (b"%PDF-1.7\n%", FileReason.NOT_A_SPREADSHEET),
        (b"\x89PNG\r\n\x1a\n", FileReason.NOT_A_SPREADSHEET),
        (b"\xff\xd8\xff\xe0", FileReason.NOT_A_SPREADSHEET),
        (b"\n <html><table>", FileReason.NOT_A_SPREADSHEET),
        (b'\xef\xbb\xbf<?xml version="1.0"?>', FileReason.NOT_A_SPREADSHEET),
        (b'{"slips": []}', FileReason.NOT_A_SPREADSHEET),
        (slips_csv(slip()) + b"\0", FileReason.NOT_A_SPREADSHEET),
        (slips_csv(slip(), encoding="utf-16"), FileReason.UNKNOWN_ENCODING),
        (slips_csv(slip(), encoding="utf-16-le"), FileReason.NOT_A_SPREADSHEET),
        (slips_csv(slip(), encoding="euc-jp") + b"\xff\xff,\x81\n", FileReason.UNKNOWN_ENCODING),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), FileReason.OLD_EXCEL),
        (b"PK\x03\x04 and nothing more", FileReason.DAMAGED),
        (GOOD[: len(GOOD) // 2], FileReason.DAMAGED),
        (b"\t".join(name.encode() for name in HEADER), FileReason.NO_HEADER),
        (b"," * limits.MOST_BYTES + b",", FileReason.TOO_LARGE),
        (b"a" + b"," * 64 + b"b\n", FileReason.TOO_MANY_COLUMNS),
        (b"a" * 200_000, FileReason.BROKEN_QUOTES),
    ],
)
def test_what_is_no_table_of_slips_is_told_by_its_content(data: bytes, reason: FileReason):
    assert refusal(data).reason is reason


def test_a_quote_that_is_never_closed_is_named_by_its_row_and_swallows_nothing():
    data = slips_csv(slip(), slip(SLIP_NUMBER="W2")) + b'W3,"2026\n' + slips_csv(slip(SLIP_NUMBER="W4"))
    refused = refusal(data)
    assert (refused.reason, refused.values["row"]) == (FileReason.BROKEN_QUOTES, 4)


def test_too_many_rows_are_refused_and_blank_ones_do_not_count():
    line = b"a\n"
    table = read_table(line * (limits.MOST_ROWS + 1) + b",\n" * 10)
    assert sum(1 for _ in table.rows) == limits.MOST_ROWS
    with pytest.raises(NotATable, match="too many rows"):
        list(read_table(line * (limits.MOST_ROWS + 2)).rows)


@given(
    st.binary()
    | st.builds(lambda head, rest: head + rest, st.sampled_from([b"PK\x03\x04", OCTOBER[:300]]), st.binary())
)
@example(b'"')
@example(b"\r")
def test_garbage_is_refused_and_nothing_else(data: bytes):
    with suppress(NotATable):
        read(data)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_workbook_with_any_byte_changed_is_read_or_refused(place: int, byte: int):
    with suppress(NotATable):
        read(GOOD[:place] + bytes([byte]) + GOOD[place + 1 :])


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(HEADER))
def test_any_text_in_any_cell_is_read_or_named(text: str, column: str):
    row = slip()
    row[HEADER.index(column)] = text
    if "\0" in text:
        assert refusal(slips_csv(row)).reason is FileReason.NOT_A_SPREADSHEET
        return
    file = read(slips_csv(row))
    assert {fault.row for fault in file.faults} <= {2}
    assert {fault.column for fault in file.faults} <= {column, "総重量(kg)", "正味(kg)", "スクラップ区分"}


def in_sheet(value: object, number_format: str | None = None, column: str = "総重量(kg)") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    row: list[object] = list(slip(NET=""))
    row[HEADER.index(column)] = value
    sheet.append(HEADER)
    sheet.append(row)
    if number_format:
        sheet.cell(2, HEADER.index(column) + 1).number_format = number_format
    return saved(book)


@pytest.mark.parametrize(
    ("value", "grams"), [(14370, 14_370_000), (14370.0, 14_370_000), (14370.5, 14_370_500), (12150.125, 12_150_125)]
)
def test_numbers_of_a_sheet_are_taken_exactly(value: float, grams: int):
    assert read(in_sheet(value)).slips[0].command.gross_g == grams


def test_the_seventeen_digits_excel_writes_are_the_number_it_shows():
    data = in_sheet(14370.55)
    with ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b"14370.55", b"14370.549999999999")
    assert read(rezipped(data, **{"xl/worksheets/sheet1.xml": sheet})).slips[0].command.gross_g == 14_370_550
    fault = read(rezipped(data, **{"xl/worksheets/sheet1.xml": sheet.replace(b"549999999999", b"55000001")})).faults[0]
    assert (fault.reason.value, fault.values["written"]) == ("more than three decimals", "14370.55000001")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (14370.0001, "more than three decimals"),
        (1e30, "absurdly large"),
        (1e300, "too long"),
        (-5, "negative"),
        (True, "not a number"),
        ("=1+1", "not a number"),
        ("=14370", "not a number"),
        ("#REF!", "not a number"),
        (datetime(2026, 10, 1), "not a number"),  # noqa: DTZ001
    ],
)
def test_a_cell_that_is_no_weight_is_refused(value: object, reason: str):
    faults = read(in_sheet(value)).faults
    assert [(fault.row, fault.column, fault.reason.value) for fault in faults] == [(2, "総重量(kg)", reason)]


def test_a_formula_is_not_trusted_though_excel_left_its_result_beside_it():
    data = in_sheet("=20000-5630")
    with ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<v></v>" in sheet or b"<v />" in sheet or b"<v/>" in sheet
    for empty in (b"<v></v>", b"<v />", b"<v/>"):
        sheet = sheet.replace(empty, b"<v>14370</v>")
    fault = read(rezipped(data, **{"xl/worksheets/sheet1.xml": sheet})).faults[0]
    assert (fault.reason.value, fault.values["written"]) == ("not a number", "=20000-5630")


@pytest.mark.parametrize("number_format", ["yyyy/m/d h:mm", 'ggge"年"m"月"d"日"', "[$-411]ge.m.d", "mm-dd-yy"])
@pytest.mark.parametrize("value", [datetime(2026, 10, 1, 9, 5), date(2026, 10, 1)])  # noqa: DTZ001
def test_times_of_a_sheet_are_read_as_such(value: date, number_format: str):
    at = read(in_sheet(value, number_format, "計量日時")).slips[0].command.weighed_at
    assert (at.date(), at.hour) == (date(2026, 10, 1), getattr(value, "hour", 0))


def test_the_date_formats_built_into_japanese_excel_are_dates():
    data = in_sheet(46296.378472222222, "0.0", "計量日時")
    with ZipFile(BytesIO(data)) as archive:
        styles = archive.read("xl/styles.xml")
    assert b'<xf numFmtId="164"' in styles
    built_in = rezipped(data, **{"xl/styles.xml": styles.replace(b'<xf numFmtId="164"', b'<xf numFmtId="31"')})
    assert read(built_in).slips[0].command.weighed_at.isoformat() == "2026-10-01T09:05:00+09:00"
    assert read(data).faults[0].reason.value == "not a date"


@pytest.mark.parametrize("value", [time(9, 5), 1e15, -1])
def test_what_excel_calls_a_time_without_a_day_is_not_a_date(value: object):
    assert read(in_sheet(value, "yyyy/m/d", "計量日時")).faults[0].reason.value in ("not a date", "no such day")


def test_readings_in_kana_beside_a_text_are_left_out():
    data = in_sheet("MC", column="拠点")
    with ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        names = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    part = next(name for name, text in names.items() if "<t>MC</t>" in text)
    kana = "<r><t>M</t></r><r><t>C</t></r><rPh sb='0' eb='2'><t>エムシー</t></rPh>"
    assert sheet
    assert read(rezipped(data, **{part: names[part].replace("<t>MC</t>", kana).encode()})).faults == ()


def test_rows_out_of_order_and_prefixed_names_are_read_all_the_same():
    data = as_xlsx([HEADER, slip(), slip(SLIP_NUMBER="W2")])
    with ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    start, second, third = (sheet.index(f'<row r="{number}"') for number in (1, 2, 3))
    end = sheet.index("</sheetData>")
    swapped = sheet[:start] + sheet[start:second] + sheet[third:end] + sheet[second:third] + sheet[end:]
    file = read(rezipped(data, **{"xl/worksheets/sheet1.xml": swapped.encode()}))
    assert sorted(slip.row for slip in file.slips) == [2, 3]


def test_the_one_sheet_with_contents_is_read_and_hidden_ones_are_not():
    assert len(read(as_xlsx([[None]], 計量=[HEADER, slip()], 空=[])).slips) == 1
    several = refusal(as_xlsx([HEADER, slip()], 一覧=[["MC"]]))
    assert (several.reason, several.values["sheets"]) == (FileReason.SEVERAL_SHEETS, ("計量票", "一覧"))
    book = Workbook()
    book.worksheets[0].append(["MC"])
    book.worksheets[0].sheet_state = "hidden"
    visible = book.create_sheet("計量票")
    book.active = 1
    for row in (HEADER, slip()):
        visible.append(row)
    assert len(read(saved(book)).slips) == 1


def test_a_workbook_without_contents_is_empty():
    assert refusal(as_xlsx([])).reason is FileReason.EMPTY


def test_cp932_keeps_the_letters_only_windows_has():
    assert read(slips_csv(slip(VEHICLE="髙橋①号"), encoding="cp932")).slips[0].command.vehicle == "髙橋1号"


def test_a_hundred_columns_of_blanks_are_no_columns():
    assert read(as_csv([[*HEADER, *[""] * 100], [*slip(), *[""] * 100]])).faults == ()
