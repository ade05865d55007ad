"""What a template says outside the catalogue."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

from tests.rules.words import Found, has_phrase, has_word

FROM_THE_CATALOGUE = {"_", "both", "raw"}
READ_OUT = re.compile(r"title|alt|placeholder|label|summary|aria-(?:label|description|roledescription|valuetext)")
ATTRIBUTE = re.compile(r'[a-z-]+="[^"]*"')  # a macro may write attributes where its template has no tag around them
NOT_READ = {"script", "style"}
FILLED_IN = "\ufffc"
JINJA = Environment()


def untranslated(template: str) -> list[Found]:
    """Every text of a template that is in one language only."""
    page = _Page()
    page.feed(re.sub(r"</?sub>", "", _as_html(template)))  # a subscript is in the midst of a word
    page.close()
    said = {Found(line, text) for line, text in _constants(JINJA.parse(template)) if has_phrase(text)}
    return sorted({*page.found, *said})


def _as_html(template: str) -> str:
    """The template with its expressions replaced by what they may print as it stands, and its statements left out."""
    parts: list[str] = []
    expression: list[str] | None = None
    for _, kind, text in JINJA.lex(template):
        if kind == "variable_begin":
            expression = []
        elif kind == "variable_end" and expression is not None:
            parts.append(_printed_by("".join(expression)))
            parts.append("\n" * "".join(expression).count("\n"))
            expression = None
        elif expression is not None:
            expression.append(text)
        else:
            parts.append(text if kind == "data" else "\n" * text.count("\n"))
    return "".join(parts)


def _printed_by(expression: str) -> str:
    [output] = JINJA.parse("{{" + expression + "}}").body
    assert isinstance(output, nodes.Output)
    texts = (text.replace('"', "").replace("<", "&lt;") for node in output.nodes for text in _printed(node))
    return FILLED_IN + FILLED_IN.join(texts) + FILLED_IN


def _printed(node: nodes.Node | None) -> Iterator[str]:
    """The literals that an expression prints: either branch of a choice, what is put together, what joins a list."""
    match node:
        case nodes.Const(value=str(text)):
            yield text
        case nodes.CondExpr():
            yield from (*_printed(node.expr1), *_printed(node.expr2))
        case nodes.Concat():
            yield from (text for each in node.nodes for text in _printed(each))
        case nodes.Add() | nodes.Or() | nodes.And():
            yield from (*_printed(node.left), *_printed(node.right))
        case nodes.Filter(name="join" | "default"):
            yield from (*_printed(node.node), *(text for each in node.args for text in _printed(each)))
        case nodes.Filter():
            yield from _printed(node.node)


def _constants(node: nodes.Node) -> Iterator[Found]:
    """Every literal of a template's expressions and statements that is not looked up in the catalogue."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield Found(node.lineno, node.value)
    sentence = _looked_up(node)
    for child in node.iter_child_nodes():
        if child is not sentence:
            yield from _constants(child)


def _looked_up(node: nodes.Node) -> nodes.Node | None:
    """The literal sentence that a call asks the catalogue for."""
    match node:
        case nodes.Call(node=nodes.Name(name=name), args=[nodes.Const() as sentence, *_]) if name in FROM_THE_CATALOGUE:
            return sentence
    return None


class _Page(HTMLParser):
    """Finds words in texts and in attributes; scripts and styles are not read by people."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag
        for name, text in attrs:
            read = has_word if READ_OUT.fullmatch(name) else has_phrase if name.startswith("data-") else None
            if read and read(text or ""):
                self.found.append(Found(self.getpos()[0], f"{name}: {text}".replace(FILLED_IN, "…")))

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within not in NOT_READ and has_word(ATTRIBUTE.sub(" ", data)):
            self.found.append(Found(self.getpos()[0], " ".join(data.replace(FILLED_IN, "…").split())))
