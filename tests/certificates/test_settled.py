"""What every certificate shows is cut out of the fonts once, and no document depends on those drawn before it."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from certificates.fonts import Fonts
from certificates.pdf import check
from certificates.pdf.specimen import specimen
from tests.certificates.samples import SAMPLES

Rendered = Callable[[str], bytes]
_ALONE = """
import hashlib, sys
from certificates import fonts
from certificates.pdf import render
from tests.certificates.samples import SAMPLES
loaded = fonts.load(fonts.default_directory())
print(hashlib.sha256(render(SAMPLES[sys.argv[1]](), loaded)).hexdigest())
"""


def font_files(data: bytes) -> list[bytes]:
    """The fonts in a PDF, as they are compressed in it."""
    streams = re.findall(rb"<<([^>]*)>>\nstream\n(.*?)endstream", data, re.DOTALL)
    return [content for entries, content in streams if b"/Length1" in entries]


@pytest.mark.parametrize("name", ["two_customers", "long_names"])
def test_a_process_that_drew_nothing_before_gives_the_same_bytes(name: str, rendered: Rendered) -> None:
    for other in SAMPLES:
        rendered(other)
    alone = subprocess.run([sys.executable, "-c", _ALONE, name], capture_output=True, text=True, check=True)
    assert alone.stdout.strip() == hashlib.sha256(rendered(name)).hexdigest()


def test_every_document_carries_the_same_settled_fonts_and_few_of_its_own(rendered: Rendered) -> None:
    files = {name: font_files(rendered(name)) for name in SAMPLES}
    shared = set.intersection(*(set(found) for found in files.values()))
    assert len(shared) == 3  # regular takes two subsets, bold one
    for found in files.values():
        assert len(set(found) - shared) == len(found) - 3 <= 2
        assert sum(map(len, shared)) > sum(len(file) for file in found if file not in shared)


def test_the_specimen_can_be_printed(fonts: Fonts) -> None:
    check(specimen(), fonts)
