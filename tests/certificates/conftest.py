"""Fonts made once, and each sample rendered once per session."""

from collections.abc import Callable
from functools import cache

import pytest

from certificates import fonts as certificate_fonts
from certificates.fonts import Fonts
from certificates.pdf import render
from tests.certificates.samples import SAMPLES


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    directory = certificate_fonts.default_directory()
    certificate_fonts.prepare(directory, print)
    return certificate_fonts.load(directory)


@pytest.fixture(scope="session")
def rendered(fonts: Fonts) -> Callable[[str], bytes]:
    """The PDF of a sample by name."""
    return cache(lambda name: render(SAMPLES[name](), fonts))
