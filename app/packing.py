"""Answers of text go packed to whoever takes them so: a page of lots is forty kilobytes, and a log is a book."""

import gzip
import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, request

PACKED_TYPES = (
    "application/json",
    "application/problem+json",
    "application/x-ndjson",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
)
WORTH_PACKING = 1_000
LEVEL = 4  # past it, time grows faster than bytes shrink
AS_IT_IS = (206, 304)  # a part of a file, and no file at all
GZIP = 16 + zlib.MAX_WBITS


def install(app: Flask) -> None:
    """Pack what is text. The public page packs its own, once a minute."""
    app.after_request(_packed)


def _packed(answer: Response) -> Response:
    if answer.mimetype not in PACKED_TYPES or answer.content_encoding or answer.status_code in AS_IT_IS:
        return answer
    answer.direct_passthrough = False  # a file that is sent as it lies is read, to be packed
    answer.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] > 0:
        return answer
    if answer.is_streamed and "Content-Length" not in answer.headers:
        answer.response = _streamed(answer.response, answer.iter_encoded())
    elif len(answer.get_data()) >= WORTH_PACKING:
        answer.set_data(gzip.compress(answer.get_data(), LEVEL, mtime=0))
    else:
        return answer
    answer.content_encoding = "gzip"
    answer.headers.pop("Accept-Ranges", None)  # of the bytes that are sent now there are no parts
    etag, _ = answer.get_etag()
    if etag:
        answer.set_etag(etag, weak=True)
    return answer


def _streamed(body: Iterable[object], portions: Iterable[bytes]) -> Iterator[bytes]:
    """Each portion can be read as it comes. Left half-way, the body is closed, and with it what it reads from."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    try:
        for portion in portions:
            yield packer.compress(portion) + packer.flush(zlib.Z_SYNC_FLUSH)
        yield packer.flush()
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()
