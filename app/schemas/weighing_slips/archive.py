"""The zip around an .xlsx, unpacked once to nowhere: what it really holds is known before anything parses it."""

import sys
from copy import copy
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from app.schemas.weighing_slips.limits import BLOCK_BYTES, MOST_PARTS, MOST_TREE_BYTES, MOST_UNPACKED_BYTES
from app.schemas.weighing_slips.reasons import FileReason, NotATable

_CONTENT_TYPES = "[Content_Types].xml"


def require_harmless(data: bytes) -> None:
    """Refuse a zip that is no workbook, holds too much or lies about its sizes.

    Raises NotATable, and whatever ``zipfile`` and ``zlib`` raise on a damaged archive. What is inside a part, such as
    another zip, is never unpacked.
    """
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        if _CONTENT_TYPES not in archive.namelist():
            raise NotATable(FileReason.NOT_A_SPREADSHEET)
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
            raise bomb()
        left = MOST_UNPACKED_BYTES
        for part in parts:
            left -= _unpacked_bytes(archive, part, left if is_streamed(part.filename) else min(left, MOST_TREE_BYTES))


def is_streamed(path: str) -> bool:
    """Whether a part may be long, being read as a stream. Every other part becomes a tree, and must be short."""
    return path.lower().startswith("xl/worksheets/") or path.lower() == "xl/sharedstrings.xml"


def bomb() -> NotATable:
    """The refusal of a file that unpacks to more than it may."""
    return NotATable(FileReason.ZIP_BOMB, most_mb=MOST_UNPACKED_BYTES // 2**20)


def _unpacked_bytes(archive: ZipFile, part: ZipInfo, most: int) -> int:
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise NotATable(FileReason.DAMAGED)
    # zipfile stops at the declared size; told a larger one it gives all there is, and the checksum covers all of it.
    whole = copy(part)
    whole.file_size = sys.maxsize
    unpacked = 0
    with archive.open(whole) as stream:
        while block := stream.read(BLOCK_BYTES):
            unpacked += len(block)
            if unpacked > most:
                raise bomb()
    if unpacked != part.file_size:
        raise NotATable(FileReason.DAMAGED)
    return unpacked
