"""The document: pages in order on one canvas, equal bytes for equal input."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from certificates import wording
from certificates.content import Certificate, Party
from certificates.embedding import EmbeddedFont
from certificates.fonts import Fonts
from certificates.pdf import parts
from certificates.pdf.evidence import Page, evidence
from certificates.pdf.front import front
from certificates.pdf.pen import Pen
from certificates.pdf.specimen import specimen

# Base 85 makes the pages a quarter larger and takes longer than drawing them; files have been 8-bit clean for long.
rl_config.useA85 = 0

# reportlab's font objects keep a reading position, so two documents at once would mix their glyphs.
_drawing = threading.Lock()


def render(certificate: Certificate, fonts: Fonts) -> bytes:
    """The certificate as PDF: A4, page one and as many pages of evidence as it takes.

    Equal input gives equal bytes. Raises CannotPrint where a text does not fit; call ``check`` first for its glyphs.
    """
    target = BytesIO()
    with drawing(fonts):
        _drawn(target, certificate, fonts).save()
    return target.getvalue()


def lay_out(certificate: Certificate, fonts: Fonts) -> None:
    """Set every text without writing the document; CannotPrint where one does not fit."""
    with drawing(fonts):
        _drawn(BytesIO(), certificate, fonts)


@contextmanager
def drawing(fonts: Fonts) -> Iterator[None]:
    """Whoever draws is alone in the process, with fonts that are cut."""
    with _drawing:
        _settle(fonts)
        yield


@cache
def _settle(fonts: Fonts) -> None:
    """Have the fonts cut to what every certificate shows, before the first is drawn: so all have the same subsets."""
    canvas: Any = _drawn(BytesIO(), specimen(), fonts)
    for name in dict.fromkeys((fonts.regular, fonts.bold)):
        font = pdfmetrics.getFont(name)
        assert isinstance(font, EmbeddedFont)
        font.settle(canvas._doc)


def _drawn(target: BytesIO, certificate: Certificate, fonts: Fonts) -> Canvas:
    canvas = _canvas(target, certificate, fonts)
    first = Pen(canvas, fonts)
    laid_out = front(first, certificate)
    pages: list[Page] = [laid_out.draw, *evidence(Pen(canvas, fonts), certificate, laid_out.overleaf, laid_out.annexed)]
    for index, page in enumerate(pages, 1):
        pen = first if index == 1 else Pen(canvas, fonts)
        parts.head(pen, certificate.issuer, certificate.number)
        page(pen)
        parts.foot(pen, parts.foot_of(certificate), index, len(pages))
        pen.finish()
    return canvas


def _canvas(target: BytesIO, certificate: Certificate, fonts: Fonts) -> Canvas:
    recipient = f" {certificate.recipient.name_ja}" if certificate.recipient else ""
    canvas = canvas_of(target, fonts, certificate.issuer, f"{wording.NAME.ja} {certificate.number}{recipient}")
    canvas.setSubject(wording.title(certificate).ja)
    canvas.setKeywords(f"{certificate.number} {certificate.verify_url}")
    return canvas


def canvas_of(target: BytesIO, fonts: Fonts, issuer: Party, title: str) -> Canvas:
    """An empty document of A4 pages: the same every time, for equal bytes."""
    font: Any = fonts.regular  # its stub wants a number
    canvas = Canvas(target, pagesize=A4, invariant=1, pageCompression=1, initialFontName=font, lang="ja")
    canvas.setTitle(title)
    canvas.setAuthor(issuer.name_ja)
    canvas.setCreator(issuer.name_en)
    canvas.setProducer("ReportLab")
    return canvas
