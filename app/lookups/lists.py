"""Lists for people at work: steps, transfers, dispatches, imports, stock at a site."""

from collections.abc import Sequence
from typing import Any

from app.ledger.lots import Kind
from app.records.unit import Records

Rows = list[dict[str, Any]]
MOST = 300


def list_steps(records: Records, after: int, limit: int, site: str | None, kind: str | None) -> Rows:
    """A page of steps, newest first."""
    with records.reading() as books:
        return books.lists.steps(after, limit, site, kind)


def list_transfers(records: Records, after: int, limit: int) -> Rows:
    """A page of transfers, newest first."""
    with records.reading() as books:
        return books.lists.transfers(after, limit)


def list_dispatches(records: Records, after: int, limit: int, customer: str | None) -> Rows:
    """A page of dispatches, newest first."""
    with records.reading() as books:
        return books.lists.dispatches(after, limit, customer)


def list_imports(records: Records, after: int, limit: int) -> Rows:
    """A page of imported files, newest first."""
    with records.reading() as books:
        return books.lists.imports(after, limit)


def one_import(records: Records, import_id: int) -> tuple[dict[str, Any], Rows] | None:
    """An imported file with its lots, or None."""
    with records.reading() as books:
        found = books.lists.one_import(import_id)
        return (found, books.lists.lots_of_import(import_id)) if found else None


def stock_at(records: Records, site: str | None, kinds: Sequence[Kind] = tuple(Kind)) -> Rows:
    """Lots with metal left at a site, or at any."""
    with records.reading() as books:
        return books.lists.in_stock(site, kinds, MOST)


def uncertified(records: Records, customer: str | None) -> Rows:
    """Deliveries that no live certificate states."""
    with records.reading() as books:
        return books.lists.uncertified(MOST, customer)


def furnaces(records: Records, site: str | None) -> list[str]:
    """Furnaces by name."""
    with records.reading() as books:
        return books.furnaces.names(site)
