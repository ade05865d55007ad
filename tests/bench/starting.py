"""The row of starting: seconds to the first answer, and the memory of a worker, beside bare Flask."""

from tests.bench.ledger import Ledger
from tests.bench.measuring import Figure
from tests.bench.servers import serving

LIMIT_S = 2.0
LIMIT_MB = 150


def start(ledger: Ledger) -> Figure:
    """gunicorn with one worker from nothing to its first answer; the worker's memory after a hundred pages."""
    with serving("wsgi:app", ledger.url, ledger.folder) as ours:
        for code in ledger.codes[:100]:
            ours.get(f"/c/{code.lower()}")
        mine, memory = ours.started_s, ours.worker_mb()
    with serving("tests.bench.floors:served()", ledger.url, ledger.folder) as floor:
        bare = floor.started_s
    kept = mine <= LIMIT_S and memory <= LIMIT_MB
    return Figure("start to first answer", mine, bare, "s", "<= 2 s, <= 150 MB", kept, {"MB": round(memory)})
