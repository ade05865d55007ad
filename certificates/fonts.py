"""The Japanese font of the documents: two static weights, made once, registered once per process.

Noto Sans JP comes as one variable file (package justmytype-intl-cjk). reportlab draws a variable file at its thinnest
and says nothing, so two static instances are cut from it and kept in a directory. Where the package is not installed, a
system BIZ UD or IPAex is copied there instead.
"""

import importlib.util
import os
import shutil
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib import instancer  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics

from certificates.embedding import EmbeddedFont

WEIGHTS = (400, 700)
PACKAGE = "justmytype_intl_cjk"
_SYSTEM_DIRECTORIES = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
_SYSTEM_FONTS = (
    ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf"),
    ("BIZUDGothic-Regular.ttf", "BIZUDGothic-Bold.ttf"),
    ("ipaexg.ttf", "ipaexg.ttf"),
)
# reportlab reads none of these; without them the file loads faster and is a third smaller.
_UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "HVAR", "avar")
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
    """Make the two weights in ``directory`` unless they are there (about 14 s, byte for byte the same each time).

    Processes may race: each writes a file of its own and renames it. Raises FontsUnavailable where there is no font.
    """
    wanted = [weight for weight in WEIGHTS if not path(directory, weight).is_file()]
    if not wanted:
        return
    directory.mkdir(parents=True, exist_ok=True)
    for weight in wanted:
        progress(f"Making the certificate font, weight {weight} (about 7 s, once).")
        _write(path(directory, weight), weight)


def path(directory: Path, weight: int) -> Path:
    """The file of one weight."""
    return directory / f"certificate-sans-{weight}.ttf"


def _write(target: Path, weight: int) -> None:
    handle, name = tempfile.mkstemp(prefix=target.name, suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        _make(Path(name), weight)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


def _make(target: Path, weight: int) -> None:
    variable = _packaged_font()
    if variable is None:
        shutil.copyfile(_system_font(weight), target)
        return
    with TTFont(variable, recalcTimestamp=False) as source:
        font = instancer.instantiateVariableFont(source, {"wght": weight})
        for tag in _UNUSED_TABLES:
            if tag in font:
                del font[tag]
        _rename(font, weight)
        font.save(target)


def _rename(font: TTFont, weight: int) -> None:
    """Viewers cache by PostScript name, so the two weights must not share one; the other names only take room."""
    table = font["name"]
    licence = [(record.nameID, record.toUnicode()) for record in table.names if record.nameID in (0, 13, 14)]
    table.names = []
    style = {400: "Regular", 700: "Bold"}[weight]
    for name_id, text in (*licence, (1, "Noto Sans JP"), (2, style), (6, f"NotoSansJP-{style}")):
        table.setName(text, name_id, 3, 1, 0x409)


def _packaged_font() -> Path | None:
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        return None
    found = Path(package.origin).parent / "fonts" / "ofl" / "notosansjp" / "NotoSansJP[wght].ttf"
    return found if found.is_file() else None


def _system_font(weight: int) -> Path:
    for names in _SYSTEM_FONTS:
        for found in _installed(names[WEIGHTS.index(weight)]):
            return found
    raise FontsUnavailable(
        "No Japanese font for certificates: install the Python package justmytype-intl-cjk, "
        "or BIZ UD Gothic or IPAex Gothic as a system font."
    )


def _installed(name: str) -> Iterator[Path]:
    for directory in _SYSTEM_DIRECTORIES:
        yield from sorted(Path(directory).rglob(name))


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


if __name__ == "__main__":
    prepare(default_directory(), progress=print)
