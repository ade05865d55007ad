"""Writers of SQLite queue at a file lock: under busy_timeout alone some of eight wait for seconds."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from sqlalchemy import Engine

# Nobody looks at a page that does not come for longer; whoever waited so long is told to come again.
PATIENCE_S = 4.5


class StillWaiting(TimeoutError):
    """Another writer did not come to its end."""


def lock_path(engine: Engine) -> Path | None:
    """Where the writers of a database queue; None where the database itself locks rows."""
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or database == ":memory:":
        return None
    return Path(database).with_name(Path(database).name + ".writer")


@contextmanager
def alone(path: Path | None) -> Iterator[None]:
    """No other writer within this. Raises StillWaiting."""
    if path is None:
        yield
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _queue(descriptor)
        yield
    finally:
        os.close(descriptor)


def _queue(descriptor: int) -> None:
    """Take the lock, after those who came before.

    A lock tried again and again would be got by chance, so it is waited for, by a thread that can be left behind: the
    lock it gets too late is let go with its descriptor, which is closed by then.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting = Thread(target=fcntl.flock, args=(descriptor, fcntl.LOCK_EX), daemon=True)
        waiting.start()
        waiting.join(PATIENCE_S)
        if waiting.is_alive():
            raise StillWaiting(f"another deed has been written for {PATIENCE_S} s") from None
