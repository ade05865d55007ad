"""A list of certificates as a file: read whole in any of its forms, or every fault told by row and column."""

from datetime import date

import pytest

from app.schemas import certificate_batches
from app.schemas.certificate_batches import MOST_BYTES, read_batch
from app.schemas.weighing_slips.reasons import FileReason, NotATable
from app.wording.batch_faults import batch_file_sentence
from app.wording.problems import field_sentence

ROWS_AT_MOST = 20
HEADER = "customer,deliveries,valid_until,quote"


def faults(*rows: str, header: str = HEADER) -> list[tuple[int, str, str]]:
    """Row, column and English sentence of each fault."""
    read = read_batch("\n".join((header, *rows)).encode())
    return [(p.row, p.column, field_sentence("en", p.reason, p.values)) for p in read.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_list_is_read_in_any_encoding_and_any_order_of_columns(encoding: str, line_end: str) -> None:
    text = line_end.join(
        (
            "Quote,deliveries,CUSTOMER,valid_until",
            "見積1, d-1  Ｄ-2 ,TRUCK-M,2029-10-01",
            ",,,",
            ",D-3,X,2029/1/9",
            ",D-4,X,",
        )
    )
    first, second, third = read_batch(text.encode(encoding)).rows
    assert (first.row, first.wanted.customer, first.wanted.deliveries) == (2, "TRUCK-M", ("D-1", "D-2"))
    assert (first.wanted.quote, first.wanted.valid_until) == ("見積1", date(2029, 10, 1))
    assert (second.row, second.wanted.quote, second.wanted.valid_until) == (4, None, date(2029, 1, 9))
    assert (third.row, third.wanted.quote, third.wanted.valid_until) == (5, None, None)


def test_every_fault_is_told_by_row_and_column() -> None:
    assert faults(
        "TRUCK-M,D-1,,",
        ",,31.12.2029," + "q" * 61,
        "TRUCK-M,D-2 d*3,2029-10-01,",
        "TRUCK-M,D-4 D-4 D-1,,",
        "TRUCK-M,D-5,,Q,extra",
    ) == [
        (3, "customer", "This is missing."),
        (3, "deliveries", "This is missing."),
        (3, "valid_until", "Give a day such as 2029-10-01."),
        (3, "quote", "This is too long."),
        (4, "deliveries", "Use letters A to Z, digits, dot, hyphen and underscore, at most 40."),
        (5, "deliveries", "Delivery D-4 is named in row 5 already."),
        (5, "deliveries", "Delivery D-1 is named in row 2 already."),
        (6, "E", "“extra” stands below no column name."),
    ]


def test_a_row_that_is_wrong_still_says_what_it_names() -> None:
    read = read_batch(f"{HEADER}\nTRUCK-M,D-1 D-2,never,\n".encode())
    assert [(each.customer, each.deliveries) for each in read.named] == [("TRUCK-M", ("D-1", "D-2"))]
    assert read.rows == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", FileReason.EMPTY),
        (b"\n , \n", FileReason.EMPTY),
        (HEADER.encode(), FileReason.NO_SLIPS),
        (b"a,b\n1,2\n", FileReason.NO_HEADER),
        (b"customer,deliveries,quote\nX,D-1,\n", FileReason.HEADER_MISSING),
        (b"customer,customer,deliveries,valid_until,quote\nX,X,D-1,,\n", FileReason.HEADER_TWICE),
        (b"customer,deliveries,valid_until,quote,price\nX,D-1,,,9\n", FileReason.UNKNOWN_COLUMN),
        (b"PK\x03\x04" + bytes(60), FileReason.NOT_A_SPREADSHEET),
        (HEADER.encode("utf-16"), FileReason.NOT_A_SPREADSHEET),
        (HEADER.encode() + b"\nX,D-1,,\x81\n\xff", FileReason.UNKNOWN_ENCODING),
        (HEADER.encode() + b'\nX,"D-1,,\n', FileReason.BROKEN_QUOTES),
        (HEADER.encode() + b"\n" + b"X,D-1,,\n" * (ROWS_AT_MOST + 1), FileReason.TOO_MANY_ROWS),
        (b"x" * (MOST_BYTES + 1), FileReason.TOO_LARGE),
    ],
)
@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    data: bytes, reason: FileReason, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate_batches, "MOST_ROWS", ROWS_AT_MOST)
    with pytest.raises(NotATable) as caught:
        read_batch(data)
    assert caught.value.reason is reason
    sentence = batch_file_sentence(locale, reason.value, caught.value.values)
    assert "{" not in sentence
    assert sentence.isascii() == (locale == "en")
