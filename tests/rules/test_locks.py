"""The locked requirements: complete, hashed, and the same wherever they are installed from."""

import re
from pathlib import PurePosixPath

import pytest

from tests.rules.source import ROOT, files

LOCKS = ("requirements.txt", "tests/requirements.txt")
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)")


def pins(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text().splitlines()
    return {found[1]: found[2] for line in lines if (found := PIN.match(line))}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock: str):
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=\S)", text)
    loose = [entry.splitlines()[0] for entry in entries if not entry.startswith("#") and "--hash=sha256:" not in entry]
    assert loose == []
    assert pins(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_says_how_it_was_made(lock: str):
    assert "make lock" in (ROOT / lock).read_text().partition("==")[0]


def test_the_tests_run_on_the_versions_that_are_shipped():
    shipped, tested = pins("requirements.txt"), pins("tests/requirements.txt")
    assert shipped.items() <= tested.items()


def test_only_two_lists_of_requirements_are_locked():
    assert [str(path) for path in files() if path.name == "requirements.txt"] == list(LOCKS)
    assert PurePosixPath(".requirements.in") in files()
    assert PurePosixPath("tests/requirements.in") in files()
