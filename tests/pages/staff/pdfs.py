"""PDFs as somebody uploads them."""

import io

import pikepdf


def minimal_pdf(pages: int = 1) -> bytes:
    """Empty pages."""
    target = io.BytesIO()
    with pikepdf.Pdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.save(target, deterministic_id=True)
    return target.getvalue()
