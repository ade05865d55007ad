"""Abrupt stops of the database in mid-flight: clients are told to wait, and nothing acknowledged is lost."""

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import make_url

from tests.soak.clients import in_flight
from tests.soak.databases import Place, PostgresPlace
from tests.soak.figures import Figure, Tell
from tests.soak.load import Load, loaded, settled
from tests.soak.serving import holders

LONGEST_LOAD_S = 3.0
LONGEST_OUTAGE_S = 1.5
SECONDS_TO_PROGRESS = 120


@dataclass(frozen=True, slots=True)
class Sizes:
    stops: int
    workers: int = 2
    clients: int = 6
    longest_load_s: float = LONGEST_LOAD_S


def stops(place: Place, sizes: Sizes, seed: int, tell: Tell) -> list[Figure]:
    """Stop the database so many times while clients ask; the server itself runs on where it can."""
    random = Random(f"stops {seed}")
    caught: Counter[str] = Counter()
    with loaded(place, sizes.workers, sizes.clients) as load:
        for n in range(1, sizes.stops + 1):
            before = load.answers
            time.sleep(random.uniform(0.2, sizes.longest_load_s))
            caught += in_flight(load.clients)
            _stop(place, load, random.uniform(0.2, LONGEST_OUTAGE_S))
            _wait_for_answers(load, before)
            tell(f"stops: {n} of {sizes.stops}, {load.answers:,} deeds answered …")
        load.finish()
        load.server.wait_until_ready()
        return [
            Figure("abrupt stops of the database", sizes.stops),
            *(Figure(f"requests under way at a stop, {path}", count) for path, count in sorted(caught.items())),
            *settled(load),
        ]


def _stop(place: Place, load: Load, outage_s: float) -> None:
    """PostgreSQL's server is killed and started again; SQLite is a library: whoever has its file open is killed."""
    if isinstance(place, PostgresPlace):
        place.server.kill()
        time.sleep(outage_s)
        place.server.start()
        return
    file = Path(make_url(load.url).database or "")
    for pid in holders(load.server.workers(), file):
        os.kill(pid, signal.SIGKILL)


def _wait_for_answers(load: Load, before: int) -> None:
    """The next stop comes once clients are served again."""
    wanted = max(before, load.answers) + len(load.clients)
    until = time.monotonic() + SECONDS_TO_PROGRESS
    while load.answers < wanted:
        if load.wrong or time.monotonic() > until:
            raise RuntimeError(f"no progress: {load.wrong}\n{load.server.last_words()}")
        time.sleep(0.01)
