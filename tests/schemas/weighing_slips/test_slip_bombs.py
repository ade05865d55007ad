"""Archives dressed as .xlsx: each is refused before anything is parsed, in little time and memory."""

import struct
import tracemalloc
from functools import cache
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile
from zlib import crc32

import pytest

from app.schemas.weighing_slips import limits
from app.schemas.weighing_slips.reasons import FileReason, NotATable
from tests.schemas.weighing_slips.files import HEADER, as_xlsx, read, rezipped, slip

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
GOOD = as_xlsx([HEADER, slip()])


def refusal(data: bytes) -> FileReason:
    with pytest.raises(NotATable) as refused:
        read(data)
    return refused.value.reason


def with_zeros(name: str, megabytes: int, data: bytes = GOOD) -> bytes:
    written = BytesIO(data)
    with ZipFile(written, "a", ZIP_DEFLATED, compresslevel=1) as archive, archive.open(name, "w") as part:
        for _ in range(megabytes):
            part.write(bytes(2**20))
    return written.getvalue()


@cache
def gigabyte() -> bytes:
    return with_zeros("xl/worksheets/zeros.xml", 1024)


def lying(data: bytes, name: str, declared: bytes) -> bytes:
    """The same archive with a part declared as less than it is, in both its headers, checksum and all."""
    with ZipFile(BytesIO(data)) as archive:
        local = archive.getinfo(name).header_offset
    central = data.rindex(name.encode()) - 46
    lie = bytearray(data)
    for checksum, size in ((local + 14, local + 22), (central + 16, central + 24)):
        struct.pack_into("<I", lie, checksum, crc32(declared))
        struct.pack_into("<I", lie, size, len(declared))
    with ZipFile(BytesIO(lie)) as archive:
        assert archive.read(name) == declared  # zipfile believes it
    return bytes(lie)


def sheet(rows: str) -> str:
    return f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'


def test_the_workbook_these_are_made_from_is_good():
    assert len(read(rezipped(GOOD)).slips) == 1


def test_a_gigabyte_of_zeros_is_refused_in_little_memory():
    bomb = gigabyte()
    assert len(bomb) < limits.MOST_BYTES
    tracemalloc.start()
    assert refusal(bomb) is FileReason.ZIP_BOMB
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 2**20


def test_a_gigabyte_declared_as_little_is_refused_too():
    assert refusal(lying(gigabyte(), "xl/worksheets/zeros.xml", bytes(1000))) is FileReason.ZIP_BOMB


def test_a_part_that_lies_about_its_size_within_the_limits_is_refused():
    with ZipFile(BytesIO(GOOD)) as archive:
        beginning = archive.read(SHEET)[:700]
    assert refusal(lying(GOOD, SHEET, beginning)) is FileReason.DAMAGED


def test_many_parts_of_harmless_size_are_a_bomb_together():
    bomb = GOOD
    for number in range(3):
        bomb = with_zeros(f"xl/worksheets/zeros{number}.xml", 40, bomb)
    assert refusal(bomb) is FileReason.ZIP_BOMB


def test_a_long_list_of_styles_is_refused_since_it_would_become_a_tree():
    assert refusal(with_zeros("xl/extra.xml", 5)) is FileReason.ZIP_BOMB


def test_the_workbook_part_cannot_hide_among_the_sheets():
    moved = {"xl/worksheets/book.xml": b"<a/>"}
    with ZipFile(BytesIO(GOOD)) as archive:
        types = archive.read("[Content_Types].xml").replace(b"/xl/workbook.xml", b"/xl/worksheets/book.xml")
    assert refusal(rezipped(GOOD, **{"[Content_Types].xml": types}, **moved)) is FileReason.DAMAGED


def test_too_many_parts_are_refused():
    assert refusal(rezipped(GOOD, **{f"xl/{number}": b"" for number in range(1001)})) is FileReason.ZIP_BOMB


def test_a_zip_in_a_zip_is_not_unpacked_and_not_a_workbook():
    nested = BytesIO()
    with ZipFile(nested, "w", ZIP_DEFLATED) as archive:
        archive.writestr("inner.xlsx", with_zeros("xl/media/image1.png", 64))
    assert refusal(nested.getvalue()) is FileReason.NOT_A_SPREADSHEET
    assert len(read(rezipped(GOOD, **{"xl/embeddings/inner.zip": with_zeros("zeros", 64)})).slips) == 1


def test_other_compressions_are_refused():
    written = BytesIO()
    with ZipFile(BytesIO(GOOD)) as old, ZipFile(written, "w", ZIP_BZIP2) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert refusal(written.getvalue()) is FileReason.DAMAGED


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused_in_every_part(part: str):
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    data = rezipped(shared(GOOD), **{part: (doctype + sheet(text)).encode()})
    assert refusal(data) is FileReason.DAMAGED


def shared(data: bytes) -> bytes:
    """The workbook with a table of shared texts, where it has none."""
    with ZipFile(BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    if kind.encode() not in types:
        types = types.replace(b"</Types>", override.encode())
    table = f'<sst xmlns="{NAMESPACE}"><si><t>MC</t></si></sst>'.encode()
    return rezipped(data, **{"[Content_Types].xml": types, "xl/sharedStrings.xml": table})


def test_a_table_of_too_many_shared_texts_is_refused():
    table = f'<sst xmlns="{NAMESPACE}">{"<si/>" * (limits.MOST_SHARED_TEXTS + 1)}</sst>'
    assert refusal(rezipped(shared(GOOD), **{"xl/sharedStrings.xml": table.encode()})) is FileReason.ZIP_BOMB


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"/>', FileReason.TOO_MANY_ROWS),
        ('<row r="1"><c r="ZZ1"><v>1</v></c></row>', FileReason.TOO_MANY_COLUMNS),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', FileReason.DAMAGED),
        ('<row r="x"><c r="A1"><v>1</v></c></row>', FileReason.DAMAGED),
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', FileReason.DAMAGED),
        ('<row r="1"><c r="11"><v>1</v></c></row>', FileReason.DAMAGED),
        ('<row r="1"><c r="A1"><v>1</v>', FileReason.DAMAGED),
        ("<row/>" * 10, FileReason.EMPTY),
    ],
)
def test_a_crafted_sheet_is_refused(rows: str, reason: FileReason):
    assert refusal(rezipped(GOOD, **{SHEET: sheet(rows).encode()})) is reason


def test_two_rows_of_one_number_do_not_hide_a_slip_written_twice():
    with ZipFile(BytesIO(as_xlsx([HEADER, slip(), slip()]))) as archive:
        twice = archive.read(SHEET).replace(b'<row r="3"', b'<row r="2"')
    assert [fault.reason.value for fault in read(rezipped(GOOD, **{SHEET: twice})).faults] == ["duplicate"]


def test_a_row_that_does_not_end_costs_no_memory():
    rows = '<row r="1">' + "<c/>" * 500_000 + "</row>"
    data = rezipped(GOOD, **{SHEET: sheet(rows).encode()})
    tracemalloc.start()
    assert refusal(data) is FileReason.EMPTY
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 2**20
