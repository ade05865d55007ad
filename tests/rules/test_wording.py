"""No string of one language only: every sentence of the sources has its Japanese, and no Japanese is left over."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.records.verification import laws
from app.wording.catalogue import say, translations
from app.wording.names import LAWS

APP = Path(__file__).parents[2] / "app"
SPEAKERS = {"marked": 0, "say": 1, "tell": 0}
IN_TEMPLATES = re.compile(r"""(?<!\w)(?:_|both|raw)\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
PLACES = re.compile(r"\{(\w+)\}")


def spoken() -> Iterator[str]:
    """Every sentence that the sources say or mark."""
    for source in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                at = SPEAKERS.get(name)
                if at is not None and len(node.args) > at:
                    yield from _literals(node.args[at])
    for template in APP.rglob("*.html"):
        yield from (ast.literal_eval(found) for found in IN_TEMPLATES.findall(template.read_text("utf-8")))


def _literals(node: ast.expr) -> Iterator[str]:
    """The texts an expression can be: a literal, or either branch of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_literals(node.body), *_literals(node.orelse))


def translated() -> dict[str, str]:
    found: dict[str, str] = {}
    for resource in files("app.wording").joinpath("ja").iterdir():
        with Path(str(resource)).open("rb") as file:
            found |= {str(m.id): str(m.string) for m in read_po(file, locale="ja") if m.id}
    return found


def test_no_sentence_has_two_translations() -> None:
    """The files are merged, so that of two translations one would win wherever the sentence is said."""
    found: dict[tuple[str, str | None], dict[str, str]] = {}
    for path in sorted((APP / "wording" / "ja").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="ja"):
                found.setdefault((str(message.id), message.context), {})[path.name] = str(message.string)
    assert {said: by_file for said, by_file in found.items() if len(set(by_file.values())) > 1} == {}


def test_every_sentence_has_its_japanese() -> None:
    missing = sorted({sentence for sentence in spoken() if translations("ja").gettext(sentence) == sentence})
    assert missing == []


def test_both_languages_have_the_same_places_to_fill() -> None:
    for english, japanese in translated().items():
        assert set(PLACES.findall(english)) >= set(PLACES.findall(japanese)), english


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_sentence_is_filled_in_both_languages(locale: str) -> None:
    assert "S26-1" in say(locale, "There is no lot {value}.", value="S26-1")


def test_every_law_of_the_books_is_called_something() -> None:
    assert {law.name for law in laws()} - set(LAWS) == set()
