"""How a font is written into the PDF, so that copied text is the text that was printed.

reportlab 5.1 writes characters outside the BMP (𠮷, U+20BB7) into the ToUnicode map as five hexadecimal digits, where
ISO 32000-1, 9.10.3 wants UTF-16BE, and more than the 100 entries a bfchar block may have. The map is written again
here.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_BLOCK = 100  # Adobe Technical Note 5014, 2.4: at most 100 entries in a bfchar block

_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange"""

_FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class EmbeddedFont(TTFont):
    """A TrueType font whose text can be copied out of the PDF, whatever plane its characters are in."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename)
        # Each subset copies whole tables out of the file, megabytes of outlines among them; keep what was copied.
        self.face.get_table = cache(self.face.get_table)  # type: ignore[method-assign]

    def shown(self, text: str, canvas: Any) -> Iterator[tuple[str, str]]:
        """``text`` as (font resource, hexadecimal codes) pairs, one for each subset it needs, for Tf and Tj."""
        document = canvas._doc
        for subset, codes in self.splitString(text, document):
            yield self.getSubsetInternalName(subset, document), codes.hex()

    def addObjects(self, doc: Any) -> None:
        """Write the subsets into the document, then each one's ToUnicode map."""
        subsets, internal_name = self.state[doc].subsets, self.state[doc].internalName
        super().addObjects(doc)
        resources = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode_map(subset)
            # As one text: reportlab would write each of the 256 widths as an object of its own, for 2 ms a document.
            widths = " ".join(f"{self.face.charWidths.get(code, self.face.defaultWidth):g}" for code in subset)
            resources[f"{internal_name}+{number}"].Widths = f"[ {widths} ]"


def to_unicode_map(subset: Sequence[int]) -> str:
    """The ToUnicode CMap of a subset: its code points, by the byte that shows them."""
    entries = [f"<{byte:02X}> <{_utf16(code)}>" for byte, code in enumerate(subset) if code]
    return "\n".join((_HEAD, *_blocks(entries), _FOOT))


def _blocks(entries: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        yield "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar"))


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be", "surrogatepass").hex().upper()
