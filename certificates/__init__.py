"""A frozen certificate goes in, bytes come out: canonical JSON first, and the PDF and the figures of the page from it.

Pure: reads no clock, no database and no environment, and imports nothing of ``app``.
"""
