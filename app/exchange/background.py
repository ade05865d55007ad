"""Answers go out right after the request that asked for them, so that nobody waits for the next round of the shell.

One thread a process, and none while nothing is due. What it does not get to do, ``exchange deliver`` does: the books
know what waits, not this thread.
"""

import threading

import structlog
from flask import Flask

from app.current import EXTENSION as SERVICE
from app.current import Service
from app.operations.exchange.delivery import deliver_due
from app.records.unit import Unavailable

EXTENSION = "exchange-deliveries"
PERSON = "exchange"

log = structlog.get_logger()


class Deliveries:
    """Delivers what is due, in a thread of its own."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._running = False
        self._again = False

    def begin(self) -> None:
        """Deliver what is due now; where a round is under way, another one follows it."""
        with self._lock:
            self._again = True
            if self._running:
                return
            self._running = True
        threading.Thread(target=self._run, name=EXTENSION, daemon=True).start()

    def _run(self) -> None:
        while self._wanted():
            held: Service = self._app.extensions[SERVICE]
            try:
                deliver_due(held.records, held.outbound, PERSON, held.clock)
            except Unavailable as error:
                log.warning("events wait: database unavailable", error=str(error))
            except Exception as error:
                log.error("events wait: unexpected error", exc_info=error)

    def _wanted(self) -> bool:
        """Whether another round was asked for; where not, the thread ends, and the next request begins one."""
        with self._lock:
            self._running, self._again = self._again, False
            return self._running
