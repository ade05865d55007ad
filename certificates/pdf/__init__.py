"""The certificate as PDF: page one for the reader, the pages after it for whoever checks the figures."""

from certificates.pdf.checking import check
from certificates.pdf.document import render
from certificates.pdf.refusal import CannotPrint

__all__ = ["CannotPrint", "check", "render"]
