"""Make the certificate fonts: ``python -m certificates.font_making [DIRECTORY]``, once for an installation.

Noto Sans JP comes as one variable file (package justmytype-intl-cjk). reportlab draws a variable file at its thinnest
and says nothing, so two static instances are cut from it and kept in a directory. Where the package is not installed, a
system BIZ UD or IPAex is copied there instead.
"""

import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib import instancer  # type: ignore[import-untyped]

from certificates.fonts import WEIGHTS, FontsUnavailable, default_directory, path

PACKAGE = "justmytype_intl_cjk"
_SYSTEM_DIRECTORIES = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
_SYSTEM_FONTS = (
    ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf"),
    ("BIZUDGothic-Regular.ttf", "BIZUDGothic-Bold.ttf"),
    ("ipaexg.ttf", "ipaexg.ttf"),
)
# reportlab reads none of these; without them the file loads faster and is a third smaller.
_UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "HVAR", "avar")


def make(directory: Path, progress: Callable[[str], object] = lambda message: None) -> None:
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


def main() -> int:
    """Make them in the directory named, or where development keeps them; what went wrong is told on stderr."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else default_directory()
    try:
        make(directory, _say)
    except (FontsUnavailable, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
