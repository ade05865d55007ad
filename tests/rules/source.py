"""The source as the rules read it: files as the repository lists them, modules as syntax trees."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
PRODUCT = ("app", "certificates", "migrations", "config.py", "wsgi.py")
REVISIONS = PurePosixPath("migrations/versions")
OURS = ("app", "certificates", "config", "tests", "wsgi")


@dataclass(frozen=True)
class Import:
    """One imported module, by its full name, and the line it is imported on."""

    module: str
    line: int

    @property
    def package(self) -> str:
        return self.module.partition(".")[0]

    @property
    def is_external(self) -> bool:
        return self.package not in sys.stdlib_module_names and self.package not in OURS


@dataclass(frozen=True)
class Module:
    """One Python file, by its path from the top of the repository."""

    path: PurePosixPath

    def __str__(self) -> str:
        return str(self.path)

    @property
    def is_product(self) -> bool:
        return self.path.parts[0] in PRODUCT

    @property
    def room(self) -> str:
        """``app/ledger`` for all it holds, ``app/factory.py`` for a file beside the rooms, else the top-level name."""
        return "/".join(self.path.parts[:2]) if self.path.parts[0] == "app" else self.path.parts[0]

    @property
    def text(self) -> str:
        return (ROOT / self.path).read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))

    def imports(self) -> Iterator[Import]:
        return imports_in(self.tree)


def imports_in(tree: ast.AST) -> Iterator[Import]:
    """Every import below a node. ``from a import b`` counts as ``a.b``: b may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (Import(f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@cache
def _parsed(path: PurePosixPath) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


@cache
def files() -> tuple[PurePosixPath, ...]:
    """What is in the repository, or would be after ``git add``."""
    # The checkout may belong to another user than the one who runs the tests.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(PurePosixPath(name) for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file())


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the repository."""
    return tuple(Module(path) for path in files() if path.suffix == ".py")


@cache
def product() -> tuple[Module, ...]:
    """The Python files that are shipped: all but the tests."""
    return tuple(module for module in modules() if module.is_product)
