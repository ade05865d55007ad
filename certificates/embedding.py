"""How a font is written into the PDF: cut down to the characters used, and so that copied text is the text printed.

reportlab 5.1 cuts a font anew for every document, which takes longer than drawing it. Most characters of a certificate
stand on every certificate, so those are cut and compressed once a process ("settled"), and a document only adds a
subset of what is its own: names, mostly. It also writes characters outside the BMP (𠮷, U+20BB7) into the ToUnicode map
as five hexadecimal digits, where ISO 32000-1, 9.10.3 wants UTF-16BE; ``certificates.to_unicode`` writes it right.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFTrueTypeFont
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFont

from certificates.to_unicode import to_unicode_map

_CODES = 256  # what a subset holds: simple fonts show one byte a character
_KEPT_CUTS = 64  # settled subsets and those of the last documents: one customer's have the same names
_KEPT_TEXTS = 4096

Run = tuple[int, str]  # number of a subset, hexadecimal codes in it


@dataclass(frozen=True, slots=True)
class _Cut:
    """A subset as documents carry it: both streams compressed, the widths as one array, written."""

    font: bytes
    length: int  # of the font, before it was compressed
    to_unicode: bytes
    widths: str
    last: int


class _States(WeakKeyDictionary[Any, Any]):
    """What each open document has used of a font; one that has used nothing yet begins with what is settled."""

    def __init__(self, begin: Callable[[], Any]) -> None:
        super().__init__()
        self._begin = begin

    def __getitem__(self, document: Any) -> Any:
        try:
            return super().__getitem__(document)
        except KeyError:
            state = self[document] = self._begin()
            return state


class EmbeddedFont(TTFont):
    """A TrueType font whose text can be copied out of the PDF, whatever plane its characters are in."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename)
        # Each subset copies whole tables out of the file, megabytes of outlines among them; keep what was copied.
        self.face.get_table = cache(self.face.get_table)  # type: ignore[method-assign]
        self.state = _States(self._begin)
        self._settled: tuple[dict[int, int], list[list[int]]] | None = None
        self._cut = lru_cache(_KEPT_CUTS)(self._cut_out)
        self._settled_runs = lru_cache(_KEPT_TEXTS)(self._runs)

    def settle(self, document: Any) -> None:
        """From here on every document begins with the subsets that this one has, which are cut only once."""
        state: Any = self.state[document]
        self._settled = dict(state.assignments), [list(subset) for subset in state.subsets]
        self._settled_runs.cache_clear()

    def _begin(self) -> Any:
        state: Any = TTFont.State(None, self)
        if self._settled:
            assignments, subsets = self._settled
            state.assignments, state.subsets = dict(assignments), list(subsets)
            state.nextCode = len(subsets) * _CODES  # the next character opens a subset of the document's own
        return state

    def shown(self, text: str, canvas: Any) -> Iterator[tuple[str, str]]:
        """``text`` as (font resource, hexadecimal codes) pairs, one for each subset it needs, for Tf and Tj."""
        document = canvas._doc
        runs = self._settled_runs(text)
        if runs is None:
            runs = tuple((subset, codes.hex()) for subset, codes in self.splitString(text, document))
        for subset, codes in runs:
            yield self.getSubsetInternalName(subset, document), codes

    def _runs(self, text: str) -> tuple[Run, ...] | None:
        """``text`` in settled subsets, the same in every document; None where it needs other characters."""
        if self._settled is None:
            return None
        codes = [self._settled[0].get(ord(character)) for character in text]
        known = [code for code in codes if code is not None]
        if len(known) < len(codes):
            return None
        in_subsets = groupby(known, lambda code: code // _CODES)
        return tuple((subset, bytes(code % _CODES for code in run).hex()) for subset, run in in_subsets)

    def addObjects(self, doc: Any) -> None:
        """Write the subsets of a document into it."""
        state = self.state[doc]
        state.frozen = 1
        for number, subset in enumerate(state.subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            self._add(doc, name, f"{state.internalName}+{number}", self._cut(tuple(subset)))
        del self.state[doc]

    def _add(self, doc: Any, name: str, internal_name: str, cut: _Cut) -> None:
        font: Any = PDFTrueTypeFont()
        font.Name, font.BaseFont = internal_name, name
        font.FirstChar, font.LastChar = 0, cut.last
        # As one text: reportlab would write each of the 256 widths as an object of its own, for 2 ms a document.
        font.Widths = cut.widths
        font.ToUnicode = doc.Reference(_stream(cut.to_unicode), f"toUnicodeCMap:{name}")
        file = doc.Reference(_stream(cut.font, Length1=cut.length), f"fontFile:{self.face.filename}({name})")
        font.FontDescriptor = doc.Reference(self._descriptor(name, file), f"fontDescriptor:{name}")
        doc.Reference(font, internal_name)
        doc.idToObject["BasicFonts"].dict[internal_name] = font

    def _descriptor(self, name: str, file: Any) -> PDFDictionary:
        """ISO 32000-1, 9.8. Symbolic: a subset has an encoding of its own."""
        face = self.face
        return PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "Ascent": face.ascent,
                "CapHeight": face.capHeight,
                "Descent": face.descent,
                "Flags": face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC,
                "FontBBox": PDFArray(face.bbox),
                "FontName": PDFName(name),
                "ItalicAngle": face.italicAngle,
                "StemV": face.stemV,
                "FontFile2": file,
                "MissingWidth": face.defaultWidth,
            }
        )

    def _cut_out(self, subset: tuple[int, ...]) -> _Cut:
        font, face = self.face.makeSubset(subset), self.face
        widths = " ".join(f"{face.charWidths.get(code, face.defaultWidth):g}" for code in subset)
        to_unicode = zlib.compress(to_unicode_map(subset).encode("ascii"))
        return _Cut(zlib.compress(font), len(font), to_unicode, f"[ {widths} ]", len(subset) - 1)


def _stream(compressed: bytes, **entries: int) -> PDFStream:
    return PDFStream(PDFDictionary({"Filter": PDFArray([PDFName("FlateDecode")]), **entries}), compressed)
