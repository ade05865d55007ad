"""A server under load while something is done to it; and whether, afterwards, the books have all of it once."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.access import Role
from app.lookups.ledger_check import check_ledger
from app.operations.create_key import create_key
from app.records.unit import Records
from tests.soak.clients import REPLAYED, Answered, Client, Gate, post
from tests.soak.databases import Place, number, rows
from tests.soak.entries import doer
from tests.soak.figures import Figure
from tests.soak.serving import Server, serving

# What each kind of deed leaves: the table, its numbers, and how many rows a deed makes.
LEFT = {
    "/scrap-lots": "SELECT l.number FROM scrap_entries e JOIN lots l ON l.id = e.lot_id",
    "/metal-lots": "SELECT l.number FROM metal_entries e JOIN lots l ON l.id = e.lot_id",
    "/transformations": "SELECT number FROM transformations",
    "/certificates": "SELECT number FROM certificates WHERE status = 'issued'",
}
RESERVED = "SELECT count(*) FROM certificates WHERE status = 'reserved'"
DISPATCHES = "SELECT count(*) FROM dispatches"


@dataclass
class Load:
    """A server, its clients, and the gate that holds them back."""

    url: str
    server: Server
    clients: list[Client]
    gate: Gate
    api_key: str
    stopping: threading.Event

    @property
    def answers(self) -> int:
        return sum(len(client.answered) for client in self.clients)

    @property
    def wrong(self) -> list[str]:
        return [word for client in self.clients for word in client.heard.wrong]

    def reserved(self) -> int:
        """Certificates that are half-way now."""
        return number(self.url, RESERVED)

    def finish(self) -> None:
        """Let every client finish what it is at."""
        self.stopping.set()
        for client in self.clients:
            client.join()


@contextmanager
def loaded(place: Place, workers: int, clients: int) -> Iterator[Load]:
    """A server on a fresh database with clients that never stop asking."""
    url = place.fresh()
    records = Records(url)
    api_key = create_key(records, doer("keeper"), Role.ADMIN.value, "client")
    records.dispose()
    folder = place.folder / f"server-{Path(url.partition('?')[0]).stem}"
    with serving(url, folder, workers) as server:
        gate, stopping = Gate(clients), threading.Event()
        asking = [Client(n, server.port, api_key, gate, stopping) for n in range(clients)]
        load = Load(url, server, asking, gate, api_key, stopping)
        try:
            for client in asking:
                client.start()
            yield load
        finally:
            stopping.set()
            gate.open()


def settled(load: Load) -> list[Figure]:
    """Once every client has its answers: what the books have, against what was acknowledged."""
    answered = [each for client in load.clients for each in client.answered]
    figures = [
        Figure("deeds acknowledged", len(answered)),
        Figure("connections cut or refused", sum(client.heard.cut for client in load.clients)),
        Figure("done, though the first answer was lost", sum(client.heard.replayed for client in load.clients)),
        Figure("answers 503", sum(client.heard.unavailable for client in load.clients)),
        Figure("of these without Retry-After", sum(c.heard.without_retry_after for c in load.clients), 0),
        Figure("wrong answers, such as 500", len(load.wrong), 0),
        *(Figure("  heard", word) for word in load.wrong[:5]),
        *_against_the_books(load.url, answered),
        Figure("certificates left reserved", load.reserved(), 0),
        Figure("keys sent again and not answered the same", len(_answered_otherwise(load, answered)), 0),
    ]
    records = Records(load.url)
    differences = check_ledger(records).differences
    records.dispose()
    return [*figures, Figure("differences found by ledger check", len(differences), 0)]


def _against_the_books(url: str, answered: list[Answered]) -> list[Figure]:
    lost, doubled = 0, 0
    for path, statement in LEFT.items():
        kept = Counter(str(row[0]) for row in rows(url, statement))
        told = Counter(json.loads(each.answer)["number"] for each in answered if each.path == path)
        lost += sum((told - kept).values())
        doubled += sum((kept - told).values())
    sendings = sum(each.path == "/certificates" for each in answered)
    return [
        Figure("acknowledged deeds lost", lost, 0),
        Figure("deeds in the books beyond those acknowledged", doubled, 0),
        Figure("dispatches beyond those acknowledged", number(url, DISPATCHES) - sendings, 0),
    ]


def _answered_otherwise(load: Load, answered: list[Answered]) -> list[Answered]:
    """Every key once more: the same bytes, and said to be given again."""

    def same(each: Answered) -> bool:
        status, answer, headers = post(load.server.port, load.api_key, each.path, each.key, each.body)
        return (status, answer, headers.get(REPLAYED)) == (each.status, each.answer, "true")

    with ThreadPoolExecutor(4) as senders:
        return [each for each, as_before in zip(answered, senders.map(same, answered), strict=True) if not as_before]
