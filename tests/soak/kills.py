"""``kill -9`` of workers, and now and then of the whole server, while clients register, melt and certify."""

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass
from random import Random

from tests.soak.clients import in_flight
from tests.soak.databases import Place
from tests.soak.figures import Figure, Tell
from tests.soak.load import Load, loaded, settled

WHOLE_EVERY = 25
LONGEST_DELAY_S = 0.12
MOST_ANSWERS = 4
SECONDS_TO_PROGRESS = 120
TELL_EVERY = 25


@dataclass(frozen=True, slots=True)
class Sizes:
    kills: int
    workers: int = 2
    clients: int = 6


def kills(place: Place, sizes: Sizes, seed: int, tell: Tell) -> list[Figure]:
    """Kill so many times; a kill of the whole server counts once. Respawning is gunicorn's own business."""
    random = Random(f"kills {seed}")
    caught: Counter[str] = Counter()
    half_way = [0, 0]
    with loaded(place, sizes.workers, sizes.clients) as load:
        for n in range(1, sizes.kills + 1):
            _wait_for_answers(load, random.randint(1, MOST_ANSWERS))
            time.sleep(random.uniform(0, LONGEST_DELAY_S))
            caught += in_flight(load.clients)
            if n % WHOLE_EVERY == 0 or n == sizes.kills:
                _kill_whole(load, half_way)
            else:
                _kill_worker(load)
            if n % TELL_EVERY == 0:
                tell(f"kills: {n} of {sizes.kills}, {load.answers:,} deeds answered …")
        load.finish()
        return [
            Figure("kill -9 during registration, melting and issue", sizes.kills),
            *(Figure(f"requests under way at a kill, {path}", count) for path, count in sorted(caught.items())),
            Figure("certificates half-way when all was killed", half_way[0]),
            Figure("still half-way once it was started again", half_way[1], 0),
            *settled(load),
        ]


def _wait_for_answers(load: Load, count: int) -> None:
    """A kill hits something that works: so many answers were given since the last one."""
    wanted = load.answers + count
    until = time.monotonic() + SECONDS_TO_PROGRESS
    while load.answers < wanted:
        if load.wrong or time.monotonic() > until:
            raise RuntimeError(f"no progress: {load.wrong}\n{load.server.last_words()}")
        time.sleep(0.005)


def _kill_worker(load: Load) -> None:
    """The oldest worker: the one that surely serves, where a younger one may still be starting."""
    workers = load.server.workers()
    if workers:
        os.kill(workers[0], signal.SIGKILL)


def _kill_whole(load: Load, half_way: list[int]) -> None:
    """Kill everything, and look at what a start alone makes of it, before any client asks again."""
    load.gate.close()
    load.server.kill()
    load.gate.wait_for_all()
    half_way[0] += load.reserved()
    load.server.start()
    half_way[1] += load.reserved()
    load.gate.open()
