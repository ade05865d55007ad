"""What the PDF says: every sentence in full, the figures as printed, and nothing that must not stand there."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from certificates import figures, wording
from certificates.content import GROUPS
from certificates.pdf.calculation import per_recycled_kg
from certificates.pdf.parts import japanese_date
from certificates.wording import Text
from tests.certificates import reading
from tests.certificates.samples import SAMPLES

Rendered = Callable[[str], bytes]

BESIDE_THE_FIGURES = {
    "claim": wording.CLAIM, "caps": wording.CAPS, "baseline": wording.BASELINE, "footprint": wording.FOOTPRINT,
}  # fmt: skip
FULL = {"disclaimer": wording.DISCLAIMER, "chain of custody": wording.CHAIN_OF_CUSTODY}


def _says(text: str, sentence: Text) -> bool:
    return reading.squeezed(sentence.ja) in text and reading.squeezed(sentence.en) in text


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sentences_of_the_figures_stand_on_page_one_and_the_others_behind(name: str, rendered: Rendered) -> None:
    front, whole = reading.page_text(rendered(name), 1), reading.text(rendered(name))
    certificate = SAMPLES[name]()
    assert _says(front, wording.title(certificate))
    for sentence in BESIDE_THE_FIGURES.values():
        assert _says(front, sentence), sentence.ja
    for sentence in FULL.values():
        assert _says(whole, sentence), sentence.ja


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("train_set", wording.CERTIFIES_CLOSED_LOOP),
        ("profile_by_mass", wording.CERTIFIES_POST_CONSUMER),
        ("all_primary", None),
        ("direct_billet", None),
    ],
)
def test_the_certifying_sentence_follows_the_metal(name: str, sentence: Text | None, rendered: Rendered) -> None:
    front = reading.page_text(rendered(name), 1)
    for candidate in (wording.CERTIFIES_CLOSED_LOOP, wording.CERTIFIES_POST_CONSUMER):
        assert _says(front, candidate) == (candidate == sentence)
    assert ("証明します" in front) == (sentence is not None)


def test_a_verifier_is_named_in_place_of_the_self_declaration(rendered: Rendered) -> None:
    whole = reading.text(rendered("long_names"))
    assert "第三者検証：一般財団法人見本検証機構" in whole
    assert "自己宣言" not in whole
    assert "第三者検証なし" not in whole


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_forbidden_is_printed(name: str, rendered: Rendered) -> None:
    whole = reading.text(rendered(name))
    for word in ("削減貢献量", "署名", "signed.", "signature", "カーボンニュートラル材", "円"):
        assert word not in whole


def test_the_figures_of_a_train_set_are_rounded_as_documents_are(rendered: Rendered) -> None:
    front = reading.page_text(rendered("train_set"), 1)
    for figure in ("50,000kg-CO2e", "119,036kg-CO2e", "10,226.495kg×11.64", "16両×3,125kg", "79.8%", "67.7%", "16.9%"):
        assert figure in front
    assert "119,036.401kg-CO2e" in reading.page_text(rendered("train_set"), 2)


@pytest.mark.parametrize("name", [name for name, made in SAMPLES.items() if made().recycled.rest_g])
def test_the_shares_of_the_origins_add_up_to_the_total_under_them(name: str, rendered: Rendered) -> None:
    certificate = SAMPLES[name]()
    _, table = reading.text(rendered(name)).split("Wherethemetalcamefrom")
    printed = re.findall(r"\.\d{3}(\d+\.\d)%", table[: table.index("合計Total")])
    assert len(printed) == len(certificate.origins)
    assert sum(map(Decimal, printed)) == Decimal("100.0")
    rest = [share for share, each in zip(printed, certificate.origins, strict=True) if each.group in GROUPS[3:]]
    assert sum(map(Decimal, rest)) == Decimal(figures.shares(certificate.recycled)[3])


def test_without_a_unit_factor_the_figure_by_unit_says_so(rendered: Rendered) -> None:
    assert "—（係数なし）" in reading.page_text(rendered("two_customers"), 1)


def test_what_a_kilogram_avoids_comes_from_the_factors_of_the_certificate() -> None:
    certificate = SAMPLES["truck_body"]()
    changed = [
        replace(factor, value="10") if factor.key == "footprint.primary" else factor for factor in certificate.factors
    ]
    assert per_recycled_kg(certificate) == "11.64"
    assert per_recycled_kg(replace(certificate, factors=tuple(changed))) == "9.7"


def test_five_lines_are_in_the_annex_with_their_figures(rendered: Rendered) -> None:
    certificate = SAMPLES["five_lines"]()
    assert "別紙" in reading.page_text(rendered("five_lines"), 1)
    annex = reading.page_text(rendered("five_lines"), 2)
    for line in certificate.lines:
        assert line.delivery is not None
        assert line.delivery in annex


@pytest.mark.parametrize("name", SAMPLES)
def test_days_are_written_as_japanese_writes_them(name: str, rendered: Rendered) -> None:
    """Found by a trial: 2026-11-25 in the tables beside 2026年11月25日 in the head."""
    whole = reading.text(rendered(name))
    assert not re.search(r"20\d\d-\d\d-\d\d", whole)
    for step in SAMPLES[name]().steps:
        assert japanese_date(step.ended_on) in whole
