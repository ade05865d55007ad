"""CSV to rows, numbered by the physical line each starts on."""

import csv
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

from app.schemas.weighing_slips.reasons import FileReason, NotATable

# UTF-8 first: Japanese written in CP932 is never valid UTF-8, while the reverse often decodes, to nonsense.
_ENCODINGS = ("utf-8-sig", "cp932")


def csv_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line they start on, counted from 1 and through quoted line breaks.

    Raises NotATable for bytes in neither encoding, and, while the rows come, for a quote that is never closed.
    """
    return _rows(TextIOWrapper(BytesIO(data), _encoding(data), newline=""))


def _encoding(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise NotATable(FileReason.UNKNOWN_ENCODING)


def _rows(text: TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    # Strict, because a stray quote would otherwise swallow the slips after it without a word.
    reader = csv.reader(text, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise NotATable(FileReason.BROKEN_QUOTES, row=line) from error
        yield line, cells
