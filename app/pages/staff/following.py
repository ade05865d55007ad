"""Work that tells how far it is: a thread does it, so that what it tells can be sent meanwhile."""

from collections.abc import Callable, Iterator
from contextvars import copy_context
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """What the work came to: what it returned, or what it raised."""

    made: str = ""
    error: BaseException | None = None


def followed(work: Callable[[Progress], str]) -> Iterator[int | str]:
    """How far ``work`` is, as often as it tells, and at last what it returned. Raises what it raises.

    Left half-way, the work is waited for all the same: what was begun is done.
    """
    told: SimpleQueue[int | Ended] = SimpleQueue()

    def run() -> None:
        try:
            told.put(Ended(work(told.put)))
        except BaseException as error:  # noqa: BLE001 — whatever it is is raised where the work is followed
            told.put(Ended(error=error))

    # The request goes along: who is asking, and the records that the work is part of.
    thread = Thread(target=copy_context().run, args=(run,))
    thread.start()
    try:
        while not isinstance(said := told.get(), Ended):
            yield said
    finally:
        thread.join()
    if said.error is not None:
        raise said.error
    yield said.made
