"""Real processes working at once on the same books, each with a Python and connections of its own."""

import multiprocessing
import queue
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

SPAWN: SpawnContext = multiprocessing.get_context("spawn")
LOOK_S = 1.0
SECONDS_TO_START = 300

Work = Callable[..., Any]


class ProcessFailed(RuntimeError):
    """A process ended in a way that the proof does not allow; the message is what it said last."""


def at_once(work: Work, arguments: Sequence[tuple[Any, ...]], watch: Callable[[], None] = lambda: None) -> list[Any]:
    """What ``work`` returns for each tuple of arguments, every one in a process of its own, all at the same time.

    ``watch`` is called about once a second meanwhile. Raises ProcessFailed as soon as one fails.
    """
    told: Any = SPAWN.Queue()
    started = [SPAWN.Process(target=_work, args=(told, n, work, given)) for n, given in enumerate(arguments)]
    try:
        for process in started:
            process.start()
        return _gathered(told, started, watch)
    finally:
        for process in started:
            process.kill()
            process.join()


def _work(told: Any, n: int, work: Work, given: tuple[Any, ...]) -> None:
    try:
        told.put((n, work(*given), None))
    except BaseException:
        told.put((n, None, traceback.format_exc()))
        raise


def _gathered(told: Any, started: Sequence[SpawnProcess], watch: Callable[[], None]) -> list[Any]:
    results: dict[int, Any] = {}
    while len(results) < len(started):
        try:
            n, result, failure = told.get(timeout=LOOK_S)
        except queue.Empty:
            # One that was killed can tell nothing: it is found by looking.
            dead = [p for n, p in enumerate(started) if n not in results and not p.is_alive() and p.exitcode]
            if dead:
                raise ProcessFailed(f"process {dead[0].name} ended with {dead[0].exitcode}") from None
        else:
            if failure is not None:
                raise ProcessFailed(failure)
            results[n] = result
        watch()
    return [results[n] for n in range(len(started))]
