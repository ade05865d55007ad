"""The ToUnicode map of a font subset: what a reader copies for each byte that is shown."""

from collections.abc import Iterator, Sequence

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
