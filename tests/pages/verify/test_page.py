"""What holds for every page: its weight, its markup, and that no text of a certificate is ever markup."""

import gzip
import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from app.lookups.verdict import Genuine, Replacement, Revoked, Superseded
from app.pages.verify import evidence
from app.pages.verify.states import State
from app.schemas.reference_files import own_files, read_sheets
from certificates import figures, wording
from certificates.content import Certificate, Factor, Party
from tests.certificates.cases import SAMPLES
from tests.pages.verify.markup import Page
from tests.pages.verify.states import DONE, LOCALES, REPLACEMENT, STATES, rendered, shown, unnamed

HEAVIEST = 14 * 1024
HOSTILE = "<script>alert('CO2')</script>\"'&"

ALL: dict[str, State] = {
    **STATES,
    **{f"valid-{name}": Genuine(shown(make())) for name, make in SAMPLES.items()},
    **{f"unnamed-{name}": Genuine(unnamed(make())) for name, make in SAMPLES.items()},
    **{
        f"revoked-{name}": Revoked(shown(make()), DONE, "長い理由。" * 100, REPLACEMENT)
        for name, make in SAMPLES.items()
    },
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ALL)
def test_a_page_weighs_less_than_fourteen_kilobytes_compressed(name: str, locale: str):
    assert len(gzip.compress(rendered(ALL[name], locale).encode(), 6)) < HEAVIEST


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ALL)
def test_a_page_is_sound_markup(name: str, locale: str):
    page = Page(rendered(ALL[name], locale))
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert next(element.tag for element in page.elements if element.tag in ("h1", "h2", "h3")) == "h1"
    assert len(page.all("h1")) == 1
    assert not page.all("h3")
    assert all(header.attributes.get("scope") in ("col", "row", "rowgroup") for header in page.all("th"))
    referred = [
        element.attributes["aria-labelledby"] for element in page.elements if "aria-labelledby" in element.attributes
    ]
    assert set(referred) <= set(ids)
    assert all(svg.attributes.get("role") == "img" or svg.attributes.get("aria-hidden") for svg in page.all("svg"))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ALL)
def test_a_page_runs_nothing_and_fetches_nothing(name: str, locale: str):
    page = Page(rendered(ALL[name], locale))
    assert not page.all("script") + page.all("img") + page.all("iframe") + page.all("form")
    for element in page.elements:
        assert not [name for name in element.attributes if name.startswith("on") or name in ("src", "style")]
    assert [link.attributes["rel"] for link in page.all("link")] == ["icon"]
    assert len(page.all("style")) == 1
    assert not re.search(r"@import|url\((?!#)", page.all("style")[0].text)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ALL)
def test_a_page_never_uses_the_lowered_two_or_the_word_that_names_another_thing(name: str, locale: str):
    source = rendered(ALL[name], locale)
    assert "₂" not in source
    assert "削減貢献量" not in source
    assert "CO2" not in source  # it is always CO<sub>2</sub>


def hostile(value: Any) -> Any:
    """The same values with every text in them trying to be markup."""
    match value:
        case str():
            return HOSTILE
        case tuple():
            return tuple(hostile(item) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    exact = {"value", "kg_per_unit", "divisor", "kg_co2e_per_kg", "yield_ratio"}
    return replace(value, **{f.name: hostile(getattr(value, f.name)) for f in fields(value) if f.name not in exact})


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", SAMPLES)
def test_no_text_of_a_certificate_becomes_markup(name: str, locale: str):
    bad: Certificate = hostile(SAMPLES[name]())
    replacement = Replacement(HOSTILE, HOSTILE, REPLACEMENT.issued_on)
    for state in (
        Genuine(shown(bad)), Revoked(shown(bad), DONE, HOSTILE, replacement), Superseded(shown(bad), DONE, replacement),
    ):  # fmt: skip
        source = rendered(state, locale)
        assert "<script" not in source
        assert not Page(source).all("script")
        assert "&lt;script&gt;" in source


def plain(text: wording.Text, locale: str) -> str:
    return (text.ja if locale == "ja" else text.en).replace("₂", "2")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_fixed_sentences_stand_on_the_page_in_full(name: str, locale: str):
    certificate = SAMPLES[name]()
    words = Page(rendered(Genuine(shown(certificate)), locale)).words
    sentences = [
        wording.title(certificate), wording.CLAIM, wording.CAPS, wording.BASELINE, wording.FOOTPRINT,
        wording.FOOTPRINT_APART, wording.DISCLAIMER, wording.CHAIN_OF_CUSTODY, wording.assurance(certificate.verifier),
    ]  # fmt: skip
    certifying = wording.certifying(certificate)
    expected = [*sentences, certifying] if certifying else sentences
    assert [plain(text, locale) for text in expected if plain(text, locale) not in words] == []
    if not certifying:
        assert plain(wording.CERTIFIES_POST_CONSUMER, locale) not in words


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_figures_are_those_of_the_certificate_rounded_as_documents_are(name: str, locale: str):
    certificate = SAMPLES[name]()
    page = Page(rendered(Genuine(shown(certificate)), locale))
    avoided = certificate.avoided_co2
    assert page.by_class("key")[0].text == f"{figures.whole_kg(avoided.claimed_g)} kg-CO2e"
    amounts = [cell.text for cell in page.all("td")]
    assert f"{figures.whole_kg(avoided.by_mass_g)} kg" in amounts
    if avoided.by_unit_g is not None:
        assert f"{figures.whole_kg(avoided.by_unit_g)} kg" in amounts
    assert page.by_class("net")[0].text.startswith(
        figures.cfp_two_decimals(certificate.cfp.embodied_g, certificate.mass_g)
    )
    for mass, share in zip(certificate.recycled.columns_g, figures.shares(certificate.recycled), strict=True):
        assert f"{figures.short_kg(mass)} kg" in amounts
        assert f"{share} %" in amounts
    for share in figures.origin_shares(certificate.recycled, certificate.origins):
        assert f"{share}\u00a0%" in amounts
    headline = figures.tenths_of_percent(certificate.recycled.post_consumer_g, certificate.mass_g)
    assert page.by_class("share")[0].text.startswith(f"{headline} %")


def test_what_is_noted_beside_our_own_factors_is_said_in_the_language_of_the_page():
    """Found by a trial: English notes on the Japanese page. Read from what the product brings, so that none is new."""
    own = read_sheets(own_files()).factors
    rows = tuple(
        Factor(f.key, f.value, f.unit, f.version, f.valid_from, f.source, f.note)
        for f in own
        if f.key.startswith(("avoided.", "cars-", "footprint.", "recycling-", "energy."))
    )
    certificate = replace(SAMPLES["truck_body"](), factors=rows)
    for locale, foreign in (("ja", re.compile(r"^[\x00-\x7f]+$")), ("en", re.compile(r"当たり"))):
        notes = [note for row in evidence.factors(certificate, locale) for note in row.head_notes]
        assert [note for note in notes if foreign.search(note)] == []


def test_an_organisation_without_an_english_name_is_called_by_its_japanese_one():
    certificate = replace(SAMPLES["truck_body"](), recipient=Party("X", "例示運輸株式会社", ""))
    assert "例示運輸株式会社" in Page(rendered(Genuine(shown(certificate)), "en")).words
