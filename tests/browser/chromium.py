"""A real Chromium: the one that is named, or found, or can be installed here; never a silent skip."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
)
ROOT = 0


class NoBrowser(RuntimeError):
    """No Chromium could be found or installed; the message says what to do."""


def program() -> str | None:
    """Where Chromium is, or None where Playwright brought its own."""
    named = os.environ.get("CHROME_BIN")
    if named:
        return named
    return _on_the_path() or _of_playwright() or _of_debian()


def _on_the_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _of_playwright() -> str | None:
    """Playwright's own build, where this machine can reach it."""
    with sync_playwright() as playwright:
        there = Path(playwright.chromium.executable_path)
    if not there.exists():
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, check=False, capture_output=True, timeout=300)
    return str(there) if there.exists() else None


def _of_debian() -> str:
    if os.geteuid() == ROOT and shutil.which("apt-get"):
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "chromium", "fonts-noto-cjk"]):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(command, check=False, capture_output=True, timeout=900, env=environment)
        found = _on_the_path()
        if found:
            return found
    raise NoBrowser("The browser tests need Chromium: install it, or name it in CHROME_BIN.")


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser, closed afterwards."""
    path = program()
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == ROOT else list(QUIET)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            browser.close()
