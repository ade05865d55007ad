"""Who may import whom, and what from outside."""

import ast
import subprocess
import sys

import pytest
from importlinter.cli import lint_imports

from tests.rules.source import ROOT, Import, Module, imports_in, modules, product

WEB = {"flask", "flask_babel", "flask_login", "flask_smorest", "flask_wtf", "werkzeug"}
SQL = {"alembic", "sqlalchemy"}

# What each room may import from outside, besides the standard library. A room that is not named may import nothing.
ALLOWED = {
    "app/access": WEB,
    "app/access.py": WEB,
    "app/api": WEB | {"apispec", "babel", "marshmallow", "structlog", "swagger_ui", "webargs"},
    "app/cli": WEB | {"click", "gunicorn", "structlog"},
    "app/exchange": WEB | {"itsdangerous", "structlog"},
    "app/current": WEB | {"structlog"},
    "app/current.py": WEB | {"structlog"},
    "app/log_lines.py": {"structlog"},
    "app/logs.py": WEB | {"structlog"},
    "app/packing.py": WEB,
    "app/factory.py": WEB | {"structlog"},
    "app/operations": {"argon2", "certifi", "cryptography", "structlog", "urllib3"},
    "app/pages": WEB | {"authlib", "babel", "jinja2", "markupsafe", "structlog"},
    "app/records": SQL | {"structlog"},
    "app/schemas": {"PIL", "defusedxml", "marshmallow", "openpyxl"},
    "app/wording": {"babel"},
    "certificates": {"fontTools", "pikepdf", "pyhanko", "qrcode", "reportlab", "rfc8785"},
    "migrations": SQL,
}


def listed(found: list[str]) -> str:
    return "\n".join(["", *found])


def test_import_linter_finds_every_contract_kept(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


def test_each_room_imports_from_outside_only_what_it_is_for():
    strangers = [
        f"{module}:{found.line} imports {found.module}"
        for module in product()
        for found in module.imports()
        if found.is_external and found.package not in ALLOWED.get(module.room, set())
    ]
    assert not strangers, listed(strangers)


def test_the_shipped_code_never_imports_the_tests():
    found = [f"{m}:{i.line}" for m in product() for i in m.imports() if i.package == "tests"]
    assert not found, listed(found)


def test_config_imports_nothing_of_the_house_and_is_read_by_the_factory_and_the_doors_alone():
    readers = {module.room for module in product() if any(found.package == "config" for found in module.imports())}
    allowed = {"wsgi.py", "app/factory.py", "app/current.py", "app/pages", "app/api", "app/cli"}
    assert readers <= allowed
    own = [found.module for module in product() if module.room == "config.py" for found in module.imports()]
    assert not [name for name in own if name.startswith(("app", "certificates"))]


def test_nothing_is_imported_inside_a_function():
    inside: list[str] = []
    for module in modules():
        for function in module.functions():
            inside += [f"{module}:{found.line} in {function.name}" for found in imports_in(function)]
            inside += [f"{module}:{call.lineno} in {function.name}" for call in _calls(function, "import_module")]
    assert not inside, listed(inside)


def _calls(tree: ast.AST, name: str) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if ast.unparse(call.func).rpartition(".")[2] == name]


def test_the_environment_is_read_in_config_alone():
    names = {"environ", "environb", "getenv", "getenvb", "putenv"}
    readers = [
        f"{module}:{node.lineno} {ast.unparse(node)}"
        for module in product()
        if module.room != "config.py"
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Attribute) and node.attr in names and ast.unparse(node.value) == "os")
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and names & {alias.name for alias in node.names})
    ]
    assert not readers, listed(readers)


@pytest.mark.parametrize("room", ["app", "app.ledger", "app.carbon", "certificates"])
def test_a_pure_room_loads_neither_the_web_nor_a_database(room: str):
    script = f"""
import importlib, pkgutil, sys
room = importlib.import_module({room!r})
for module in pkgutil.walk_packages(room.__path__, room.__name__ + ".") if {room != "app"} else ():
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(*sorted({{"flask", "werkzeug", "sqlalchemy", "alembic", "psycopg"}} & set(sys.modules)))
"""
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == []


def test_the_rules_see_what_they_look_for():
    assert [found.module for found in imports_in(ast.parse("from flask import g\nimport os.path"))] == [
        "flask.g",
        "os.path",
    ]
    assert Import("sqlalchemy.orm", 1).is_external
    assert not Import("app.ledger", 1).is_external
    assert {"app/ledger", "app/records", "certificates", "config.py"} <= {module.room for module in product()}
    assert all(isinstance(module, Module) for module in modules())
