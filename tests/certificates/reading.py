"""What a reader gets out of a PDF: its text without spaces, its fonts, its pages as pictures."""

import re

import pypdfium2


def pages(data: bytes) -> int:
    with pypdfium2.PdfDocument(data) as document:
        return len(document)


def text(data: bytes) -> str:
    """All text, line ends and spaces taken out."""
    with pypdfium2.PdfDocument(data) as document:
        return squeezed("".join(page.get_textpage().get_text_range() for page in document))


def page_text(data: bytes, number: int) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return squeezed(document[number - 1].get_textpage().get_text_range())


def squeezed(written: str) -> str:
    """Spaces and line ends out, and the lowered 2 of CO2 as the 2 it is drawn as."""
    return re.sub(r"[\s\ufffe]+", "", written).replace("₂", "2")
