"""No page of one language shows the other, but for the small names beside ours and for what people have written."""

import re
from html.parser import HTMLParser

import pytest

from app.records.master_data import KEYED
from app.records.stock import LotFilter
from app.schemas.weighing_slips.header import Column
from tests.house import House
from tests.pages.addresses import everywhere
from tests.pages.visitor import Visitor
from tests.rules.test_wording import PLACES, translated

JAPANESE = re.compile(r"[\u3041-\u30fb\u30fd-\u30ff\u4e00-\u9fff]")
SPOKEN = re.compile(r"title|alt|aria-label|data-(?!items).+")
VOID = {"meta", "link", "input", "img", "br", "hr"}
OTHER = {"ja": "en", "en": "ja"}


class Said(HTMLParser):
    """What a page says in its own language: text, and attributes that are shown or read out."""

    def __init__(self, locale: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._other = OTHER[locale]
        self._open: list[bool] = []  # of each element around: whether it says that it is of the other language

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        foreign = dict(attrs).get("lang") == self._other
        if tag not in VOID:
            self._open.append(foreign)
        if not foreign and not any(self._open):
            self.texts += [text for name, text in attrs if text and SPOKEN.fullmatch(name)]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A shape of a picture: it says nothing and holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._open):
            self.texts.append(" ".join(data.split()))


def written(house: House) -> list[str]:
    """What people and published files have written, longest first: it is shown as it is in both languages."""
    with house.records.reading() as books:
        rows = [row for sheet in KEYED for row in books.master_data.sheet(sheet).values()]
        rows += [{"source": factor.source, "note": factor.note} for factor in books.master_data.factors()]
        rows += [lot.values for lot in books.stock.listed(LotFilter(), 0, 1000)]
    texts = {str(value) for row in rows for value in row.values() if isinstance(value, str)}
    texts |= {"納品先の訂正", "寸法違い", "酸化", "横浜向け", "誰か", "計量票_"}  # reasons, a note, a file
    texts |= {"見積書_横浜向け.pdf", "例示運輸 購買部"}  # another file, and who a pack was for
    texts |= set(Column)  # what a file of slips calls its columns
    return sorted((text for text in texts if len(text) > 1), key=len, reverse=True)


def said(page: str, locale: str, data: list[str]) -> list[str]:
    """The texts of a page without what people have written."""
    parser = Said(locale)
    parser.feed(re.sub(r"</?sub>", "", page))  # a subscript is in the midst of a word
    return [_without(text, data) for text in parser.texts]


def _without(text: str, data: list[str]) -> str:
    for each in data:
        text = text.replace(each, " ")
    return text.strip()


def sentences() -> re.Pattern[str]:
    """English of ours: sentences anywhere in a text, single words where they are all of it."""
    ours = [english for english, japanese in translated().items() if english != japanese and _has_word(english)]
    long = [re.escape(each) for each in ours if len(re.findall(r"[A-Za-z]{2,}", each)) > 1]
    short = [re.escape(each) for each in ours if len(re.findall(r"[A-Za-z]{2,}", each)) == 1]
    anywhere = "|".join(re.sub(r"\\\{\w+\\\}", ".+", each) for each in long)
    return re.compile(rf"(?<![A-Za-z])(?:{anywhere})(?![A-Za-z])|^(?:{'|'.join(short)})$")


def _has_word(english: str) -> bool:
    """Whether a sentence is more than places to fill in and the signs around them."""
    return bool(re.search(r"[a-z]{2}", PLACES.sub("", english)))


@pytest.fixture(scope="module")
def addresses(lived_in: House) -> list[str]:
    return everywhere(lived_in)


def reader(house: House, locale: str) -> Visitor:
    visitor = Visitor(house, locale)
    assert visitor.sign_in("admin").status_code == 303
    return visitor


def test_an_english_page_has_no_japanese_of_ours(lived_in: House, addresses: list[str]) -> None:
    visitor, data = reader(lived_in, "en"), written(lived_in)
    found = {(a, text) for a in addresses for text in said(visitor.open(a), "en", data) if JAPANESE.search(text)}
    assert sorted(found) == []


def test_a_japanese_page_has_no_english_of_ours(lived_in: House, addresses: list[str]) -> None:
    visitor, data, ours = reader(lived_in, "ja"), written(lived_in), sentences()
    found = {(a, text) for a in addresses for text in said(visitor.open(a), "ja", data) if ours.search(text)}
    assert sorted(found) == []


@pytest.mark.parametrize(("locale", "wrong"), [("en", JAPANESE), ("ja", sentences())])
def test_what_is_wrong_would_be_found(locale: str, wrong: re.Pattern[str]) -> None:
    """The two tests above can fail: a sentence of the other language in the text, and one in an attribute."""
    other = {"en": "未送信", "ja": "Save and next"}[locale]
    for page in (f"<p>{other}</p>", f'<a title="{other}">x</a>', f'<b lang="{locale}">{other}</b>'):
        assert any(wrong.search(text) for text in said(page, locale, [])), page
    assert not any(wrong.search(text) for text in said(f'<small lang="{OTHER[locale]}">{other}</small>', locale, []))
