"""The press: prints certificates, with fonts that are loaded once per process and only when first needed."""

from collections import OrderedDict
from pathlib import Path

from certificates import fonts
from certificates.content import Certificate
from certificates.papers.footprint_statement import render_statement
from certificates.pdf.checking import require_glyphs
from certificates.pdf.document import render
from certificates.statement import Statement

KEPT = 16


class Press:
    """Prints with the fonts of one directory; they are made there first where they are not yet (14 s, once).

    A certificate is drawn once: what the check drew is kept until it is printed, or until others took its place.
    """

    def __init__(self, font_dir: Path) -> None:
        self._font_dir = font_dir
        self._drawn: OrderedDict[str, tuple[Certificate, bytes]] = OrderedDict()

    def fonts(self) -> fonts.Fonts:
        """The fonts, loaded."""
        fonts.prepare(self._font_dir)
        return fonts.load(self._font_dir)

    def check(self, certificate: Certificate) -> None:
        """Raise CannotPrint for characters that the font lacks, or a field that does not fit."""
        loaded = self.fonts()
        require_glyphs(certificate, loaded)
        self._drawn[certificate.number] = certificate, render(certificate, loaded)
        while len(self._drawn) > KEPT:
            self._drawn.popitem(last=False)

    def statement(self, statement: Statement) -> bytes:
        """A footprint statement as a paper. Raises CannotPrint."""
        return render_statement(statement, self.fonts())

    def render(self, certificate: Certificate) -> bytes:
        """The document; the same content gives the same bytes."""
        number, nothing = certificate.number, (None, b"")
        drawn_of, drawn = self._drawn.pop(number, nothing)
        return drawn if drawn_of == certificate else render(certificate, self.fonts())
