"""The PDF as a file: equal bytes, embedded fonts, pages, metadata and a QR code that can be read."""

import re
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates import qr
from certificates.fonts import Fonts
from certificates.pdf import render
from tests.certificates import reading
from tests.certificates.samples import SAMPLES

Rendered = Callable[[str], bytes]


@pytest.mark.parametrize("name", ["truck_body", "five_lines"])
def test_equal_certificates_give_equal_bytes(name: str, rendered: Rendered, fonts: Fonts) -> None:
    assert render(SAMPLES[name](), fonts) == rendered(name)


def test_documents_drawn_at_the_same_time_do_not_mix(rendered: Rendered, fonts: Fonts) -> None:
    names = ["truck_body", "all_primary", "direct_billet", "two_customers"] * 3
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda name: render(SAMPLES[name](), fonts), names))
    assert drawn == [rendered(name) for name in names]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_font_is_embedded(name: str, rendered: Rendered) -> None:
    data = rendered(name)
    names = set(re.findall(rb"/BaseFont /([^\s/]+)", data))
    assert names
    assert all(re.fullmatch(rb"[A-Z]{6}\+NotoSansJP-(Regular|Bold)", name) for name in names)
    assert b"Helvetica" not in data
    assert data.count(b"/FontFile2") >= len(names)


def test_the_code_of_every_page_names_only_fonts_it_has(rendered: Rendered) -> None:
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", rendered("truck_body"), re.DOTALL):
        try:
            assert b"Helvetica" not in zlib.decompress(stream)
        except zlib.error:
            continue


@pytest.mark.parametrize("name", SAMPLES)
def test_the_qr_code_is_read_off_the_page(name: str, rendered: Rendered) -> None:
    with pypdfium2.PdfDocument(rendered(name)) as document:
        picture = document[0].render(scale=150 / 72).to_pil()
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == SAMPLES[name]().verify_url.upper()


# A run of zeros that fills a whole block of the code is beyond the library (glog(0)); a drawn code never has one.
@given(
    st.from_regex(r"https://[a-z0-9.-]{4,60}/c/[0-9A-HJKMNP-TV-Z]{26}", fullmatch=True).filter(
        lambda url: "0" * 12 not in url
    )
)
@settings(max_examples=20, deadline=None)
def test_modules_are_never_under_half_a_millimetre(url: str) -> None:
    symbol = qr.symbol(url)
    assert symbol.module_mm >= 0.5
    assert symbol.side_mm >= 25
    assert sum(length for _, _, length in symbol.runs()) == sum(map(sum, symbol.rows))


def test_a_usual_url_makes_version_four() -> None:
    symbol = qr.symbol(SAMPLES["truck_body"]().verify_url)
    assert symbol.modules == 33
    assert symbol.quiet_mm >= 3


def test_a_url_with_a_query_has_no_qr_code() -> None:
    with pytest.raises(ValueError, match="QR"):
        qr.symbol("https://loop.example.jp/c?x=1")


def test_pages_grow_with_what_there_is_to_show(rendered: Rendered) -> None:
    assert reading.pages(rendered("truck_body")) == 2
    assert reading.pages(rendered("five_lines")) > reading.pages(rendered("three_lines"))
    last = reading.pages(rendered("five_lines"))
    assert f"{last}/{last}" in reading.page_text(rendered("five_lines"), last)


def test_the_metadata_is_the_certificates(rendered: Rendered) -> None:
    with pypdfium2.PdfDocument(rendered("train_set")) as document:
        metadata = document.get_metadata_dict()
    assert metadata["Title"] == "グリーン材証明書 GMC-2026-000012 見本旅客鉄道株式会社"
    assert metadata["Author"] == "見本軽金属株式会社"
    assert "自己宣言" in metadata["Subject"]
    assert b"/Lang (ja)" in rendered("train_set")


def test_a_certificate_without_a_recipient_can_be_drawn(fonts: Fonts) -> None:
    assert reading.pages(render(replace(SAMPLES["truck_body"](), recipient=None), fonts)) == 2
