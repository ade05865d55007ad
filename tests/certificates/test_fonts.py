"""The fonts: found, cached, whole, and copied text that is the text printed."""

from dataclasses import replace
from pathlib import Path

import pytest

from certificates import font_making
from certificates import fonts as certificate_fonts
from certificates.content import Party
from certificates.fonts import Fonts, FontsUnavailable
from certificates.pdf import render
from certificates.to_unicode import to_unicode_map
from tests.certificates import reading
from tests.certificates.samples import SAMPLES


def test_a_character_without_a_glyph_is_named_once_in_order(fonts: Fonts) -> None:
    assert fonts.missing("見本軽金属 𠮷 No. 1") == ""
    assert fonts.missing("a₂b\u3099₂\u200bc\n") == "₂\u3099\u200b\n"


def test_figures_are_all_of_one_width(fonts: Fonts) -> None:
    assert len({round(fonts.width(digit, 10), 6) for digit in "0123456789"}) == 1


def test_fonts_are_registered_once(fonts: Fonts) -> None:
    assert certificate_fonts.load(certificate_fonts.default_directory()) is fonts


def test_a_directory_without_fonts_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FontsUnavailable, match="prepare"):
        certificate_fonts.load(tmp_path)


def test_without_the_package_and_without_system_fonts_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(font_making, "PACKAGE", "no_such_package")
    monkeypatch.setattr(font_making, "_SYSTEM_DIRECTORIES", (str(tmp_path / "none"),))
    with pytest.raises(FontsUnavailable, match="justmytype-intl-cjk"):
        font_making.make(tmp_path / "made")
    assert not list((tmp_path / "made").iterdir())


def test_a_system_font_is_taken_where_the_package_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ipaexg.ttf").write_bytes(b"a font")
    monkeypatch.setattr(font_making, "PACKAGE", "no_such_package")
    monkeypatch.setattr(font_making, "_SYSTEM_DIRECTORIES", (str(tmp_path),))
    font_making.make(tmp_path / "made")
    assert {path.read_bytes() for path in (tmp_path / "made").iterdir()} == {b"a font"}


def test_fonts_are_made_by_a_process_of_their_own_and_the_same_each_time(fonts: Fonts, tmp_path: Path) -> None:
    said: list[str] = []
    certificate_fonts.prepare(tmp_path, said.append)
    assert len(said) == len(certificate_fonts.WEIGHTS)
    kept = certificate_fonts.default_directory()
    for weight in certificate_fonts.WEIGHTS:
        made, before = (certificate_fonts.path(folder, weight) for folder in (tmp_path, kept))
        assert made.read_bytes() == before.read_bytes()


def test_fonts_that_cannot_be_made_are_told_with_the_words_of_that_process(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FontsUnavailable, match="exists"):
        certificate_fonts.prepare(tmp_path / "file")


def test_prepared_fonts_are_not_made_again(fonts: Fonts) -> None:
    said: list[str] = []
    certificate_fonts.prepare(certificate_fonts.default_directory(), said.append)
    assert said == []


def test_text_outside_the_bmp_is_copied_as_it_was_printed(fonts: Fonts) -> None:
    named = replace(SAMPLES["truck_body"](), recipient=Party(None, "𠮷野運輸株式会社", "Yoshino Haulage"))
    assert "𠮷野運輸株式会社" in reading.text(render(named, fonts))


def test_the_to_unicode_map_is_utf_16_in_blocks_of_a_hundred() -> None:
    written = to_unicode_map([0, 0x20BB7, *range(0x4E00, 0x4E00 + 150)])
    assert "<01> <D842DFB7>" in written
    assert written.count("100 beginbfchar") == 1
    assert "51 beginbfchar" in written
