import re
from dataclasses import replace

import pytest

from app.lookups.verdict import Genuine, Revoked, Superseded
from app.pages.verify.states import status_code
from tests.certificates.cases import SAMPLES
from tests.pages.verify.markup import Page
from tests.pages.verify.states import (
    DONE,
    HOST,
    LOCALES,
    REASON,
    REPLACEMENT,
    SHOWING,
    SILENT,
    STATES,
    rendered,
    shown,
    unnamed,
)

WORDS = {
    "valid": ("有効", "Valid", "この証明書は本物で、現在有効です。", "This certificate is genuine and valid today."),
    "expired": (
        "期限切れ", "Expired", "本物ですが、有効期限（2029年11月19日）を過ぎています。",
        "Genuine, but past its date (19 November 2029).",
    ),
    "revoked": (
        "取消", "Revoked", "この証明書は取り消されました。使わないでください。",
        "This certificate has been revoked. Do not use it.",
    ),
    "superseded": (
        "差替", "Superseded", "新しい証明書に差し替えられました。新しいほうをお使いください。",
        "A new certificate replaces this one. Use the new one.",
    ),
    "altered": (
        "改ざんの疑い", "Altered", "この文書は、発行したものと一致しません。",
        "This document does not match what was issued.",
    ),
    "unknown": (
        "該当なし", "Not found", "この番号の証明書はありません。番号をお確かめください。",
        "There is no certificate with this number. Check the number.",
    ),
    "unchecked": (
        "確認できません", "Cannot be checked", "いまは状態を確かめられません。有効とは限りません。",
        "We cannot check its status now. It may not be valid.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", WORDS)
def test_the_verdict_comes_first_in_both_languages_with_its_sentence_and_the_time(name: str, locale: str):
    page = Page(rendered(STATES[name], locale))
    verdict = page.by_class("verdict")[0]
    ja, en, sentence_ja, sentence_en = WORDS[name]
    heading = page.all("h1")[0].text.split(" ", 1) if locale == "ja" else page.all("h1")[0].text.rsplit(" ", 1)
    assert [word.strip() for word in heading] == ([ja, en] if locale == "ja" else [en, ja])
    assert (sentence_ja if locale == "ja" else sentence_en) in verdict.text
    time = "2026年11月24日 10:42 に確認" if locale == "ja" else "Checked 24 November 2026, 10:42 JST"
    assert time in verdict.text
    assert page.all("time")[0].attributes["datetime"] == "2026-11-24T10:42+09:00"


@pytest.mark.parametrize("name", STATES)
def test_each_state_has_its_own_look_and_icon(name: str):
    icons = {rendered(state).split('<svg class="icon"')[1].split("</svg>")[0] for state in STATES.values()}
    assert len(icons) == len(STATES)
    assert Page(rendered(STATES[name])).by_class("verdict")[0].attributes["class"] == f"verdict {name}"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", SILENT)
def test_altered_unknown_and_unchecked_show_no_figures_and_nothing_to_download(name: str, locale: str):
    page = Page(rendered(SILENT[name], locale))
    assert "kg" not in page.words
    assert "GMC-" not in page.words
    assert not page.all("table")
    assert not page.by_class("flow")
    links = [link.attributes["href"] or "" for link in page.all("a")]
    assert not [link for link in links if link.endswith((".json", ".pdf"))]


@pytest.mark.parametrize("name", ["revoked", "superseded"])
@pytest.mark.parametrize("locale", LOCALES)
def test_a_withdrawn_certificate_shows_old_figures_only_inside_closed_details(name: str, locale: str):
    page = Page(rendered(SHOWING[name], locale))
    for element in [*page.by_class("key"), *page.all("table"), *page.by_class("flow"), *page.by_class("cfp")]:
        assert "details" in element.path
    assert all("open" not in element.attributes for element in page.all("details"))
    outside = re.sub(r"<details.*?</details>", "", rendered(SHOWING[name], locale).split("</style>")[1], flags=re.S)
    assert not re.search(r"\d kg|8,000", outside)


def test_a_revoked_certificate_says_when_why_and_what_to_use_instead():
    page = Page(rendered(SHOWING["revoked"]))
    assert "2026年11月18日 16:20" in page.words
    assert REASON in page.words
    assert "GMC-2026-000014" in page.words
    assert REPLACEMENT.verify_url in [link.attributes["href"] for link in page.by_class("main")]


def test_a_certificate_revoked_without_replacement_says_so():
    words = Page(rendered(Revoked(shown(), DONE, REASON, None), "en")).words
    assert "No certificate replaces it." in words
    assert "The certificate to use instead" not in words


def test_a_certificate_whose_replacement_is_being_made_asks_for_patience():
    page = Page(rendered(Superseded(shown(), DONE, None), "en"))
    assert "The new certificate is being issued." in page.words
    assert not page.by_class("next")


@pytest.mark.parametrize("name", STATES)
def test_green_is_for_the_valid_alone(name: str):
    body = Page(rendered(STATES[name])).all("body")[0]
    assert body.attributes["class"] == f"is-{name}"
    assert re.findall(r"[^{}\s]+{--claim:[^{}]*}", rendered(STATES[name])) == [".is-valid{--claim:var(--green)}"]


@pytest.mark.parametrize("name", STATES)
def test_each_page_has_one_main_button_at_most(name: str):
    assert len(Page(rendered(STATES[name])).by_class("main")) <= 1


@pytest.mark.parametrize("locale", LOCALES)
def test_a_recipient_who_is_not_named_stands_nowhere_on_the_page(locale: str):
    named, page = SAMPLES["train_set"](), Page(rendered(Genuine(unnamed(SAMPLES["train_set"]())), locale))
    assert named.recipient
    secrets = [named.recipient.name_ja, named.recipient.name_en, *named.delivery_notes]
    for origin in named.origins:
        secrets += [mark for mark in (origin.lot, origin.slip, origin.vehicle) if mark]
    for line in named.lines:
        secrets += [mark for mark in (line.lot, line.delivery) if mark]
    steps = {step.number for step in named.steps}  # a namespace of their own, and public
    assert [secret for secret in secrets if secret in page.source and secret not in steps] == []
    assert not [link for link in page.all("a") if (link.attributes["href"] or "").endswith(".pdf")]
    wish = "発行先の希望により" if locale == "ja" else "At the recipient's wish"
    assert wish in page.words
    assert "H26-1023" in page.words


def test_a_pdf_is_not_offered_without_a_name_even_if_there_is_one():
    state = Genuine(replace(unnamed(), pdf_available=True))
    assert not [link for link in Page(rendered(state)).all("a") if (link.attributes["href"] or "").endswith(".pdf")]


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_claimed_is_said_calmly(locale: str):
    page = Page(rendered(Genuine(shown(SAMPLES["all_primary"]())), locale))
    assert "nil" in (page.by_class("key")[0].attributes["class"] or "")
    assert ("削減量の記載はありません" if locale == "ja" else "Nothing is claimed") in page.words
    assert ("—（係数なし）" if locale == "ja" else "— (no factor)") in page.words


def test_what_was_checked_mentions_no_signature():
    for locale in LOCALES:
        assert not re.search("署名|signature|signed", Page(rendered(STATES["valid"], locale)).words)


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_names_the_host_and_offers_the_other_language(name: str, locale: str):
    page = Page(rendered(STATES[name], locale))
    assert page.all("html")[0].attributes["lang"] == locale
    assert HOST in page.all("footer")[0].text
    link = page.by_class("lang")[0].attributes
    assert link["href"] == ("?lang=en" if locale == "ja" else "?lang=ja")
    assert link["hreflang"] == link["lang"] == ("en" if locale == "ja" else "ja")


def test_status_codes_follow_the_state():
    codes = {name: status_code(state) for name, state in STATES.items()}
    assert codes == dict.fromkeys(("valid", "expired", "revoked", "superseded", "altered"), 200) | {
        "unknown": 404, "no-document": 404, "unchecked": 503,
    }  # fmt: skip
