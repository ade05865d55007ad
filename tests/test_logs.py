"""A line of the log is whole, whatever else is written at the same time."""

import io
import sys
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask

from app import logs


class Writes(io.StringIO):
    """Remembers what was written in one go."""

    def __init__(self) -> None:
        super().__init__()
        self.each: list[str] = []

    def write(self, text: str) -> int:
        self.each.append(text)
        return len(text)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    before, file = structlog.get_config(), Writes()
    monkeypatch.setattr(sys, "stderr", file)
    logs.install(Flask(__name__))
    yield file.each
    structlog.configure(**before)


def test_a_line_and_its_end_are_written_in_one_go(written: list[str]) -> None:
    """Or gunicorn, whose lines other threads write to the same file, gets in between."""
    structlog.get_logger().info("request", path="/api/v1/溶解")
    [line] = written
    assert line.endswith('"}\n')
    assert "溶解" in line
