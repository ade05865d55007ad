"""The Japanese font of the documents: two static weights, made once, registered once per process."""

import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics

from certificates.embedding import EmbeddedFont

WEIGHTS = (400, 700)
_ROOT = Path(__file__).parents[1]
_loading = threading.Lock()


class FontsUnavailable(RuntimeError):
    """No Japanese font could be found or read; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Two registered weights, by their reportlab names, and the characters that both can show."""

    regular: str
    bold: str
    characters: frozenset[int]

    def missing(self, text: str) -> str:
        """Each character of ``text`` that has no glyph or would print wrongly, once, in order."""
        return "".join(dict.fromkeys(c for c in text if ord(c) not in self.characters))

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Width of ``text`` in points."""
        return _width(self.bold if bold else self.regular, text) * size


@lru_cache(maxsize=8192)
def _width(font: str, text: str) -> float:
    return pdfmetrics.stringWidth(text, font, 1)


def default_directory() -> Path:
    """Where the instances are kept for development and tests: in the Python environment they were made from."""
    return Path(sys.prefix) / "share" / "aluminium-loop-ledger" / "fonts"


def prepare(directory: Path, progress: Callable[[str], object] = lambda message: None) -> None:
    """Have the two weights made in ``directory`` unless they are there (``certificates.font_making``).

    By another process: what makes fonts is large, and a worker that has them needs none of it. Raises FontsUnavailable
    where there is no font.
    """
    if all(path(directory, weight).is_file() for weight in WEIGHTS):
        return
    command = [sys.executable, "-m", "certificates.font_making", str(directory.resolve())]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as making:
        assert making.stdout is not None
        for line in making.stdout:
            progress(line.strip())
        said = making.communicate()[1].strip()
    if making.returncode:
        raise FontsUnavailable(said.splitlines()[-1] if said else "the certificate fonts could not be made")


def path(directory: Path, weight: int) -> Path:
    """The file of one weight."""
    return directory / f"certificate-sans-{weight}.ttf"


def load(directory: Path) -> Fonts:
    """The fonts of ``directory``, registered in reportlab once per process.

    Raises FontsUnavailable where ``prepare`` has not been run on it.
    """
    with _loading:
        return _loaded(directory.resolve())


@lru_cache
def _loaded(directory: Path) -> Fonts:
    fonts: list[EmbeddedFont] = []
    for weight in WEIGHTS:
        file = path(directory, weight)
        if not file.is_file():
            raise FontsUnavailable(f"{file} is missing: prepare the certificate fonts first.")
        font = EmbeddedFont(f"certificate-{weight}-{len(pdfmetrics.getRegisteredFontNames())}", str(file))
        if fonts and font.face.name == fonts[0].face.name:  # a system font of one weight: embed it once
            font = fonts[0]
        pdfmetrics.registerFont(font)
        fonts.append(font)
    shown = set.intersection(*(set(font.face.charToGlyph) for font in fonts))
    return Fonts(fonts[0].fontName, fonts[1].fontName, frozenset(code for code in shown if _stands_alone(code)))


def _stands_alone(code: int) -> bool:
    """Combining marks need shaping, which reportlab does not do; controls would print nothing."""
    return unicodedata.category(chr(code)) not in ("Mn", "Mc", "Me", "Cc", "Cf", "Co", "Cn", "Cs")
