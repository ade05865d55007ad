"""Lots: one with its content, a list of them, and the way of one in both directions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.records.entered import Flag, LotAnswer
from app.records.lineage import EdgeRead, OriginRead
from app.records.onward import onward
from app.records.stock import LotFilter, LotView
from app.records.unit import Records, Shelves


@dataclass(frozen=True, slots=True)
class LineageAnswer:
    """Where a lot's metal came from and went; certificates that state any of it, as (number, status, delivery)."""

    number: str
    origins: Sequence[OriginRead]
    upstream: Sequence[EdgeRead]
    downstream: Sequence[EdgeRead]
    certificates: Sequence[tuple[str, str, str]]


def one_lot(records: Records, number: str) -> LotAnswer | None:
    """A lot by its number, or None."""
    with records.reading() as books:
        view = books.stock.one(number)
        return _answer(books, view) if view else None


def lots_made_by(books: Shelves, deed_id: int) -> list[LotAnswer]:
    """The lots a deed made, each with its flags and content."""
    return [_answer(books, view) for view in books.stock.made_by(deed_id)]


def _answer(books: Shelves, view: LotView) -> LotAnswer:
    origins = books.lineage.origins([view.id]).get(view.id, [])
    return LotAnswer(view, books.flags.find([view.id]), origins)


def list_lots(records: Records, wanted: LotFilter, after: int, limit: int) -> list[LotAnswer]:
    """A page of lots, newest first, without their content."""
    with records.reading() as books:
        known = _known(books, wanted)
        views = books.stock.listed(known, after, limit) if known else []
        flags = books.flags.find([view.id for view in views])
    by_lot: dict[int, list[Flag]] = {}
    for flag in flags:
        by_lot.setdefault(flag["lot_id"], []).append(flag)
    return [LotAnswer(view, by_lot.get(view.id, []), None) for view in views]


def _known(books: Shelves, wanted: LotFilter) -> LotFilter | None:
    """The filter by what its codes are, or None where a code is nobody's: then there is nothing to search for."""
    sites, customers = books.master_data.sheet("sites"), books.master_data.sheet("customers")
    if wanted.customer and wanted.customer not in customers:
        return None
    if not wanted.place:
        return wanted
    kinds = tuple(kind for kind, codes in (("site", sites), ("customer", customers)) if wanted.place in codes)
    return replace(wanted, place_kinds=kinds) if kinds else None


def lineage(records: Records, number: str) -> LineageAnswer | None:
    """The way of a lot in both directions, in a fixed number of queries, or None where there is no such lot."""
    with records.reading() as books:
        view = books.stock.one(number)
        if view is None:
            return None
        went = onward(books.connection, number)
        origins = books.lineage.origins([view.id]).get(view.id, [])
        return LineageAnswer(number, origins, books.lineage.upstream(view.id), went.edges, went.certificates)


def slip_lots(records: Records) -> dict[str, str]:
    """Lot number by slip number, of live lots."""
    with records.reading() as books:
        return books.entries.lots_by_slip()
