"""The press: prints certificates, with fonts that are loaded once per process and only when first needed."""

from pathlib import Path

from certificates import fonts
from certificates.content import Certificate
from certificates.pdf.checking import check
from certificates.pdf.document import render


class Press:
    """Prints with the fonts of one directory; they are made there first where they are not yet (14 s, once)."""

    def __init__(self, font_dir: Path) -> None:
        self._font_dir = font_dir

    def _fonts(self) -> fonts.Fonts:
        fonts.prepare(self._font_dir)
        return fonts.load(self._font_dir)

    def check(self, certificate: Certificate) -> None:
        """Raise CannotPrint for characters that the font lacks, or a field that does not fit."""
        check(certificate, self._fonts())

    def render(self, certificate: Certificate) -> bytes:
        """The document; the same content gives the same bytes."""
        return render(certificate, self._fonts())
