"""A new file that is there whole or not at all, readable by its owner alone, and never in another one's place."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def whole_file(file: Path) -> Iterator[Path]:
    """A path to write to; left without an error, it is synced and becomes ``file``. Raises OSError, FileExistsError."""
    if file.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
    with TemporaryDirectory(prefix=".half-", dir=file.parent) as folder:
        half = Path(folder) / file.name
        _make(half)
        yield half
        _sync(half)
        # The name is taken first: a rename alone would take the place of a file that came meanwhile, and a link is
        # more than the file systems of memory sticks know.
        _make(file)
        half.replace(file)
        _sync(file.parent)


def _make(file: Path) -> None:
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
