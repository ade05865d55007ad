"""Quotes as sales see them: what is held, what is short, and which metal fits best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.ledger.lots import Kind
from app.records.quotes import Hold, Quote, Reservation
from app.records.unit import Records, Shelves

CONSIDERED = 200
PROPOSED = 8
POST_CONSUMER = "post_consumer"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A lot that would do for a line: what is free of it, and its shares in grams of what it was made of."""

    lot: str
    site_code: str
    free_g: int
    free_units: int | None
    alloy: str
    mass_g: int
    post_consumer_g: int
    closed_loop_g: int


@dataclass(frozen=True, slots=True)
class LineRead:
    """A line with what is held for it, what is short, what fits, and what coming in could fill it."""

    line: dict[str, Any]
    held: Sequence[Reservation]
    short_g: int | None
    short_units: int | None
    proposals: Sequence[Proposal]
    coming: Sequence[dict[str, Any]]

    @property
    def filled(self) -> bool:
        return not (self.short_g or self.short_units)


@dataclass(frozen=True, slots=True)
class QuoteRead:
    """A quote, line by line; ``lapsed`` are reservations that count no more."""

    quote: Quote
    lines: Sequence[LineRead]
    lapsed: Sequence[Reservation]


def one_quote(records: Records, number: str, today: date) -> QuoteRead | None:
    """A quote by its number, or None."""
    with records.reading() as books:
        quote = books.quotes.one(number)
        if quote is None:
            return None
        active = [each for each in quote.reservations if each.state == Hold.HELD and each.until >= today]
        lines = [_line(books, quote, line, active, today) for line in quote.lines]
    lapsed = [
        each
        for each in quote.reservations
        if each.state == Hold.LAPSED or (each.state == Hold.HELD and each.until < today)
    ]
    return QuoteRead(quote, lines, lapsed)


def list_quotes(records: Records, after: int, limit: int, customer: str | None = None) -> list[dict[str, Any]]:
    """A page of quotes, newest first."""
    with records.reading() as books:
        return books.quotes.listed(after, limit, customer)


def _line(books: Shelves, quote: Quote, line: dict[str, Any], active: Sequence[Reservation], today: date) -> LineRead:
    held = [each for each in active if each.position == line["position"]]
    short_g = short_units = None
    if line["units"] is not None:
        short_units = max(0, line["units"] - sum(each.units or 0 for each in held))
    else:
        short_g = max(0, line["mass_g"] - sum(each.mass_g or 0 for each in held))
    open_ = bool(short_g or short_units) and quote.state == "open"
    proposals = _proposals(books, quote.customer_code, line, today) if open_ else []
    return LineRead(line, held, short_g, short_units, proposals, _coming(books, quote, line) if open_ else [])


def _proposals(books: Shelves, customer: str, line: dict[str, Any], today: date) -> list[Proposal]:
    """Lots of the kind, item and alloy with something free, the customer's own metal first, then the most recycled."""
    stock = books.lists.in_stock(None, [Kind(line["kind"])], CONSIDERED)
    fitting = [lot for lot in stock if lot["item"] == line["item"] and line["alloy"] in (None, lot["alloy"])]
    ids = [lot["id"] for lot in fitting]
    promised = _promised(books, ids, today)
    origins = books.lineage.origins(ids)
    flagged = {lot for lot, _, _ in books.flags.open_on(ids)} if ids else set()
    found = []
    for lot in fitting:
        free_g, free_units = _free(lot, *promised.get(lot["id"], (0, 0)))
        content = origins.get(lot["id"], [])
        proposal = Proposal(
            lot["number"],
            lot["site_code"],
            free_g,
            free_units,
            lot["alloy"],
            sum(origin.made_g for origin in content),
            sum(origin.made_g for origin in content if origin.scrap_class == POST_CONSUMER),
            sum(
                origin.made_g
                for origin in content
                if origin.scrap_class == POST_CONSUMER and origin.customer == customer
            ),
        )
        if (free_units is None or free_units > 0) and proposal.free_g > 0 and proposal.lot not in flagged:
            found.append(proposal)
    return sorted(found, key=_fit)[:PROPOSED]


def _free(lot: Mapping[str, Any], promised_g: int, promised_units: int) -> tuple[int, int | None]:
    """(grams, units) of a lot that nobody holds; free units weigh what a dispatch of them would take."""
    if not lot["units"]:
        return lot["mass_g"] - promised_g, lot["units"]
    free_units = lot["units"] - promised_units
    return lot["mass_g"] * free_units // lot["units"], free_units


def _fit(proposal: Proposal) -> tuple[float, float, int]:
    whole = max(proposal.mass_g, 1)
    return -proposal.closed_loop_g / whole, -proposal.post_consumer_g / whole, -proposal.free_g


def _promised(books: Shelves, lot_ids: Sequence[int], today: date) -> dict[int, tuple[int, int]]:
    """(grams, units) of lots that other reservations hold today."""
    promised: dict[int, tuple[int, int]] = {}
    for each in books.quotes.held_on(lot_ids) if lot_ids else ():
        if each.until >= today:
            mass_g, units = promised.get(each.lot_id, (0, 0))
            promised[each.lot_id] = mass_g + (each.mass_g or 0), units + (each.units or 0)
    return promised


def _coming(books: Shelves, quote: Quote, line: dict[str, Any]) -> list[dict[str, Any]]:
    """What could become of this line: billet for products, the customer's scrap for everything."""
    kinds = [Kind.BILLET] if line["kind"] == Kind.PRODUCT else []
    stock = books.lists.in_stock(None, [*kinds, Kind.SCRAP], CONSIDERED)
    wanted = [
        lot
        for lot in stock
        if (lot["kind"] == Kind.BILLET and line["alloy"] in (None, lot["alloy"]))
        or lot["source_customer"] == quote.customer_code
    ]
    return wanted[:PROPOSED]
