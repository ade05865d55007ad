"""`make run` as a newcomer has it: a real server process, its PDFs, and what their QR codes open."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from certificates.figures import whole_kg

ROOT = Path(__file__).parents[2]
START_S = 90


@dataclass
class Served:
    """A server that answers, what it printed before, and its data directory."""

    port: int
    folder: Path
    log: Path

    def get(self, address: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    @property
    def printed(self) -> str:
        return self.log.read_text("utf-8")

    @property
    def pdfs(self) -> list[Path]:
        return sorted((self.folder / "certificates").glob("*.pdf"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, *flags: str) -> Iterator[Served]:
    """The server on a free port; stopped as an operator stops it."""
    served = Served(free_port(), folder, folder / "server.log")
    environment = {**os.environ, "DATA_DIR": str(folder), "PORT": str(served.port)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", *flags]
    with served.log.open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_until_ready(served, process)
            yield served
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(40) == 0


def wait_until_ready(served: Served, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        assert process.poll() is None, served.printed
        try:
            if served.get(f"http://127.0.0.1:{served.port}/health/ready")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(served.printed)


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("demonstration"), "--demonstration") as served:
        yield served


def scanned(pdf: Path) -> tuple[str, str]:
    """The QR's text, decoded from the page at 150 dpi, and the page's own text."""
    page = pypdfium2.PdfDocument(pdf)[0]
    [symbol] = zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())
    return symbol.text, page.get_textpage().get_text_range()


def certificates(served: Served) -> list[tuple[str, bytes, dict[str, Any]]]:
    """(text of the PDF, page behind its QR, its public JSON) of each certificate."""
    found = []
    for pdf in served.pdfs:
        address, text = scanned(pdf)
        _, page = served.get(address)
        _, said = served.get(f"{address}.json")
        found.append((text, page, json.loads(said)))
    return found


def test_each_qr_code_opens_a_page_whose_figures_are_the_pdfs_and_the_jsons(demonstrated: Served) -> None:
    found = certificates(demonstrated)
    assert len(found) >= 4
    for text, page, said in found:
        claim = whole_kg(int(float(said["certificate"]["avoided_co2"]["claimed_kg"]) * 1000))
        assert claim in text
        assert claim in page.decode()
        assert said["certificate"]["number"] in text
        assert said["certificate"]["number"] in page.decode()


def test_the_demonstration_has_what_it_promises(demonstrated: Served) -> None:
    claims = {}
    for _, page, said in certificates(demonstrated):
        certificate = said["certificate"]
        claims[certificate["number"]] = certificate["avoided_co2"]["claimed_kg"]
        assert said["status"] == "issued"
        assert "有効" in page.decode()
    body, train = claims["GMC-2026-000001"], claims["GMC-2026-000003"]
    assert (body, train) == ("8000", "50000")
    bound = [s["certificate"]["avoided_co2"] for _, _, s in certificates(demonstrated)]
    assert any(c["by_unit_kg"] and c["claimed_kg"] == c["by_mass_kg"] != c["by_unit_kg"] for c in bound)
    shared = [s["certificate"]["recycled"] for _, _, s in certificates(demonstrated)]
    assert any(r["closed_loop_kg"] not in ("0", None) and r["closed_loop_kg"] != r["post_consumer_kg"] for r in shared)


def test_a_newcomer_is_told_addresses_a_pdf_and_where_the_keys_lie(demonstrated: Served) -> None:
    assert f"http://127.0.0.1:{demonstrated.port}/" in demonstrated.printed
    assert str(demonstrated.pdfs[0]) in demonstrated.printed
    [keys] = re.findall(r"\S+demonstration_keys\.txt", demonstrated.printed)
    assert stat.S_IMODE(Path(keys).stat().st_mode) == 0o600
    key = dict(line.split() for line in Path(keys).read_text().splitlines())["auditor"]
    wanted = urllib.request.Request(
        f"http://127.0.0.1:{demonstrated.port}/api/v1/lots/K26-1110", headers={"Authorization": f"Bearer {key}"}
    )
    with urllib.request.urlopen(wanted, timeout=10) as answer:
        assert json.load(answer)["units"] == 16


def test_the_books_are_right_after_the_demonstration(demonstrated: Served) -> None:
    environment = {**os.environ, "DATA_DIR": str(demonstrated.folder), "LC_ALL": "en"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "ledger", "check"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "0 differences")


def test_run_again_it_serves_what_is_there(demonstrated: Served, tmp_path: Path) -> None:
    before = [pdf.read_bytes() for pdf in demonstrated.pdfs]
    keys = (demonstrated.folder / "demonstration_keys.txt").read_text()
    with serving(demonstrated.folder, "--demonstration") as again:
        assert [pdf.read_bytes() for pdf in again.pdfs] == before
        assert (again.folder / "demonstration_keys.txt").read_text() == keys


def test_an_interrupted_demonstration_is_taken_up_where_it_stopped(tmp_path: Path) -> None:
    environment = {**os.environ, "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if "F26-1110" in line:
            process.kill()
            break
    process.wait()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "certificates").glob("*.pdf"))) == 7


def test_without_the_demonstration_the_books_stay_empty(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        assert served.pdfs == []
        assert served.get(f"http://127.0.0.1:{served.port}/c/{'0' * 26}")[0] == 404
