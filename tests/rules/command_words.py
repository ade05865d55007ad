"""What a command says outside the catalogue.

A command's help is written before anybody's language is known, so it says everything in both, Japanese first.
"""

import ast
import re
from collections.abc import Iterator
from typing import TypeGuard

from tests.rules.words import JAPANESE, Found, has_phrase, has_word

FROM_THE_CATALOGUE = {"marked": 0, "say": 1, "tell": 0}
PRINTS = {"echo", "secho", "print", "write", "confirm", "prompt", "ClickException", "UsageError", "BadParameter"}
HELPS = {"help", "short_help", "epilog", "prompt"}
BOTH = re.compile(rf"{JAPANESE.pattern}[^\n]*?[A-Za-z]{{2,}}", re.DOTALL)


class Text(ast.Constant):
    """A literal text, for the types alone."""

    value: str


def untranslated(source: str, data: frozenset[str] = frozenset()) -> list[Found]:
    """Every text of a module of commands in one language only; ``data`` is what it writes in the books instead."""
    tree = ast.parse(source)
    printed, helps = set(_printed(tree)), set(_helps(tree))
    passed_over = {*_docstrings(tree), *_looked_up(tree)} - helps
    found = [Found(node.lineno, ast.unparse(node)) for node in printed if _is_str_of(node)]
    for node in filter(_is_text, ast.walk(tree)):
        read = bool if node in helps else has_word if node in printed else has_phrase
        if node not in passed_over and node.value not in data and read(node.value) and not BOTH.search(node.value):
            found.append(Found(node.lineno, node.value))
    return sorted(found)


def _helps(tree: ast.AST) -> Iterator[ast.AST]:
    """What --help prints: the docstrings of commands and groups, and the help of options."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and {"command", "group"} & {_called(each) for each in node.decorator_list}:
            yield from _docstring(node)
        elif isinstance(node, ast.keyword) and node.arg in HELPS:
            yield from filter(_is_text, ast.walk(node))


def _docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _docstring(node)


def _docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.Constant]:
    match node.body:
        case [ast.Expr(value=ast.Constant(value=str()) as said), *_]:
            yield said


def _looked_up(tree: ast.AST) -> Iterator[ast.AST]:
    """The sentences that the catalogue is asked for."""
    for node in ast.walk(tree):
        at = FROM_THE_CATALOGUE.get(_called(node))
        if isinstance(node, ast.Call) and at is not None and len(node.args) > at:
            yield from _literals(node.args[at])


def _literals(node: ast.expr) -> Iterator[ast.AST]:
    """A literal, or either branch of a choice: no sentence that is put together can be in the catalogue."""
    if isinstance(node, ast.IfExp):
        yield from (*_literals(node.body), *_literals(node.orelse))
    else:
        yield node


def _printed(tree: ast.AST) -> Iterator[ast.AST]:
    """What stands in a call that prints, however deep, but for the names of what is looked up there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in PRINTS:
            for argument in node.args:
                yield from _read_of(argument)


def _read_of(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of an expression that are printed: no key, no attribute of a call within it, no format."""
    yield node
    match node:
        case ast.Subscript() | ast.Compare() | ast.Call():
            return
        case ast.FormattedValue():
            yield from _read_of(node.value)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _read_of(child)


def _is_text(node: ast.AST) -> TypeGuard[Text]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_str_of(node: ast.AST) -> TypeGuard[ast.Call]:
    """``str(…)`` of an exception or a record is whatever its own module wrote, in the language of the sources."""
    return isinstance(node, ast.Call) and _called(node) in ("str", "repr")


def _called(node: ast.AST) -> str:
    """The name of what is called, or of a decorator without a call."""
    called = node.func if isinstance(node, ast.Call) else node
    match called:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
