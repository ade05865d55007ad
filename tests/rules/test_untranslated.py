"""No word outside the catalogue: none in a template, in a script of the pages, or in what a command prints."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.rules import command_words, script_words, template_words
from tests.rules.source import ROOT
from tests.rules.words import Found

# Names that the demonstration writes in its books, which are kept in Japanese as its customers' are.
DEMONSTRATED = frozenset({"見本アルミ地金株式会社", "ウイング 大型", "デモ・"})


def found(folder: str, ending: str, untranslated: Callable[[str], list[Found]]) -> Iterator[str]:
    """What stands in one language only in the files of a folder, by file and line."""
    for path in sorted((ROOT / folder).rglob(f"*.{ending}")):
        for line, text in untranslated(path.read_text("utf-8")):
            yield f"{path.relative_to(ROOT)}:{line} {text}"


def test_no_template_says_what_the_catalogue_does_not() -> None:
    assert list(found("app/pages/templates", "html", template_words.untranslated)) == []


def test_no_script_says_what_its_page_did_not_hand_it() -> None:
    assert list(found("app/pages/static", "js", script_words.untranslated)) == []


def test_no_command_says_what_the_catalogue_does_not() -> None:
    untranslated = partial(command_words.untranslated, data=DEMONSTRATED)
    assert list(found("app/cli", "py", untranslated)) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Nobody has translated this sentence here.</p>",
        "<p>{% if x %}{{ y }} lots{% endif %}</p>",
        "<b>保存</b>",
        "<b>{{ to }}（{{ at }}）</b>",
        '<a title="Open">{{ x }}</a>',
        '<input placeholder="例">',
        '<img alt="{{ "A picture" if x else y }}">',
        '<div data-none="Nothing waits."></div>',
        '<p>{{ "Stop" if x else _("Go on") }}</p>',
        '<p>{{ names|join("、") }}</p>',
        '{% set said = "No such lot" %}<p>{{ said }}</p>',
        '{{ m.empty("Nothing here yet", _("Go on")) }}',
        "<style>p { top: 0 }</style>\n<p>Said after a style</p>",
    ],
)
def test_a_template_in_one_language_is_found(template: str) -> None:
    assert template_words.untranslated(template)


@pytest.mark.parametrize(
    "template",
    [
        '<p class="{{ "bad" if x else "note" }}">{{ _("Nobody has translated this.") }}</p>',
        "<p>{{ kg }} kg-CO<sub>2</sub>e/kg · 3 %</p>",
        '<option{% if x %} selected{% endif %} value="lot">{{ both("Lot") }}</option>',
        "<script>const said = 'by a script';</script><style>b { color: red }</style><!-- a comment -->",
        "{# a comment of the template #}{% if kind == 'lot' %}{{ word('KINDS', kind) }}{% endif %}",
        '<p id="h-number">GMC-2026-000001</p>',
    ],
)
def test_a_template_of_the_catalogues_words_is_left_alone(template: str) -> None:
    assert template_words.untranslated(template) == []


@pytest.mark.parametrize(
    "script",
    ['stop.textContent = "Stop";', 'const word = ja ? "やめる" : other;', "button.title = ja ? x : `Look ${again}`;"],
)
def test_a_script_with_words_of_its_own_is_found(script: str) -> None:
    assert script_words.untranslated(script)


def test_a_script_that_fills_in_what_it_was_handed_is_left_alone() -> None:
    script = '// 件 by a comment\nplace.textContent = words.band.replace("{least}", n.toLocaleString("en"));'
    assert script_words.untranslated(script) == []


@pytest.mark.parametrize(
    "source",
    [
        'click.echo("Done.")',
        'click.echo(f"{n} lots")',
        "click.echo(str(difference))",
        'click.echo(f"… {str(law)}")',
        "raise click.ClickException(str(error)) from error",
        'raise click.ClickException(f"There is no {name}.")',
        'said = "in force"\nclick.echo(said)',
        'click.echo("保存しました")',
        'click.echo(say(locale(), f"There is no {name}."))',
        'click.option("--role", help="what somebody may do")',
        'click.option("--role", help="役割")',
        '@click.command("check")\ndef check():\n    """Recompute every balance."""',
        '@group.command()\ndef check():\n    """検算する"""',
    ],
)
def test_a_command_in_one_language_is_found(source: str) -> None:
    assert command_words.untranslated(source)


@pytest.mark.parametrize(
    "source",
    [
        'tell("There is no {name}.", name=name)',
        'click.echo(say(locale(), "Done."))',
        'sentence = marked("Yes, it is.") if done else marked("No, it is not.")\nclick.echo(say(locale(), sentence))',
        "raise click.ClickException(f\"{file.name}: {say(locale(), 'Not this one.')}\")",
        'click.option("--role", help="役割 what somebody may do")',
        '@click.command()\ndef check():\n    """検算する Recompute every balance."""',
        'def check():\n    """A docstring that is printed nowhere."""',
        'click.echo(f"  証明書      certificate       {stored.number}  {kg:,} kg-CO2e")',
        "click.echo(f\"{said['number']}  CO2 {kg} kg\")",
    ],
)
def test_a_command_of_the_catalogues_words_is_left_alone(source: str) -> None:
    assert command_words.untranslated(source) == []
