"""The shape of the house: what stands at the top, how long things are, how they are called."""

import re

from tests.rules.source import REVISIONS, ROOT, files, modules

TOP_LEVEL = {
    "Makefile",
    "README.md",
    "app",
    "certificates",
    "config.py",
    "docs",
    "migrations",
    "requirements.txt",
    "tests",
    "wsgi.py",
}
NAMES_THAT_SAY_NOTHING = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 50

# A repository is read on other machines than the one it was written on.
# Homes as they are on any machine, and wherever this checkout stands right now.
MACHINE_PATHS = re.compile(
    rb"(?<![\w.-])(?:/(?:root|home/\w+|Users/\w+)|" + re.escape(str(ROOT)).encode() + rb")(?:/|\b(?![\w-]))"
)
REGISTRY = re.compile(rb"pypi\.(?:org|python\.org)|pythonhosted\.org|--(?:extra-)?index-url|--find-links|/simple/")


def test_the_top_level_is_what_was_agreed():
    top = {path.parts[0] for path in files() if not path.parts[0].startswith(".")}
    assert top == TOP_LEVEL


def test_every_room_says_its_law():
    silent = [
        str(module)
        for module in modules()
        if module.is_product and module.path.name == "__init__.py" and not module.text.startswith('"""')
    ]
    assert not silent


def test_no_file_is_longer_than_a_reader_can_hold():
    # A revision that has run somewhere is never edited again, so it is not split either.
    lengths = {str(m): len(m.text.splitlines()) for m in modules() if not m.path.is_relative_to(REVISIONS)}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{module}:{function.lineno} {function.name}"
        for module in modules()
        if not module.path.is_relative_to(REVISIONS)
        for function in module.functions()
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_names_say_what_is_inside():
    empty = [
        str(path)
        for path in files()
        if any(NAMES_THAT_SAY_NOTHING & set(re.split(r"[^a-z]+", part.lower())) for part in path.parts)
    ]
    assert empty == []


def test_no_file_knows_the_machine_it_was_written_on():
    known = [
        f"{path}:{number}"
        for path in files()
        if path.name != "test_shape.py"
        for number, line in enumerate((ROOT / path).read_bytes().splitlines(), start=1)
        if MACHINE_PATHS.search(line) or REGISTRY.search(line)
    ]
    assert known == []


def test_the_rule_on_machine_paths_finds_them_and_leaves_addresses_alone():
    for written in (f"cd {ROOT}".encode(), b'"/root/.cache"', b"/home/me/x", b"see /Users/me"):
        assert MACHINE_PATHS.search(written), written
    for address in (b"GET /homes", b"/c/ABC", b'href="/home"', b"tests/root/x", b"/root-causes"):
        assert not MACHINE_PATHS.search(address), address
