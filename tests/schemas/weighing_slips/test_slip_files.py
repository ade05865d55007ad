"""Whole files: the October export, the same with faults, and the same written in other ways."""

import csv
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from app.carbon.factors import JAPAN
from app.schemas.weighing_slips.cells import mass_g
from app.schemas.weighing_slips.dates import weighed_at
from app.schemas.weighing_slips.header import Column
from app.schemas.weighing_slips.reasons import FileReason, NotATable, Wrong
from tests.schemas.weighing_slips.files import (
    BAD,
    DATA,
    HEADER,
    OCTOBER,
    as_csv,
    as_xlsx,
    cells_of,
    read,
    slip,
    slips_csv,
)

SHARED = Path(__file__).parents[4] / "shared" / "data"
ROWS = cells_of(OCTOBER)


def test_october_is_forty_slips_and_137_030_kilograms():
    file = read(OCTOBER)
    assert file.faults == ()
    assert len(file.slips) == 40
    assert sum(slip.command.net_g for slip in file.slips) == 137_030_000


def test_a_slip_becomes_the_command_that_registers_it():
    first = read(OCTOBER).slips[0]
    command = first.command
    assert first.row == 2
    assert (command.number, command.slip_number, command.customer) == (None, "W10-0001", "TRUCK-M")
    assert (command.item, command.units, command.scrap_class) == ("truck-body", 2, "post_consumer")
    assert (command.gross_g, command.tare_g, command.deduction_g) == (12_150_000, 10_080_000, 0)
    assert (command.alloy, command.site, command.bay, command.vehicle) == ("A6N01", "MC", "B-1", "富士744か4050")
    assert command.weighed_at == datetime(2026, 10, 1, 15, 55, tzinfo=JAPAN)


def test_the_bad_file_has_exactly_the_faults_it_was_made_with():
    with (DATA / "weighing_slips_bad.expected.csv").open(encoding="utf-8-sig", newline="") as expected:
        listed = [(int(line["row"]), line["column"], line["reason"]) for line in csv.DictReader(expected)]
    assert len(listed) == 11
    assert [(fault.row, fault.column, fault.reason.value) for fault in read(BAD).faults] == listed


@pytest.mark.skipif(not SHARED.is_dir(), reason="the agreed data is not beside this checkout")
def test_the_copies_of_the_agreed_files_are_equal_where_those_are_beside_us():
    for copy in DATA.glob("weighing_slips*.csv"):
        assert copy.read_bytes() == (SHARED / copy.name).read_bytes(), copy.name


def shuffled(rows: list[list[str]]) -> list[list[str]]:
    order = random.Random(7).sample(range(14), 14)
    return [[row[place] for place in order] for row in rows]


def rows_shuffled(rows: list[list[str]]) -> list[list[str]]:
    return [rows[0], *random.Random(8).sample(rows[1:], len(rows) - 1)]


def full_width_header(rows: list[list[str]]) -> list[list[str]]:
    return [[cell.translate({ord("("): "（", ord(")"): " ）", ord("・"): "･"}) for cell in rows[0]], *rows[1:]]


def typed(rows: list[list[str]]) -> list[list[object]]:
    """Cells as somebody who typed them into Excel has them: numbers and times where they read as such."""
    return [
        list(rows[0]),
        *[[_typed(column, cell) for column, cell in zip(Column, row, strict=True)] for row in rows[1:]],
    ]


def _typed(column: Column, cell: str) -> object:
    text_columns = {Column.SLIP_NUMBER, Column.VEHICLE, Column.BAY}
    for convert in () if column in text_columns or not cell else (_number, _time):
        try:
            return convert(cell)
        except Wrong:
            continue
    return cell or None


def _number(cell: str) -> float:
    return mass_g(cell) / 1000


def _time(cell: str) -> datetime:
    return weighed_at(cell).replace(tzinfo=None)


WRITINGS: dict[str, Callable[[], bytes]] = {
    "UTF-8": lambda: as_csv(ROWS),
    "UTF-8 with BOM": lambda: as_csv(ROWS, "utf-8-sig"),
    "line feeds only": lambda: as_csv(ROWS).replace(b"\r\n", b"\n"),
    "columns shuffled": lambda: as_csv(shuffled(ROWS)),
    "rows shuffled": lambda: as_csv(rows_shuffled(ROWS), "cp932"),
    "full-width header": lambda: as_csv(full_width_header(ROWS)),
    "xlsx of texts": lambda: as_xlsx(ROWS),
    "xlsx of texts, columns shuffled": lambda: as_xlsx(shuffled(ROWS)),
    "xlsx of numbers and times": lambda: as_xlsx(typed(in_column_order(ROWS))),
}


def in_column_order(rows: list[list[str]]) -> list[list[str]]:
    place = {name: index for index, name in enumerate(rows[0])}
    return [[row[place[name]] for name in HEADER] for row in rows]


@pytest.mark.parametrize("writing", WRITINGS)
def test_the_same_slips_have_the_same_fingerprint_however_they_are_written(writing: str):
    file = read(WRITINGS[writing]())
    assert file.faults == ()
    assert len(file.slips) == 40
    assert file.fingerprint == read(OCTOBER).fingerprint


@pytest.mark.parametrize(
    "changed",
    [
        {"SLIP_NUMBER": "W10-0002"},
        {"WEIGHED_AT": "2026/10/1 9:06"},
        {"CUSTOMER": "TRUCK-K"},
        {"UNITS": "3"},
        {"GROSS": "12150.001", "NET": ""},
        {"TARE": "10080.001", "NET": ""},
        {"DEDUCTION": "0.001", "NET": ""},
        {"ALLOY": "A5083"},
        {"SCRAP_CLASS": "社内"},
        {"ITEM": "新幹線車両"},
        {"SITE": "KB"},
        {"BAY": ""},
        {"VEHICLE": ""},
    ],
)
def test_other_slips_have_another_fingerprint(changed: dict[str, str]):
    other = read(slips_csv(slip(**changed)))
    assert other.faults == ()
    assert other.fingerprint != read(slips_csv(slip())).fingerprint


def test_blank_rows_are_skipped_and_still_counted():
    blank = ["　", *[""] * 13]
    file = read(slips_csv(slip(), blank, [], slip(SLIP_NUMBER="W2", GROSS="x")))
    assert [slip.row for slip in file.slips] == [2]
    assert [fault.row for fault in file.faults] == [5]


def test_rows_are_counted_by_line_through_quoted_line_breaks():
    file = read(slips_csv(slip(VEHICLE="富士\n744"), slip(SLIP_NUMBER="W2", GROSS="x")))
    assert [(fault.row, fault.column) for fault in file.faults] == [(2, "車番・編成"), (4, "総重量(kg)")]


def test_rows_of_a_sheet_are_counted_as_the_sheet_does():
    file = read(as_xlsx([HEADER, [], slip(), [None], slip(SLIP_NUMBER="W2", GROSS="x")]))
    assert [slip.row for slip in file.slips] == [3]
    assert [fault.row for fault in file.faults] == [5]


def test_the_deduction_and_the_net_may_be_blank():
    command = read(slips_csv(slip(DEDUCTION="", NET=""))).slips[0].command
    assert (command.deduction_g, command.net_g) == (0, 2_070_000)


def test_bay_and_vehicle_may_be_blank_or_their_columns_absent():
    blank = read(slips_csv(slip(BAY="　", VEHICLE="")))
    kept = [HEADER.index(column) for column in HEADER if column not in ("置場", "車番・編成", "正味(kg)")]
    absent = read(as_csv([[row[place] for place in kept] for row in (HEADER, slip())]))
    assert (blank.slips[0].command.bay, blank.slips[0].command.vehicle) == (None, None)
    assert absent.fingerprint == blank.fingerprint


def test_the_same_number_at_another_site_is_another_slip():
    assert len(read(slips_csv(slip(), slip(SITE="KB"))).slips) == 2


def test_every_later_one_of_equal_slips_names_the_first():
    file = read(slips_csv(slip(), slip(SLIP_NUMBER="ｗ１０－0001", SITE="溶解工場"), slip()))
    assert [(fault.row, fault.values["first_row"]) for fault in file.faults] == [(3, 2), (4, 2)]


def test_all_faults_of_a_row_are_named_in_the_order_of_its_columns():
    row = slip(SLIP_NUMBER="?", UNITS="0", GROSS="", TARE="x", DEDUCTION="-1", NET="1,2", BAY="=1", SITE="ZZ")
    columns = [fault.column for fault in read(slips_csv(row)).faults]
    assert columns == ["計量票番号", "数量", "総重量(kg)", "風袋(kg)", "異物控除(kg)", "正味(kg)", "拠点", "置場"]
    backwards = as_csv([list(reversed(HEADER)), list(reversed(row))])
    assert [fault.column for fault in read(backwards).faults] == list(reversed(columns))


def test_a_thousands_separator_without_quotes_is_told_by_the_cell_it_pushed_out():
    data = ",".join(HEADER) + "\n" + ",".join(slip(GROSS="12,150")) + "\n"
    assert [(fault.column, fault.reason.value) for fault in read(data.encode()).faults] == [
        ("O", "outside the columns")
    ]


def test_blank_columns_without_a_name_do_no_harm():
    assert read(as_csv([[*HEADER, "", ""], [*slip(), "", "　"]])).faults == ()


def header_refusal(header: list[str]) -> tuple[FileReason, object]:
    with pytest.raises(NotATable) as refused:
        read(as_csv([header, slip()]))
    return refused.value.reason, refused.value.values["columns"]


def test_columns_that_are_missing_twice_or_unknown_are_named():
    assert header_refusal(HEADER[2:]) == (FileReason.HEADER_MISSING, ("計量票番号", "計量日時"))
    assert header_refusal([*HEADER, "拠点"]) == (FileReason.HEADER_TWICE, ("拠点",))
    assert header_refusal([*HEADER, "備考"]) == (FileReason.UNKNOWN_COLUMN, ("備考",))
    assert header_refusal(["こんにちは"]) == (FileReason.NO_HEADER, tuple(HEADER))


def test_a_file_without_its_deductions_is_refused_since_its_metal_would_weigh_more():
    assert header_refusal([name for name in HEADER if name != "異物控除(kg)"])[0] is FileReason.HEADER_MISSING


@pytest.mark.parametrize("data", [slips_csv(), as_xlsx([HEADER])])
def test_a_header_alone_is_no_file_of_slips(data: bytes):
    with pytest.raises(NotATable) as refused:
        read(data)
    assert refused.value.reason is FileReason.NO_SLIPS
