"""What a client of the data exchange may see: the footprints of its own customer, in every state."""

from typing import Any

from app.records.exchange_clients import ExchangeClient
from app.records.footprints import Criteria, Footprint
from app.records.unit import Records


def exchange_client(records: Records, client_id: str) -> ExchangeClient | None:
    """A client by the name it comes in with, in force or not."""
    with records.reading() as books:
        return books.exchange_clients.find(client_id)


def all_clients(records: Records) -> list[dict[str, Any]]:
    """Every client, without what could be used of it, with what it was not sent: ``undelivered``, or None."""
    with records.reading() as books:
        undelivered = books.exchange_events.undelivered()
        return [each | {"undelivered": undelivered.get(each["id"])} for each in books.exchange_clients.listed()]


def one_footprint(records: Records, client: ExchangeClient, uuid: str) -> Footprint | None:
    """A footprint of the client's customer, or None: another customer's is not told from none."""
    with records.reading() as books:
        return books.footprints.one(client.customer_code, uuid)


def list_footprints(
    records: Records, client: ExchangeClient, wanted: Criteria, after: int, limit: int
) -> list[Footprint]:
    """Footprints of the client's customer that meet the criteria, oldest first."""
    with records.reading() as books:
        return books.footprints.listed(client.customer_code, wanted, after, limit)
