"""What cannot be printed is refused by name before a number is spent on it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from certificates.content import Certificate, Party
from certificates.fonts import Fonts
from certificates.pdf import CannotPrint, check, render
from tests.certificates.samples import SAMPLES, certificates


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_can_be_printed(name: str, fonts: Fonts) -> None:
    check(SAMPLES[name](), fonts)


def _refused(certificate: Certificate, fonts: Fonts) -> CannotPrint:
    with pytest.raises(CannotPrint) as refusal:
        check(certificate, fonts)
    return refusal.value


def test_a_missing_glyph_is_named_with_its_field(fonts: Fonts) -> None:
    certificate = SAMPLES["truck_body"]()
    assert certificate.recipient is not None
    recipient = replace(certificate.recipient, name_ja="例示\U0001f69a運輸")
    refusal = _refused(replace(certificate, recipient=recipient), fonts)
    assert (refusal.field, refusal.characters) == ("recipient.name_ja", "\U0001f69a")


def test_a_glyph_missing_deep_in_a_table_is_named(fonts: Fonts) -> None:
    certificate = SAMPLES["train_set"]()
    origins = (certificate.origins[0], replace(certificate.origins[1], slip="W₂"), *certificate.origins[2:])
    refusal = _refused(replace(certificate, origins=origins), fonts)
    assert (refusal.field, refusal.characters) == ("origins[1].slip", "₂")


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("recipient.name_ja", {"recipient": Party(None, "長" * 300, "Long")}),
        ("recipient.name_en", {"recipient": Party(None, "長", "W" * 400)}),
        ("issuer.name_ja", {"issuer": Party(None, "長" * 80, "Long")}),
        ("verify_url", {"verify_url": "https://" + "very-long-host." * 9 + "example.jp/c/9R6Z4T7K2M8Q0V5X3C1B7N9W4D"}),
        ("verify_url", {"verify_url": "https://loop.example.jp/c?x=1"}),
        ("quote", {"quote": "Q" * 400}),
    ],
)
def test_a_text_that_does_not_fit_is_named(field: str, change: dict[str, object], fonts: Fonts) -> None:
    refusal = _refused(replace(SAMPLES["truck_body"](), **change), fonts)  # type: ignore[arg-type]
    assert (refusal.field, refusal.characters) == (field, "")


@given(certificate=certificates())
@settings(max_examples=40, deadline=None)
def test_whatever_is_not_refused_is_rendered(certificate: Certificate, fonts: Fonts) -> None:
    printable = replace(certificate, verify_url=SAMPLES["truck_body"]().verify_url, check="K7QX2M4D")
    try:
        check(printable, fonts)
    except CannotPrint:
        return
    assert render(printable, fonts).startswith(b"%PDF")


def test_a_code_that_is_never_printed_is_not_checked(fonts: Fonts) -> None:
    certificate = SAMPLES["truck_body"]()
    assert certificate.recipient is not None
    check(replace(certificate, recipient=replace(certificate.recipient, code="\U0001f69a")), fonts)
