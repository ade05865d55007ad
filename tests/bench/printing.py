"""The row of the certificate: from the claim to PDF bytes on one core, beside a bare reportlab document."""

import io
import itertools
import time
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
KANJI = range(0x4E00, 0xA000)
NAME = 8  # kanji of a recipient's name
BODY, LEADING, MARGIN = 8, 11, 40


def certificate(ledger: Ledger) -> Figure:
    """Check, canonical JSON, digests and PDF; the floor sets the same words in the same fonts with the same QR code."""
    press = Press(fonts.default_directory())
    loaded = press.fonts()
    ours, floor = _numbered(ledger, loaded), _numbered(ledger, loaded)
    first = next(ours)
    lines = _lines(press.render(first))

    def mine() -> None:
        content = next(ours)
        press.check(content)
        seal.digest(seal.canonical_json(content))
        seal.digest(press.render(content))

    def bare() -> None:
        content = next(floor)
        _bare(loaded, _renamed(lines, first, content), content.verify_url)

    took, plain, ratio = side_by_side(mine, bare, ledger.times(20))
    rate = _per_second(mine)
    limit = f"<= {TIMES:g}x, >= {PER_SECOND}/s"
    kept = ratio <= TIMES and rate >= PER_SECOND
    notes: dict[str, float | int | str] = {"per s of one core": round(rate)}
    return Figure("certificate to PDF", took * 1000, plain * 1000, "ms", limit, kept, notes)


def _per_second(work: Callable[[], None], times: int = 100) -> float:
    """How often a core does this in a second that it has to itself: printing waits for nothing, so others' work on
    the machine is no part of it."""
    start = time.process_time()
    for _ in range(times):
        work()
    return times / (time.process_time() - start)


def _numbered(ledger: Ledger, loaded: fonts.Fonts) -> Iterator[Certificate]:
    """The certificate of the ledger under ever new numbers, codes and recipients: no two have the same QR code, and
    none finds the characters of its names where another left them."""
    with ledger.house.records.reading() as books:
        stored = books.certificates.by_code(ledger.codes[0])
    assert stored is not None
    content = seal.read(stored.payload)
    assert content.recipient is not None
    rare = sorted(chr(code) for code in loaded.characters if code in KANJI)
    for n in itertools.count(1):
        url = content.verify_url[:-26] + f"{n:026d}"
        name = "".join(rare[(n * NAME + i) % len(rare)] for i in range(NAME)) + "株式会社"
        recipient = replace(content.recipient, name_ja=name)
        yield replace(content, number=f"GMC-2026-{n:06d}", verify_url=url, recipient=recipient)


def _lines(pdf: bytes) -> list[list[str]]:
    """The lines of text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range().splitlines() for page in document]


def _renamed(pages: list[list[str]], of: Certificate, to: Certificate) -> list[list[str]]:
    """The same lines, with one recipient's name in the place of another's."""
    assert of.recipient is not None
    assert to.recipient is not None
    old, new = of.recipient.name_ja, to.recipient.name_ja
    return [[line.replace(old, new) for line in lines] for lines in pages]


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
