"""Writers of SQLite queue at a file beside the books, whichever process they are in; readers pass by."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.records.writer_lock import lock_path
from tests.campaign import scrap
from tests.house import House

HOLDING = """
import fcntl, sys
with open(sys.argv[1], "a") as queue:
    fcntl.flock(queue, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.read()
"""
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@contextmanager
def held_elsewhere(file: Path) -> Iterator[None]:
    """Another process writes within this."""
    command = [sys.executable, "-c", HOLDING, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdin
        assert holder.stdout
        try:
            assert holder.stdout.readline() == "held\n"
            yield
        finally:
            holder.stdin.close()


@ON_SQLITE
def test_a_deed_waits_for_the_writer_in_another_process_and_a_reader_does_not(house: House, tmp_path: Path) -> None:
    deed = threading.Thread(target=scrap, args=(house, "A"))
    with held_elsewhere(tmp_path / "ledger.db.writer"):
        deed.start()
        deed.join(0.5)
        assert deed.is_alive()
        assert house.get("/lots")["items"] == []
    deed.join(20)
    assert [lot["number"] for lot in house.get("/lots")["items"]] == ["A"]


@ON_SQLITE
def test_a_deed_holds_the_file_while_it_is_written_and_lets_go_of_it(house: House, tmp_path: Path) -> None:
    def taken() -> int:
        """Whether the file is held; `flock` itself is asked, as any other writer would ask it."""
        asking = "import fcntl, sys; fcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX | fcntl.LOCK_NB)"
        command = [sys.executable, "-c", asking, str(tmp_path / "ledger.db.writer")]
        return subprocess.run(command, capture_output=True, check=False).returncode

    with house.records.writing(house.doer()):
        assert taken()
    assert not taken()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_where_rows_are_locked_there_is_no_file(house: House) -> None:
    assert lock_path(house.records.engine) is None
