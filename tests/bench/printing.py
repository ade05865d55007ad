"""The row of the certificate: from the claim to PDF bytes on one core, beside a bare reportlab document."""

import io
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.operations.press import Press
from certificates import fonts, seal
from certificates.content import Certificate
from certificates.qr import symbol
from tests.bench.ledger import Ledger
from tests.bench.measuring import Figure, side_by_side

PER_SECOND = 80
TIMES = 2.0
BODY, LEADING, MARGIN = 8, 11, 40


def certificate(ledger: Ledger) -> Figure:
    """Check, canonical JSON, digests and PDF; the floor sets the same words in the same fonts with the same QR code."""
    press = Press(fonts.default_directory())
    loaded = press.fonts()
    ours, floor = _numbered(ledger), _numbered(ledger)
    lines = _lines(press.render(next(ours)))

    def mine() -> None:
        content = next(ours)
        press.check(content)
        seal.digest(seal.canonical_json(content))
        seal.digest(press.render(content))

    took, plain, ratio = side_by_side(mine, lambda: _bare(loaded, lines, next(floor).verify_url), ledger.times(20))
    kept = ratio <= TIMES and 1 / took >= PER_SECOND
    limit = f"<= {TIMES:g}x, >= {PER_SECOND}/s"
    return Figure("certificate to PDF", took * 1000, plain * 1000, "ms", limit, kept, {"per s": round(1 / took)})


def _numbered(ledger: Ledger) -> Iterator[Certificate]:
    """The certificate of the ledger under ever new numbers and codes: no two have the same QR code."""
    with ledger.house.records.reading() as books:
        stored = books.certificates.by_code(ledger.codes[0])
    assert stored is not None
    content = seal.read(stored.payload)
    for n in itertools.count(1):
        url = content.verify_url[:-26] + f"{n:026d}"
        yield replace(content, number=f"GMC-2026-{n:06d}", verify_url=url)


def _lines(pdf: bytes) -> list[list[str]]:
    """The lines of text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range().splitlines() for page in document]


def _bare(loaded: fonts.Fonts, pages: list[list[str]], url: str) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, pageCompression=1, initialFontName=loaded.regular)  # type: ignore[arg-type]
    draw: Callable[[float, float, str], object] = canvas.drawString
    for lines in pages:
        canvas.setFont(loaded.regular, BODY)
        for n, line in enumerate(lines):
            draw(MARGIN, A4[1] - MARGIN - n % 70 * LEADING, line)
        canvas.showPage()
    drawn = symbol(url)
    path = canvas.beginPath()
    for y, x, length in drawn.runs():
        path.rect(x * 2, A4[1] - y * 2, length * 2, 2)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.save()
    return target.getvalue()
