"""A real Chromium: the one that is named, or found, or can be installed here; never a silent skip.

``make test`` runs this before the tests: an installation takes longer than a test may.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    found = _on_the_path()
    if found:
        return found
    with _alone():
        return _on_the_path() or _of_playwright() or _of_debian()


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time installs; the others wait and then find what it installed."""
    with (Path(tempfile.gettempdir()) / "browser-for-tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _tried(command: list[str], seconds: int) -> None:
    """Run a command that may fail or take for ever, as without a network: whether it helped is seen afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(command, check=False, capture_output=True, timeout=seconds, env=environment)


def _on_the_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _of_playwright() -> str | None:
    """Playwright's own build, where this machine can reach it."""
    with sync_playwright() as playwright:
        there = Path(playwright.chromium.executable_path)
    if not there.exists():
        print("Installing Chromium for the tests …", flush=True)
        _tried([sys.executable, "-m", "playwright", "install", "chromium"], 300)
    return str(there) if there.exists() else None


def _of_debian() -> str:
    if os.geteuid() == ROOT and shutil.which("apt-get"):
        _tried(["apt-get", "update"], 300)
        _tried(["apt-get", "install", "-y", "chromium", "fonts-noto-cjk"], 900)
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


if __name__ == "__main__":
    try:
        program()
    except NoBrowser as error:
        sys.exit(str(error))
