"""A PDF that was uploaded, made plain by a process of its own: what it is made to cost ends with that process."""

import subprocess
import sys
from pathlib import Path

from certificates.papers.plain_pages import REFUSED, NotAPdf

PATIENCE_S = 30.0
_ROOT = Path(__file__).parents[2]


def made_plain(data: bytes) -> bytes:
    """The plain form of a PDF (``certificates.papers.plain_pages``). Raises NotAPdf (broken, locked, too_long).

    One that takes more time or memory than any quote does is broken.
    """
    command = [sys.executable, "-m", "certificates.papers.plain_pages"]
    try:
        done = subprocess.run(command, cwd=_ROOT, input=data, capture_output=True, timeout=PATIENCE_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotAPdf("broken") from error
    if done.returncode == REFUSED:
        raise NotAPdf(done.stderr.decode())
    if done.returncode:
        raise NotAPdf("broken")
    return done.stdout
